"""The JSON payloads of all benchmarks: an account as in the API's documentation, and similar ones of other APIs."""

from __future__ import annotations

from typing import Any

import orjson

ACCOUNTS = 2000

CENTS = b"424242424242"
"""A placeholder for the balance in the response template."""

POD: dict[str, Any] = {
    "id": "acc_template",
    "name": "Emergency Fund",
    "type": "pod",
    "description": None,
    "external_account_type": None,
    "beneficiary_name": "John Smith",
    "institution_name": None,
    "can_be_source": True,
    "created_at": "2024-01-15T10:00:00Z",
    "updated_at": "2024-03-15T14:30:00Z",
    "routing_number": "000000000",
    "bank_account_number": "000123456789",
    "savings_target_in_cents": 1000000,
    "balance": {
        "balance_in_cents": int(CENTS),
        "available_balance_in_cents": int(CENTS),
        "balance_last_updated_at": "2024-03-15T14:30:00Z",
        "error": None,
    },
    "linked_account": None,
}

INCREASE_ACCOUNT: dict[str, Any] = {
    "id": "account_in71c4amph0vgo2qllky",
    "account_revenue_rate": None,
    "bank": "first_internet_bank",
    "closed_at": None,
    "created_at": "2024-01-15T10:00:00Z",
    "currency": "USD",
    "entity_id": "entity_n8y8tnk2p9339ti393yi",
    "funding": "deposits",
    "idempotency_key": None,
    "informational_entity_id": None,
    "interest_accrued": "0.01",
    "interest_accrued_at": "2024-01-31",
    "interest_rate": "0.055",
    "loan": None,
    "name": "Emergency Fund",
    "program_id": "program_i2v2os4mwza1oetokh9i",
    "status": "open",
    "type": "account",
}

LEGACY_ACCOUNTS: dict[str, Any] = {
    "data": {
        "accounts": [
            {
                "id": "5579244",
                "name": "Emergency Fund",
                "balance": {"amountInDollars": 4250.0, "error": None},
                "type": "Pod",
            },
        ],
    },
}


def account_id(number: int) -> str:
    """Return the ID of one account."""
    return f"acc_01HDEF{number:06}"


def account(number: int) -> dict[str, Any]:
    """Return one of many accounts. Their texts all differ."""
    balance = {**POD["balance"], "balance_in_cents": 100_000 + number, "available_balance_in_cents": 100_000 + number}
    return {**POD, "id": account_id(number), "name": f"Emergency Fund {number}", "balance": balance}


def envelope(data: Any) -> bytes:
    """Return the body of an api/v1 response."""
    return orjson.dumps({"request_id": "req_01HDEF7005", "data": data})


def summaries(count: int = ACCOUNTS) -> bytes:
    """Return the body of the response that lists the accounts."""
    left_out = {"routing_number", "bank_account_number", "savings_target_in_cents", "balance", "linked_account"}
    members = [name for name in POD if name not in left_out]
    return envelope([{name: account(number)[name] for name in members} for number in range(count)])


def transfer(number: int) -> dict[str, Any]:
    """Return one of many transfers."""
    return {
        "id": f"txr_01HDEF{number:06}",
        "amount_in_cents": 100_000 + number,
        "direction": "internal",
        "origin": "rule",
        "status": "complete",
        "source": {"id": account_id(number), "name": f"Income {number}", "type": "income_source", "is_deleted": False},
        "destination": {"id": account_id(number + 1), "name": f"Pod {number}", "type": "pod", "is_deleted": False},
        "rule_id": "rule_01HDEF0123",
        "rule_execution_id": f"rex_01HDEF{number:06}",
        "error_code": None,
        "created_at": "2024-03-15T14:30:00Z",
        "completed_at": "2024-03-15T14:31:00Z",
    }
