"""The guide's tables name what the generated models have, and leave no member of an enum out."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import sequence_async as sa
from sequence_async.models import platform, v1
from sequence_async.models._runtime import OpenStrEnum

GUIDE = Path(__file__).parents[2] / "docs" / "moving_between_apis.md"
SIDES = (v1, platform)
# Enums that belong to one API's own things, with no counterpart to stand beside.
ALONE = {
    "AuditLogAction",
    "AuditLogOutcome",
    "CardStatus",
    "CardTransactionDirection",
    "CardTransactionStatus",
    "CardTransactionSubtype",
    "ErrorCode",
    "ExternalTransactionStatus",
    "TransactionDirection",
    "TransferErrorCode",
    "TriggerType",
    "WebhookEventName",
}


def rows(section: str) -> list[list[str]]:
    text = GUIDE.read_text(encoding="utf-8").split(f"## {section}\n")[1].split("\n## ")[0]
    table = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1:]]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def enums(module: ModuleType) -> dict[str, list[str]]:
    return {
        name: [str(member) for member in kind]
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, OpenStrEnum) and kind is not OpenStrEnum
    }


@pytest.mark.parametrize("side", [0, 1], ids=["v1", "platform"])
def test_every_enum_stands_there_with_all_its_members(side: int) -> None:
    table = {named(row[0])[0]: named(row[side + 1]) for row in rows("Enum members") if len(named(row[0])) == 1}
    for name, members in enums(SIDES[side]).items():
        if name not in ALONE:
            assert sorted(table[name]) == sorted(members), name


@pytest.mark.parametrize("side", [0, 1], ids=["v1", "platform"])
def test_every_union_stands_there_with_all_its_tags(side: int) -> None:
    table = {named(row[0])[1]: named(row[side + 1]) for row in rows("Enum members") if len(named(row[0])) == 2}
    unions = {name: value for name, value in vars(SIDES[side]).items() if name in table}
    assert set(unions) == set(table)
    for union in SIDES[side].UNIONS:
        for name, value in unions.items():
            if union.union == value:
                assert sorted(table[name]) == sorted(union.variants), name


def test_every_field_that_is_named_is_there() -> None:
    seen: dict[tuple[str, str], set[str]] = {}
    for model, old, new in rows("Fields"):
        name = named(model)[0]
        new_names = named(new) + (named(old) if new.startswith("the same") else [])
        for module, names in ((v1, named(old)), (platform, new_names)):
            fields = {field.name for field in attrs.fields(getattr(module, name))}
            for one in names:
                if one.islower():
                    assert one in fields, f"{module.__name__}.{name} has no {one}"
            seen.setdefault((module.__name__, name), set()).update(names)
    for (module_name, name), names in seen.items():
        kind: Any = getattr(v1 if module_name.endswith("v1") else platform, name)
        assert {field.name for field in attrs.fields(kind)} <= names, f"{module_name}.{name}"


@pytest.mark.parametrize(("column", "client"), [(1, sa.SequenceClient), (2, sa.PlatformClient)])
async def test_every_method_that_is_named_is_there(column: int, client: Any) -> None:
    async with client("sk_test") as one:
        for row in rows("Operations"):
            for call in named(row[column]):
                path = call.partition("(")[0].split(".")
                if len(path) == 2:
                    assert callable(getattr(getattr(one, path[0]), path[1])), call


def test_the_readme_links_it() -> None:
    assert "docs/moving_between_apis.md" in (GUIDE.parents[1] / "README.md").read_text(encoding="utf-8")
