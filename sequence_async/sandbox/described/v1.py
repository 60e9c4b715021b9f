# Generated from openapi/v1.yaml 1.0.0 (SHA-256 3218dd166e544eb6e53480612d55293ca1c5236eb05b7eb0a76f3c0a800d3662) by `python -m codegen`; do not edit.
"""The operations of Sequence API v1, as its description has them."""

from __future__ import annotations

from typing import Final

OPERATIONS: Final = (
    ("listAccounts", "GET", "/accounts"),
    ("getAccount", "GET", "/accounts/{id}"),
    ("listTransfers", "GET", "/transfers"),
    ("createTransfer", "POST", "/transfers"),
    ("getTransfer", "GET", "/transfers/{id}"),
    ("listRules", "GET", "/rules"),
    ("createRule", "POST", "/rules"),
    ("getRule", "GET", "/rules/{id}"),
    ("updateRule", "PUT", "/rules/{id}"),
    ("deleteRule", "DELETE", "/rules/{id}"),
    ("triggerRule", "POST", "/rules/{id}/trigger"),
    ("listRuleExecutions", "GET", "/rule-executions"),
    ("getRuleExecution", "GET", "/rule-executions/{id}"),
    ("listCards", "GET", "/cards"),
    ("getCard", "GET", "/cards/{id}"),
    ("listCardTransactions", "GET", "/cards/{id}/transactions"),
)
"""ID, method and path of each."""
