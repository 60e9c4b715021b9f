"""Numbers on the command line are digits: what only looks like an amount moves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from cli_support import Beside, beside, command
from typer.testing import CliRunner

from sequence_async.cli.app import app

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


def numeric_options() -> list[tuple[str, str]]:
    """Return every option that takes a number, with its command, as the help of all commands lists them."""
    found: list[tuple[str, str]] = []
    waiting = [""]
    while waiting:
        name = waiting.pop()
        text = CliRunner().invoke(app, [*name.split(), "--help"], env={"COLUMNS": "200"}).stdout
        _, _, commands = text.partition("Commands ─")
        waiting += [f"{name} {one}".strip() for one in re.findall(r"^│ ([a-z-]+) ", commands, re.MULTILINE)]
        found += [(name, one) for one in re.findall(r"(--[a-z-]+) +(?:NUMBER|SECONDS|INTEGER|FLOAT)\b", text)]
    return found


ODD = ["1_0", " 5", "+5", "٣", "nan", "inf", "1e1", "0x1", "-1", "99999999999999999999", ""]


def test_numeric_options_are_found_in_every_command() -> None:
    found = set(numeric_options())
    names = {"--cents", "--limit", "--timeout", "--interval", "--concurrency", "--days", "--port", "--seconds"}
    assert {option for _, option in found} == {*names, "--accounts"}
    assert {("transfers create", "--timeout"), ("rules run", "--cents"), ("executions", "--limit")} <= found


@pytest.mark.parametrize(("name", "option"), numeric_options())
@pytest.mark.parametrize("text", ODD)
def test_option_that_is_not_written_in_digits_exits_2(
    name: str, option: str, text: str, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.do(lambda sandbox: len(sandbox.requests))
    result = command(place, *name.split(), f"{option}={text}", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'{option}'" in result.stderr
    assert "digits only" in result.stderr or "number of seconds" in result.stderr
    assert place.do(lambda sandbox: len(sandbox.requests)) == before


@pytest.mark.parametrize(("name", "option"), [one for one in numeric_options() if one[1] != "--port"])
def test_option_of_zero_exits_2(name: str, option: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(place, *name.split(), f"{option}=0", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'{option}'" in result.stderr
