"""The only place that sends a request: sessions, attempts, limits and what is told of them."""
