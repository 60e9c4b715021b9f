# Generated from openapi/platform.yaml 1.0.0 (SHA-256 f377ad7e1c5aa5c89367e7aa1cf5dff4725259f876100f0287f576ed042ac744) by `python -m codegen`; do not edit.
"""The operations of Sequence platform API v1, as its description has them."""

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
"""ID, method and path of each."""
