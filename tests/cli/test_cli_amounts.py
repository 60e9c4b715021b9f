"""Numbers on the command line: only digits are valid, and an invalid number sends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from cli_support import SandboxThread, command, sandbox_thread
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
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=1) as made:
        yield made


def write(server: SandboxThread, kind: str) -> list[str]:
    if kind == "transfer":
        return ["transfers", "create", server.id_of("Main Operating"), server.id_of("Taxes")]
    return ["rules", kind, server.id_of("Move to savings")]


@pytest.mark.parametrize("kind", ["transfer", "trigger", "run"])
@pytest.mark.parametrize("text", NOT_DIGITS)
def test_cents_option_not_in_digits_exits_2_and_sends_nothing(
    text: str, kind: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = server.writes()
    result = command(server, *write(server, kind), f"--cents={text}", *LIVE, monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--dollars" in result.stderr
    assert server.writes() == before


@pytest.mark.parametrize(
    "text", ["12.5", "1_2", " 12", "+12", "$12", "1,200", "12.500", "0", "0.00", "٣", "1e3", "-1", "nan", "inf"]
)
def test_dollars_option_invalid_amount_exits_2_and_sends_nothing(
    text: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = server.writes()
    result = command(server, *write(server, "transfer"), f"--dollars={text}", *LIVE, monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert server.writes() == before


@pytest.mark.parametrize(
    ("arguments", "cents"),
    [(["--cents", "18061"], 18_061), (["--cents", "0500"], 500), (["--dollars", "12.50"], 1_250)],
)
def test_amount_in_digits_moves_that_amount(
    arguments: list[str], cents: int, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(server, *write(server, "transfer"), *arguments, *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert server.do(lambda sandbox: list(sandbox.transfers.values())[-1].amount_in_cents) == cents


def numeric_options() -> list[tuple[str, str]]:
    """Return each numeric option and its command, from the help texts of all commands."""
    found: list[tuple[str, str]] = []
    waiting = [""]
    while waiting:
        name = waiting.pop()
        text = CliRunner().invoke(app, [*name.split(), "--help"], env={"COLUMNS": "200"}).stdout
        _, _, commands = text.partition("Commands ─")
        waiting += [f"{name} {one}".strip() for one in re.findall(r"^│ ([a-z-]+) ", commands, re.MULTILINE)]
        found += [(name, one) for one in re.findall(r"(--[a-z-]+) +(?:NUMBER|SECONDS|INTEGER|FLOAT)\b", text)]
    return found


INVALID_NUMBERS = ["1_0", " 5", "+5", "٣", "nan", "inf", "1e1", "0x1", "-1", "99999999999999999999", ""]


def test_numeric_options_are_found_in_every_command() -> None:
    found = set(numeric_options())
    names = {"--cents", "--limit", "--timeout", "--interval", "--concurrency", "--days", "--port", "--seconds"}
    assert {option for _, option in found} == {*names, "--accounts"}
    assert {("transfers create", "--timeout"), ("rules run", "--cents"), ("executions", "--limit")} <= found


@pytest.mark.parametrize(("name", "option"), numeric_options())
@pytest.mark.parametrize("text", INVALID_NUMBERS)
def test_numeric_option_not_in_digits_exits_2(
    name: str, option: str, text: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = server.do(lambda sandbox: len(sandbox.requests))
    result = command(server, *name.split(), f"{option}={text}", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'{option}'" in result.stderr
    assert "digits only" in result.stderr or "number of seconds" in result.stderr
    assert server.do(lambda sandbox: len(sandbox.requests)) == before


@pytest.mark.parametrize(("name", "option"), [one for one in numeric_options() if one[1] != "--port"])
def test_numeric_option_zero_exits_2(
    name: str, option: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(server, *name.split(), f"{option}=0", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'{option}'" in result.stderr
