"""Keys: which are legal, and the same intent always the same key."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequence_async import ArgumentError, idempotency_key_for
from sequence_async._core.keys import check_key

LEGAL = re.compile(r"[A-Za-z0-9._:/|-]{1,36}")
PARTS = st.lists(st.text() | st.integers() | st.uuids() | st.dates() | st.decimals(allow_nan=False), min_size=1)


@given(PARTS)
def test_every_derived_key_is_legal(parts: list[object]) -> None:
    key = idempotency_key_for(*parts)  # type: ignore[arg-type]
    assert LEGAL.fullmatch(key)
    assert check_key(key) == key


@given(PARTS, PARTS)
def test_other_parts_give_another_key(one: list[object], other: list[object]) -> None:
    def canonical(parts: list[object]) -> list[tuple[str, str]]:
        return [(type(part).__name__, str(part)) for part in parts]

    same = idempotency_key_for(*one) == idempotency_key_for(*other)  # type: ignore[arg-type]
    assert same == (canonical(one) == canonical(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b"), ("ab",)), ((1,), ("1",)), (("a", "b"), ("b", "a")), (("a", ""), ("a",)), ((1, 23), (12, 3))],
)
def test_parts_do_not_run_into_each_other(one: tuple[str | int, ...], other: tuple[str | int, ...]) -> None:
    assert idempotency_key_for(*one) != idempotency_key_for(*other)


def test_another_process_derives_the_same_key() -> None:
    code = "from sequence_async import idempotency_key_for; print(idempotency_key_for('rent', 2026, 11))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == idempotency_key_for("rent", 2026, 11)


def test_the_derivation_never_changes_between_releases() -> None:
    assert idempotency_key_for("rent", 2026, 11) == "sq-1oI9mffE6LLL3R.yyyBmRrRZNcU"


def test_one_moment_is_one_key_in_every_time_zone() -> None:
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert idempotency_key_for(moment) == idempotency_key_for(moment.astimezone(timezone(timedelta(hours=5))))
    assert idempotency_key_for(moment) != idempotency_key_for(date(2026, 11, 20))


def test_a_text_enum_stands_for_its_text() -> None:
    class Kind(StrEnum):
        RENT = "rent"

    assert idempotency_key_for(Kind.RENT) == idempotency_key_for("rent")


@pytest.mark.parametrize("part", [1.5, True, None, b"x", object(), ["a"], datetime(2026, 11, 20)])  # noqa: DTZ001
def test_a_part_that_reads_differently_elsewhere_is_refused(part: object) -> None:
    with pytest.raises(ArgumentError, match="part 2"):
        idempotency_key_for("rent", part)  # type: ignore[arg-type]


def test_no_part_is_refused() -> None:
    with pytest.raises(ArgumentError):
        idempotency_key_for()


def test_accepted_kinds() -> None:
    assert idempotency_key_for("a", 1, UUID(int=0), Decimal("1.5"), date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("key", ["a", "a" * 36, "A.z:0/|-_", "3a28600f-dc4e-4e79-9057-0b753639efae"])
def test_legal_keys(key: str) -> None:
    assert check_key(key) == key


@pytest.mark.parametrize("key", ["", "a" * 37, "a b", "a\n", "ä", "a\r\nX: y", "a;b", 1, None, b"a"])
def test_illegal_keys(key: object) -> None:
    with pytest.raises(ArgumentError, match="idempotency_key"):
        check_key(key)
