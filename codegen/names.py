"""Python names for the names in a description."""

from __future__ import annotations

import keyword
import re


def snake(name: str) -> str:
    """Return ``rule_step`` for ``RuleStep``, ``account_id`` for ``accountId`` and for ``account-id``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", words).lower()


def attribute(wire: str) -> str:
    """Return the attribute of a model for a field of the JSON object."""
    name = snake(wire)
    return f"{name}_" if keyword.iskeyword(name) else name


def constant(operation_id: str) -> str:
    """Return the constant of an operation: ``LIST_ACCOUNTS`` for ``listAccounts``."""
    return snake(operation_id).upper()


def member(value: str) -> str:
    """Return the member of an enum for one of its values: ``INCOME_SOURCE`` for ``Income Source``."""
    return re.sub(r"[^A-Za-z0-9]+", "_", value).strip("_").upper()


def decoder(component: str) -> str:
    """Return the name of a model's decoder: ``decode_rule_step`` for ``RuleStep``."""
    return f"decode_{snake(component)}"
