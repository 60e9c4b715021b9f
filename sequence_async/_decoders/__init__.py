"""The generated decoders, one module an API: parsed JSON to models, strictly, in straight-line code.

``DECODERS`` of each module maps a model or a union to its function. A function raises ``ValueError``, ``TypeError`` or
``KeyError`` for anything that is not as documented, and does not say where: the converter in ``_core.codec`` does, when
it decodes the same JSON again.
"""
