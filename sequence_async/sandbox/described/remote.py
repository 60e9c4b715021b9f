# Generated from openapi/remote.yaml 1.0.0 (SHA-256 9d61bd1ecabd4f26eacfd53edf9e6cb7e3623d2ae2c80ee226930212d0c3b22e) by `python -m codegen`; do not edit.
"""The operations of Sequence Remote API, as its description has them."""

from __future__ import annotations

from typing import Final

OPERATIONS: Final = (
    ("listAccounts", "POST", "/accounts"),
    ("triggerRule", "POST", "/rules/{ruleId}/trigger"),
)
"""ID, method and path of each."""
