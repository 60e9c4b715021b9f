"""Generated lists of operations, one module per API. The sandbox returns 501 for those without a handler."""
