# Generated from openapi/remote.yaml 1.0.0 (SHA-256 16c4219d6c85beea23a400fe77e777d33462e887d338c7b1da93866cc913326a) by `python -m codegen`; do not edit.
"""The operations of Sequence Remote API, as its description has them."""

from __future__ import annotations

from typing import Final

OPERATIONS: Final = (
    ("listAccounts", "POST", "/accounts"),
    ("triggerRule", "POST", "/rules/{ruleId}/trigger"),
)
"""ID, method and path of each."""
