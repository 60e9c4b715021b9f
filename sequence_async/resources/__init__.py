"""One method an operation: sugar over :meth:`call`, one module an API."""
