"""What the words of the trade mean. The standard library, Babel's data, rapidfuzz, names of robots; no clock or I/O."""
