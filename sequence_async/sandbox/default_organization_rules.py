"""The rules of the default organization, in the format of api/v1 with account names instead of IDs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def _action(kind: str, source: str, destination: str, **more: Any) -> dict[str, Any]:
    base = {"type": kind, "source": source, "destination": destination, "group_index": 0}
    return base | {"up_to_enabled": False} | more


def rule_drafts(monthly_from: str) -> Iterator[tuple[dict[str, Any], bool, str | None]]:
    """Return the default rules: definition, whether it is enabled, and its mode on the Remote API, if any."""
    big = {"condition": {"fact": "TRANSFER_AMOUNT", "operator": "GREATER_THAN_OR_EQUAL", "value": 50_000}}
    share = {"percentage_target": "INCOMING_AMOUNT"}
    yield (
        {
            "nickname": "Auto-save on deposit",
            "description": "Saves a part of every large deposit",
            "trigger": {"type": "ON_FUNDS_TRANSFERRED", "account_id": "Main Payroll"},
            "steps": [
                {
                    "conditions": big,
                    "actions": [
                        _action("percentage", "Main Payroll", "Emergency Fund", percentage_value=20, **share),
                        _action("percentage", "Main Payroll", "Taxes", percentage_value=10, **share),
                    ],
                },
                {
                    "conditions": None,
                    "actions": [
                        _action("fixed_amount", "Main Payroll", "Groceries", amount_in_cents=2_500, up_to_enabled=True)
                    ],
                },
            ],
        },
        True,
        None,
    )
    yield (
        {
            "nickname": "Monthly Amex payment",
            "description": None,
            "trigger": {
                "type": "SCHEDULED",
                "schedule_type": "MONTHLY",
                "start_date": monthly_from,
                "account_id": "Main Operating",
            },
            "steps": [
                {"conditions": None, "actions": [_action("next_payment_minimum", "Main Operating", "Amex Gold")]}
            ],
        },
        True,
        None,
    )
    full = {
        "condition": {
            "fact": "BALANCE",
            "operator": "LESS_THAN",
            "value": 100_000,
            "params": {"account_id": "Groceries"},
        }
    }
    yield (
        {
            "nickname": "Fill up groceries",
            "description": "Up to 600 dollars, while there are less than 1,000",
            "trigger": {"type": "MANUAL", "account_id": "Main Operating"},
            "steps": [
                {
                    "conditions": full,
                    "actions": [_action("top_up", "Main Operating", "Groceries", amount_in_cents=60_000)],
                }
            ],
        },
        True,
        "live",
    )
    yield (
        {
            "nickname": "Move to savings",
            "description": "A twentieth of the operating balance, or of the amount given",
            "trigger": {"type": "MANUAL", "account_id": "Main Operating"},
            "steps": [
                {
                    "conditions": None,
                    "actions": [
                        _action(
                            "percentage",
                            "Main Operating",
                            "Emergency Fund",
                            percentage_value=5,
                            percentage_target="SOURCE_ACCOUNT",
                            limit={"period": "PER_MONTH", "amount_in_cents": 500_000},
                        )
                    ],
                }
            ],
        },
        True,
        "live",
    )
    yield (
        {
            "nickname": "Refill the agent",
            "description": "Fifty dollars at a time",
            "trigger": {"type": "MANUAL", "account_id": "Client Payments"},
            "steps": [
                {
                    "conditions": None,
                    "actions": [_action("fixed_amount", "Client Payments", "Agent Budget", amount_in_cents=5_000)],
                }
            ],
        },
        True,
        "live",
    )
    yield (
        {
            "nickname": "Try out the sweep",
            "description": "In test mode",
            "trigger": {"type": "MANUAL", "account_id": "Client Payments"},
            "steps": [
                {
                    "conditions": None,
                    "actions": [_action("round_down", "Client Payments", "Taxes", amount_in_cents=100_000)],
                }
            ],
        },
        True,
        "test",
    )
    yield (
        {
            "nickname": "Written, not yet enabled",
            "description": None,
            "trigger": {"type": "MANUAL", "account_id": "Main Operating"},
            "steps": [
                {
                    "conditions": None,
                    "actions": [_action("fixed_amount", "Main Operating", "Taxes", amount_in_cents=10_000)],
                }
            ],
        },
        False,
        None,
    )
