"""From the descriptions in ``openapi/`` to models, operation tables, decoders and the table in the README.

``python -m codegen`` writes them, ``python -m codegen --check`` compares. It runs on a developer's machine, never at
run time.
"""
