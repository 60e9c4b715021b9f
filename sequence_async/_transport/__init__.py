"""Send requests: sessions, attempts, rate limits, events and log records."""
