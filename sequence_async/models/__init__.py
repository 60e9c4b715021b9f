"""The generated models, one module an API: ``v1``, ``platform``, ``remote``. They need attrs alone."""
