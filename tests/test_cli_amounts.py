"""Numbers on the command line are digits: what only looks like an amount moves nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cli_support import Beside, beside, command

LIVE = ("--live", "--yes")
NOT_DIGITS = [
    "1806_1",
    "1_000",
    " 500",
    "500 ",
    "+500",
    "500.0",
    "1200.00",
    "1e3",
    "0x10",
    "٣٠٠",
    "²",
    "--",
    "",
    "0",
    "-5",
    "1,000",
]


@pytest.fixture(scope="module")
def place() -> Iterator[Beside]:
    with beside(seed=1) as made:
        yield made


def write(place: Beside, kind: str) -> list[str]:
    if kind == "transfer":
        return ["transfers", "create", place.id_of("Main Operating"), place.id_of("Taxes")]
    return ["rules", kind, place.id_of("Move to savings")]


@pytest.mark.parametrize("kind", ["transfer", "trigger", "run"])
@pytest.mark.parametrize("text", NOT_DIGITS)
def test_cents_that_are_not_digits_exit_2_and_move_nothing(
    text: str, kind: str, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.writes()
    result = command(place, *write(place, kind), f"--cents={text}", *LIVE, monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--dollars" in result.stderr
    assert place.writes() == before


@pytest.mark.parametrize(
    "text", ["12.5", "1_2", " 12", "+12", "$12", "1,200", "12.500", "0", "0.00", "٣", "1e3", "-1", "nan", "inf"]
)
def test_dollars_that_are_no_amount_exit_2_and_move_nothing(
    text: str, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.writes()
    result = command(place, *write(place, "transfer"), f"--dollars={text}", *LIVE, monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert place.writes() == before


@pytest.mark.parametrize(
    ("arguments", "cents"),
    [(["--cents", "18061"], 18_061), (["--cents", "0500"], 500), (["--dollars", "12.50"], 1_250)],
)
def test_amount_in_digits_moves_exactly_that(
    arguments: list[str], cents: int, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(place, *write(place, "transfer"), *arguments, *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert place.do(lambda sandbox: list(sandbox.transfers.values())[-1].amount_in_cents) == cents


OPTIONS = [
    ("accounts", "--limit"),
    ("audit-logs", "--limit"),
    ("audit-logs", "--days"),
    ("balances", "--interval"),
    ("balances", "--concurrency"),
    ("demo", "--seconds"),
    ("sandbox", "--port"),
    ("sandbox", "--accounts"),
]
ODD = ["1_0", " 5", "+5", "٣", "nan", "inf", "1e1", "0x1", "-1", "99999999999999999999", ""]


@pytest.mark.parametrize(("name", "option"), OPTIONS)
@pytest.mark.parametrize("text", ODD)
def test_option_that_is_not_written_in_digits_exits_2(
    name: str, option: str, text: str, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.do(lambda sandbox: len(sandbox.requests))
    result = command(place, name, f"{option}={text}", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert option in result.stderr
    assert place.do(lambda sandbox: len(sandbox.requests)) == before


@pytest.mark.parametrize("text", ["nan", "inf", "1_0", "+5", "0", "-1", "٣"])
def test_timeout_that_is_not_written_in_digits_exits_2(
    text: str, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(place, "transfers", "wait", "x", f"--timeout={text}", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--timeout" in result.stderr
