# Generated from openapi/v1.yaml 1.0.0 (SHA-256 a97065379c9f6122741a19189150f7fcc0fac04076ea31e49b9192017c15e233) by `python -m codegen`; do not edit.
"""The operations in the description of Sequence API v1."""

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
"""ID, method and path of each operation."""
