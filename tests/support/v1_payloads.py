"""Objects of api/v1 in wire form, as small as the documentation allows."""

from __future__ import annotations

from typing import Any


def account(account_id: str = "acc_1", cents: int | None = 12345, **more: Any) -> dict[str, Any]:
    return {
        "id": account_id,
        "name": f"Account {account_id}",
        "type": "pod",
        "can_be_source": True,
        "balance": {"balance_in_cents": cents, "available_balance_in_cents": cents},
        **more,
    }


def summary(account_id: str = "acc_1", **more: Any) -> dict[str, Any]:
    return {"id": account_id, "name": f"Account {account_id}", "type": "pod", "can_be_source": True, **more}


def transfer(transfer_id: str = "txr_1", status: str = "processing", **more: Any) -> dict[str, Any]:
    return {
        "id": transfer_id,
        "amount_in_cents": 500,
        "direction": "internal",
        "origin": "user",
        "status": status,
        **more,
    }


def execution(execution_id: str = "rex_1", status: str = "executed", **more: Any) -> dict[str, Any]:
    return {
        "id": execution_id,
        "rule_id": "rule_1",
        "rule_name": "Save",
        "trigger_type": "manual",
        "status": status,
        "created_at": "2024-04-23T09:15:00Z",
        **more,
    }
