# Generated from openapi/remote.yaml 1.0.0 (SHA-256 e87d81b806deff5ec2d5891c8b4c3c7f109b8e30a179764f784cf31f50646960) by `python -m codegen`; do not edit.
"""The operations of Sequence Remote API, as its description has them."""

from __future__ import annotations

from typing import Final

OPERATIONS: Final = (
    ("listAccounts", "POST", "/accounts"),
    ("triggerRule", "POST", "/rules/{ruleId}/trigger"),
)
"""ID, method and path of each."""
