"""The resources of each client: methods that take more than one request, one module per API."""
