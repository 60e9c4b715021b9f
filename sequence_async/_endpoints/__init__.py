"""The generated resources, two modules an API: the resources themselves, and the attributes of a client that has them."""
