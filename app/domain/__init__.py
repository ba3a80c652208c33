"""What the words of the trade mean. The standard library, Babel's data and rapidfuzz; no I/O, no clock."""
