"""What a call costs, measured beside what it would cost without us: ``python -m benchmarks``, or ``make bench``."""
