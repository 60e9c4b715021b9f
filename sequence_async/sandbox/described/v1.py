# Generated from openapi/v1.yaml 1.0.0 (SHA-256 ff3129bbb9cefff6cb1931d5d84887a92a4ced0863bbb8c881d08fe8eee9362f) by `python -m codegen`; do not edit.
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
