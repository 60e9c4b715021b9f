"""The generated operation tables, one module an API: ``v1``, ``platform``, ``remote``."""
