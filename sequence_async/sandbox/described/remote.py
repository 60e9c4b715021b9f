# Generated from openapi/remote.yaml 1.0.0 (SHA-256 3404f1245828fee2a3a837101612364f6ca7776b3436fe421c27168741d6d83f) by `python -m codegen`; do not edit.
"""The operations in the description of Sequence Remote API."""

from __future__ import annotations

from typing import Final

OPERATIONS: Final = (
    ("listAccounts", "POST", "/accounts"),
    ("triggerRule", "POST", "/rules/{ruleId}/trigger"),
)
"""ID, method and path of each operation."""
