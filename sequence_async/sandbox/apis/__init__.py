"""The wire formats: one module for each API, all on the same state."""
