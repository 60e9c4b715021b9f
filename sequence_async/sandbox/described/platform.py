# Generated from openapi/platform.yaml 1.0.0 (SHA-256 6ab6758fcdd4353fd1c62a183740d243229c5741b2d7ea20c9fae90ac39894f8) by `python -m codegen`; do not edit.
"""The operations in the description of Sequence platform API v1."""

from __future__ import annotations

from typing import Final

OPERATIONS: Final = (
    ("listAccounts", "GET", "/accounts"),
    ("getAccount", "GET", "/accounts/{id}"),
    ("listAccountTransfers", "GET", "/accounts/{accountId}/transfers"),
    ("listTransfers", "GET", "/transfers"),
    ("createTransfer", "POST", "/transfers"),
    ("getTransfer", "GET", "/transfers/{id}"),
    ("listRules", "GET", "/rules"),
    ("createRule", "POST", "/rules"),
    ("getRule", "GET", "/rules/{id}"),
    ("deleteRule", "DELETE", "/rules/{id}"),
    ("updateRule", "PATCH", "/rules/{id}"),
    ("triggerRule", "POST", "/rules/{id}/trigger"),
    ("listRuleExecutions", "GET", "/rules/{ruleId}/executions"),
    ("getRuleExecution", "GET", "/rules/{ruleId}/executions/{id}"),
    ("listExternalTransactions", "GET", "/external-transactions"),
    ("listCardTransactions", "GET", "/card-transactions"),
    ("listAuditLogs", "GET", "/audit-logs"),
)
"""ID, method and path of each operation."""
