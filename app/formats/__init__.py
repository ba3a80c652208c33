"""Text in, segments out, and back, without losing a byte that matters. Pure: no I/O, no clock."""
