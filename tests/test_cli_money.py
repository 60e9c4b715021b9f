"""The commands that move money: what they need to be told, what they tell, and how they are repeated."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_support import Beside, beside, command, needs_pty, needs_sigint

from sequence_async.sandbox import Sandbox, faults

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-c", "from sequence_async.cli import main; main()"]
LIVE = ("--live", "--yes")
KEY = re.compile(r"^Idempotency key: (\S+) ", re.MULTILINE)


@pytest.fixture(scope="module")
def _place() -> Iterator[Beside]:
    with beside(seed=3, platform_rate_limit=None, internal_seconds=0.1, execution_seconds=0.05) as running:
        yield running


@pytest.fixture
def place(_place: Beside) -> Beside:
    def clear(sandbox: Sandbox) -> None:
        sandbox.faults.clear()
        sandbox.requests.clear()

    _place.do(clear)
    return _place


def _transfer(place: Beside, api: str = "platform") -> list[str]:
    ids = [place.id_of(name, api) for name in ("Main Operating", "Emergency Fund")]
    return ["transfers", "create", *ids, "--api", api]


def _held(place: Beside) -> int:
    return place.do(lambda sandbox: sandbox.account("Emergency Fund").cents)


def _key(result: Any) -> str:
    found = KEY.search(result.stderr)
    assert found is not None, result.output
    return found[1]


def _settle(place: Beside) -> None:
    place.do(lambda sandbox: sandbox.clock.advance(5))


def test_platform_simulates_unless_told_otherwise(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _held(place)
    for more in [], ["--yes"]:
        result = command(place, *_transfer(place), "--cents", "1234", *more, monkeypatch=monkeypatch)
        assert result.exit_code == 0
        assert "Dry run: transfer $12.34" in result.stderr
        assert "(simulated)" in result.stdout
    _settle(place)
    assert _held(place) == before
    assert len(place.writes()) == 2


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_live_and_yes_together_move_money(api: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _held(place)
    result = command(place, *_transfer(place, api), "--dollars", "12.50", *LIVE, "--json", monkeypatch=monkeypatch)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["amount_in_cents"] == 1250
    assert place.writes() == [("createTransfer", _key(result))]
    _settle(place)
    assert _held(place) == before + 1250


@pytest.mark.parametrize(("api", "more"), [("platform", ["--live"]), ("v1", []), ("v1", ["--live"]), ("v1", ["--yes"])])
def test_without_a_human_or_both_options_nothing_is_sent(
    api: str, more: list[str], place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_id = place.id_of("Move to savings", api)
    for arguments in (
        [*_transfer(place, api), "--cents", "1000"],
        ["rules", "trigger", rule_id, "--api", api],
        ["rules", "run", rule_id, "--api", api],
    ):
        result = command(place, *arguments, *more, monkeypatch=monkeypatch)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--live --yes" in result.stderr
    assert place.writes() == []


def test_the_remote_api_needs_both_too(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_id = place.id_of("Refill the agent", "v1")
    secret = place.do(lambda sandbox: sandbox.rule_secret(rule_id))
    without = command(place, "remote", "trigger", rule_id, *LIVE, monkeypatch=monkeypatch)
    assert without.exit_code == 2
    assert "SEQUENCE_RULE_SECRET" in without.stderr
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", secret)
    assert command(place, "remote", "trigger", rule_id, "--live", monkeypatch=monkeypatch).exit_code == 2
    assert place.writes() == []
    result = command(place, "remote", "trigger", rule_id, *LIVE, "--payload", '{"note": "x"}', monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert secret not in result.output
    assert place.writes() == [("triggerRule", _key(result))]


@pytest.mark.parametrize("payload", ["", "[]", "{", "1", "null"])
def test_a_payload_is_a_json_object(payload: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", "x")
    result = command(place, "remote", "trigger", "rule_1", *LIVE, "--payload", payload, monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert "--payload" in result.stderr


@pytest.mark.parametrize(
    "amount",
    [
        [],
        ["--cents", "100", "--dollars", "1"],
        *(["--dollars", text] for text in ("12.5", "1,000", "0", "0.00", "-1", "1e3", "12.500", "", "NaN", "٣")),
        ["--cents", "0"],
        ["--cents", "1.5"],
    ],
)
def test_an_amount_is_exact_or_refused(amount: list[str], place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command(place, *_transfer(place), *amount, *LIVE, monkeypatch=monkeypatch).exit_code == 2
    assert place.writes() == []


def test_an_illegal_key_is_refused(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in "", "ä", "x" * 37:
        result = command(
            place, *_transfer(place), "--cents", "1000", *LIVE, "--idempotency-key", key, monkeypatch=monkeypatch
        )
        assert result.exit_code == 2
        assert "idempotency_key" in result.stderr
    assert place.writes() == []


def test_in_doubt_is_3_and_the_key_repeats_it_safely(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _held(place)
    place.do(lambda sandbox: sandbox.fail_next("createTransfer", 1, faults.Garbage(after_effect=True)))
    doubtful = command(place, *_transfer(place), "--cents", "2000", *LIVE, monkeypatch=monkeypatch)
    assert (doubtful.exit_code, doubtful.stdout) == (3, "")
    key = _key(doubtful)
    assert (
        f"hint: The write may have taken effect. Within 24 hours, retry the same command with --idempotency-key {key}"
        in doubtful.stderr
    )
    repeated = command(
        place, *_transfer(place), "--cents", "2000", *LIVE, "--idempotency-key", key, monkeypatch=monkeypatch
    )
    assert repeated.exit_code == 0
    assert {used for _, used in place.writes()} == {key}
    _settle(place)
    assert _held(place) == before + 2000


def test_a_definite_refusal_is_1(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = ["transfers", "create", place.id_of("Taxes"), "018cc251-0000-7000-8000-000000000000"]
    result = command(place, *nowhere, "--cents", "1000", *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "may have taken effect" not in result.stderr


def test_waiting_ends_with_how_it_went(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = command(place, *_transfer(place), "--cents", "1000", *LIVE, "--wait", monkeypatch=monkeypatch)
    assert waited.exit_code == 0
    assert "Status\tCOMPLETE" in waited.stdout
    source, destination = place.id_of("Groceries"), place.id_of("Taxes")
    arguments = ["transfers", "create", source, destination, "--dollars", "99999999", *LIVE, "--wait"]
    poor = command(place, *arguments, monkeypatch=monkeypatch)
    assert poor.exit_code == 1
    assert "INSUFFICIENT_FUNDS" in poor.stdout


def test_a_wait_that_is_too_short_is_5(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    pending = place.do(
        lambda sandbox: next(one.id for one in sandbox.transfers.values() if one.status == "PENDING_APPROVAL")
    )
    result = command(place, "transfers", "wait", pending, "--timeout", "0.05", "--api", "v1", monkeypatch=monkeypatch)
    assert result.exit_code == 5
    assert "pending_approval" in result.stderr


def test_a_rule_is_simulated_and_then_run(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _held(place)
    rule_id = place.id_of("Move to savings")
    dry = command(place, "rules", "run", rule_id, "--cents", "20000", "--json", monkeypatch=monkeypatch)
    assert (dry.exit_code, json.loads(dry.stdout)["execution_mode"]) == (0, "SIMULATION")
    assert _held(place) == before
    real = command(place, "rules", "trigger", rule_id, "--cents", "20000", *LIVE, "--json", monkeypatch=monkeypatch)
    assert real.exit_code == 0
    assert json.loads(real.stdout)["execution_id"]
    assert len(place.writes()) == 2


def test_a_rule_that_is_off_is_refused(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_id = place.id_of("Written, not yet enabled")
    result = command(place, "rules", "run", rule_id, *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "RULE_DEACTIVATED" in result.stderr


def _environment(place: Beside) -> dict[str, str]:
    return {**os.environ, **place.environment, "PYTHONPATH": str(ROOT), "TERM": "dumb"}


def _at_a_terminal(
    place: Beside,
    arguments: list[str],
    answer: bytes,
    *,
    interrupt: signal.Signals | None = None,
    question: bytes = b"? [y/N]",
) -> tuple[int, str]:
    """Run a command at a terminal, and answer its question, or interrupt it first."""
    import pty
    import select

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=_environment(place)
    )
    os.close(theirs)
    seen = b""
    deadline = time.monotonic() + 15
    try:
        while question not in seen and time.monotonic() < deadline:
            if select.select([ours], [], [], 0.1)[0]:
                seen += os.read(ours, 4096)
        if interrupt is not None:
            process.send_signal(interrupt)
            process.wait(timeout=15)
        os.write(ours, answer)
        process.communicate(timeout=15)
    finally:
        process.kill()
        process.communicate()
        os.close(ours)
    return process.returncode, seen.decode()


@needs_pty
@pytest.mark.parametrize(("answer", "code", "sent"), [(b"y\n", 0, 1), (b"n\n", 2, 0), (b"\n", 2, 0), (b"\x04", 2, 0)])
def test_somebody_at_a_terminal_is_asked(answer: bytes, code: int, sent: int, place: Beside) -> None:
    ended, seen = _at_a_terminal(place, [*_transfer(place, "v1"), "--cents", "1000"], answer)
    assert "Transfer $10.00 from" in seen
    assert (ended, len(place.writes())) == (code, sent)


@needs_pty
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_question_that_a_signal_interrupts_exits_with_its_code(name: str, code: int, place: Beside) -> None:
    for arguments in (_transfer(place), ["rules", "run", place.id_of("Move to savings")]):
        interrupt = getattr(signal, name)
        ended, _ = _at_a_terminal(place, [*arguments, "--cents", "1000", "--live"], b"y\n", interrupt=interrupt)
        assert (ended, place.writes()) == (code, [])


@needs_pty
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_question_for_a_secret_that_a_signal_interrupts_exits_with_its_code(
    name: str, code: int, place: Beside
) -> None:
    arguments = ["remote", "trigger", place.id_of("Refill the agent"), *LIVE]
    ended, _ = _at_a_terminal(
        place, arguments, b"secret\n", interrupt=getattr(signal, name), question=b"Secret of rule"
    )
    assert (ended, place.writes()) == (code, [])


@needs_sigint
def test_ctrl_c_in_the_middle_of_a_write_says_how_to_repeat_it(place: Beside) -> None:
    place.do(lambda sandbox: sandbox.fail_next("createTransfer", 1, faults.Stall(after_effect=True)))
    process = subprocess.Popen(
        [*PROGRAM, *_transfer(place), "--cents", "1000", *LIVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(place),
        encoding="utf-8",
    )
    deadline = time.monotonic() + 15
    while not place.writes() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=15)
    assert (process.returncode, stdout) == (130, "")
    key = KEY.findall(stderr)
    assert f"retry the same command with --idempotency-key {key[0]}" in stderr
    assert "Traceback" not in stderr
