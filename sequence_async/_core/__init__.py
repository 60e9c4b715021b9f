"""Pure functions, without I/O, clock or randomness."""
