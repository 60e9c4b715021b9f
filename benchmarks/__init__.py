"""Benchmarks of the client against hand-written code: ``python -m benchmarks``, or ``make bench``."""
