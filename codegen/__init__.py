"""Generate models, operation tables, decoders and the table in the README from the descriptions in ``openapi/``.

``python -m codegen`` writes the files, and ``python -m codegen --check`` compares them. Neither is used at run time.
"""
