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
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
PARTS = st.lists(st.text() | st.integers() | st.uuids() | st.dates() | DECIMALS, min_size=1)


@given(PARTS)
def test_every_derived_key_is_legal(parts: list[object]) -> None:
    key = idempotency_key_for(*parts)  # type: ignore[arg-type]
    assert LEGAL.fullmatch(key)
    assert check_key(key) == key


@given(PARTS, PARTS)
def test_other_parts_give_another_key(one: list[object], other: list[object]) -> None:
    def canonical(parts: list[object]) -> list[object]:
        numbers = (int, Decimal)
        return [("number", part) if isinstance(part, numbers) else (type(part).__name__, part) for part in parts]

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
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert other.stdout.strip() == idempotency_key_for("rent", 2026, 11)


def test_the_derivation_never_changes_between_releases() -> None:
    assert idempotency_key_for("rent", 2026, 11) == "sq-1oI9mffE6LLL3R.yyyBmRrRZNcU"


def test_one_moment_is_one_key_in_every_time_zone() -> None:
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert idempotency_key_for(moment) == idempotency_key_for(moment.astimezone(timezone(timedelta(hours=5))))
    assert idempotency_key_for(moment) != idempotency_key_for(date(2026, 11, 20))


EQUAL_NUMBERS = [
    [120, Decimal(120), Decimal("120.00"), Decimal("1.2E+2"), Decimal(120)],
    [100, Decimal("1E+2"), Decimal(100)],
    [0, Decimal("0.00"), Decimal("-0"), Decimal("0E+5"), Decimal("0E-5")],
    [-5, Decimal("-5.0")],
    [Decimal("1.5"), Decimal("1.50"), Decimal("15E-1")],
    [10**5_000, Decimal("1E+5000")],
    [Decimal("0.1234567890123456789012345678901234567890"), Decimal("0.12345678901234567890123456789012345678900")],
]


@pytest.mark.parametrize("numbers", EQUAL_NUMBERS, ids=lambda numbers: str(numbers[-1]))
def test_key_of_equal_numbers_is_the_same(numbers: list[int | Decimal]) -> None:
    assert len({idempotency_key_for("payout", number) for number in numbers}) == 1


def test_key_of_different_numbers_differs() -> None:
    numbers = [one for numbers in EQUAL_NUMBERS for one in numbers[:1]]
    numbers += [12, Decimal("12.0001"), -120, Decimal("0.1234567890123456789012345678901234567891"), 2**53, 2**53 + 1]
    assert len({idempotency_key_for("payout", number) for number in numbers}) == len(numbers)


@given(DECIMALS, st.integers(0, 40))
def test_key_of_a_decimal_ignores_trailing_zeros(number: Decimal, zeros: int) -> None:
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    padded = Decimal((sign, (*digits, *[0] * zeros), exponent - zeros))
    assert idempotency_key_for(padded) == idempotency_key_for(number)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_key_of_a_number_that_is_not_finite_is_rejected(number: str) -> None:
    with pytest.raises(ArgumentError, match="part 2 must be a finite number"):
        idempotency_key_for("payout", Decimal(number))


@pytest.mark.parametrize("year", [1, 1970, 2026, 2300, 9998])
@pytest.mark.parametrize("microsecond", [0, 1, 999_998])
def test_key_of_times_a_microsecond_apart_differs(year: int, microsecond: int) -> None:
    one = datetime(year, 6, 1, 12, microsecond=microsecond, tzinfo=UTC)
    assert idempotency_key_for(one) != idempotency_key_for(one + timedelta(microseconds=1))


def test_key_of_composed_and_decomposed_text_differs() -> None:
    assert idempotency_key_for("Jos\u00e9") != idempotency_key_for("Jose\u0301")


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
