"""Commands that move money: their options, prompts and output, and safe retries."""

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
from cli_support import SandboxThread, command, needs_pty, needs_sigint, sandbox_thread

from sequence_async.sandbox import Sandbox, faults

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from sequence_async.cli import main; main()"]
LIVE = ("--live", "--yes")
KEY = re.compile(r"^Idempotency key: (\S+) ", re.MULTILINE)


@pytest.fixture(scope="module")
def _server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=3, platform_rate_limit=None, internal_seconds=0.1, execution_seconds=0.05) as running:
        yield running


@pytest.fixture
def server(_server: SandboxThread) -> SandboxThread:
    def clear(sandbox: Sandbox) -> None:
        sandbox.faults.clear()
        sandbox.requests.clear()

    _server.do(clear)
    return _server


def _transfer(server: SandboxThread, api: str = "platform") -> list[str]:
    ids = [server.id_of(name, api) for name in ("Main Operating", "Emergency Fund")]
    return ["transfers", "create", *ids, "--api", api]


def _balance_in_cents(server: SandboxThread) -> int:
    return server.do(lambda sandbox: sandbox.account("Emergency Fund").cents)


def _key(result: Any) -> str:
    found = KEY.search(result.stderr)
    assert found is not None, result.output
    return found[1]


def _settle(server: SandboxThread) -> None:
    server.do(lambda sandbox: sandbox.clock.advance(5))


def test_platform_without_live_makes_a_dry_run(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _balance_in_cents(server)
    for more in [], ["--yes"]:
        result = command(server, *_transfer(server), "--cents", "1234", *more, monkeypatch=monkeypatch)
        assert result.exit_code == 0
        assert "Dry run: transfer $12.34" in result.stderr
        assert "(simulated)" in result.stdout
    _settle(server)
    assert _balance_in_cents(server) == before
    assert len(server.writes()) == 2


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_live_and_yes_move_money(api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _balance_in_cents(server)
    result = command(server, *_transfer(server, api), "--dollars", "12.50", *LIVE, "--json", monkeypatch=monkeypatch)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["amount_in_cents"] == 1250
    assert server.writes() == [("createTransfer", _key(result))]
    _settle(server)
    assert _balance_in_cents(server) == before + 1250


@pytest.mark.parametrize(("api", "more"), [("platform", ["--live"]), ("v1", []), ("v1", ["--live"]), ("v1", ["--yes"])])
def test_write_without_a_terminal_or_both_options_sends_nothing(
    api: str, more: list[str], server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_id = server.id_of("Move to savings", api)
    for arguments in (
        [*_transfer(server, api), "--cents", "1000"],
        ["rules", "trigger", rule_id, "--api", api],
        ["rules", "run", rule_id, "--api", api],
    ):
        result = command(server, *arguments, *more, monkeypatch=monkeypatch)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--live --yes" in result.stderr
    assert server.writes() == []


def test_remote_trigger_without_both_options_sends_nothing(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_id = server.id_of("Refill the agent", "v1")
    secret = server.do(lambda sandbox: sandbox.rule_secret(rule_id))
    without = command(server, "remote", "trigger", rule_id, *LIVE, monkeypatch=monkeypatch)
    assert without.exit_code == 2
    assert "SEQUENCE_RULE_SECRET" in without.stderr
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", secret)
    assert command(server, "remote", "trigger", rule_id, "--live", monkeypatch=monkeypatch).exit_code == 2
    assert server.writes() == []
    result = command(server, "remote", "trigger", rule_id, *LIVE, "--payload", '{"note": "x"}', monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert secret not in result.output
    assert server.writes() == [("triggerRule", _key(result))]


@pytest.mark.parametrize("payload", ["", "[]", "{", "1", "null"])
def test_payload_that_is_not_a_json_object_exits_2(
    payload: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", "x")
    result = command(server, "remote", "trigger", "rule_1", *LIVE, "--payload", payload, monkeypatch=monkeypatch)
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
def test_amount_missing_or_invalid_exits_2(
    amount: list[str], server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command(server, *_transfer(server), *amount, *LIVE, monkeypatch=monkeypatch).exit_code == 2
    assert server.writes() == []


def test_idempotency_key_invalid_exits_2(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in "", "ä", "x" * 37:
        result = command(
            server, *_transfer(server), "--cents", "1000", *LIVE, "--idempotency-key", key, monkeypatch=monkeypatch
        )
        assert result.exit_code == 2
        assert "idempotency_key" in result.stderr
    assert server.writes() == []


def test_write_in_doubt_exits_3_and_its_key_retries_it_safely(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _balance_in_cents(server)
    server.do(lambda sandbox: sandbox.fail_next("createTransfer", 1, faults.Garbage(after_effect=True)))
    doubtful = command(server, *_transfer(server), "--cents", "2000", *LIVE, monkeypatch=monkeypatch)
    assert (doubtful.exit_code, doubtful.stdout) == (3, "")
    key = _key(doubtful)
    assert (
        f"hint: The write may have taken effect. Within 24 hours, retry the same command with --idempotency-key {key}"
        in doubtful.stderr
    )
    repeated = command(
        server, *_transfer(server), "--cents", "2000", *LIVE, "--idempotency-key", key, monkeypatch=monkeypatch
    )
    assert repeated.exit_code == 0
    assert {used for _, used in server.writes()} == {key}
    _settle(server)
    assert _balance_in_cents(server) == before + 2000


def test_error_response_that_is_not_in_doubt_exits_1(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = ["transfers", "create", server.id_of("Taxes"), "018cc251-0000-7000-8000-000000000000"]
    result = command(server, *nowhere, "--cents", "1000", *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "may have taken effect" not in result.stderr


def test_wait_exits_with_the_outcome_of_the_transfer(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = command(server, *_transfer(server), "--cents", "1000", *LIVE, "--wait", monkeypatch=monkeypatch)
    assert waited.exit_code == 0
    assert "Status\tCOMPLETE" in waited.stdout
    source, destination = server.id_of("Groceries"), server.id_of("Taxes")
    arguments = ["transfers", "create", source, destination, "--dollars", "99999999", *LIVE, "--wait"]
    poor = command(server, *arguments, monkeypatch=monkeypatch)
    assert poor.exit_code == 1
    assert "INSUFFICIENT_FUNDS" in poor.stdout


def test_wait_that_times_out_exits_5(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    pending = server.do(
        lambda sandbox: next(one.id for one in sandbox.transfers.values() if one.status == "PENDING_APPROVAL")
    )
    result = command(server, "transfers", "wait", pending, "--timeout", "0.05", "--api", "v1", monkeypatch=monkeypatch)
    assert result.exit_code == 5
    assert "pending_approval" in result.stderr


def test_rule_dry_run_moves_no_money_and_live_trigger_starts_it(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _balance_in_cents(server)
    rule_id = server.id_of("Move to savings")
    dry = command(server, "rules", "run", rule_id, "--cents", "20000", "--json", monkeypatch=monkeypatch)
    assert (dry.exit_code, json.loads(dry.stdout)["execution_mode"]) == (0, "SIMULATION")
    assert _balance_in_cents(server) == before
    real = command(server, "rules", "trigger", rule_id, "--cents", "20000", *LIVE, "--json", monkeypatch=monkeypatch)
    assert real.exit_code == 0
    assert json.loads(real.stdout)["execution_id"]
    assert len(server.writes()) == 2


def test_rule_that_is_disabled_exits_1(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_id = server.id_of("Written, not yet enabled")
    result = command(server, "rules", "run", rule_id, *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "RULE_DEACTIVATED" in result.stderr


def _environment(server: SandboxThread) -> dict[str, str]:
    return {**os.environ, **server.environment, "PYTHONPATH": str(ROOT), "TERM": "dumb"}


def _run_on_terminal(
    server: SandboxThread,
    arguments: list[str],
    user_input: bytes,
    *,
    interrupt: signal.Signals | None = None,
    prompt: bytes = b"? [y/N]",
) -> tuple[int, str]:
    """Run a command on a terminal, and reply to its prompt, or interrupt it first."""
    import pty
    import select

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=_environment(server)
    )
    os.close(theirs)
    seen = b""
    deadline = time.monotonic() + 15
    try:
        while prompt not in seen and time.monotonic() < deadline:
            if select.select([ours], [], [], 0.1)[0]:
                seen += os.read(ours, 4096)
        if interrupt is not None:
            process.send_signal(interrupt)
            process.wait(timeout=15)
        os.write(ours, user_input)
        process.communicate(timeout=15)
    finally:
        process.kill()
        process.communicate()
        os.close(ours)
    return process.returncode, seen.decode()


@needs_pty
@pytest.mark.parametrize(
    ("user_input", "code", "sent"), [(b"y\n", 0, 1), (b"n\n", 2, 0), (b"\n", 2, 0), (b"\x04", 2, 0)]
)
def test_prompt_on_a_terminal_sends_only_after_yes(
    user_input: bytes, code: int, sent: int, server: SandboxThread
) -> None:
    ended, seen = _run_on_terminal(server, [*_transfer(server, "v1"), "--cents", "1000"], user_input)
    assert "Transfer $10.00 from" in seen
    assert (ended, len(server.writes())) == (code, sent)


@needs_pty
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_prompt_interrupted_by_a_signal_exits_with_its_code(name: str, code: int, server: SandboxThread) -> None:
    for arguments in (_transfer(server), ["rules", "run", server.id_of("Move to savings")]):
        interrupt = getattr(signal, name)
        ended, _ = _run_on_terminal(server, [*arguments, "--cents", "1000", "--live"], b"y\n", interrupt=interrupt)
        assert (ended, server.writes()) == (code, [])


@needs_pty
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_secret_prompt_interrupted_by_a_signal_exits_with_its_code(name: str, code: int, server: SandboxThread) -> None:
    arguments = ["remote", "trigger", server.id_of("Refill the agent"), *LIVE]
    ended, _ = _run_on_terminal(
        server, arguments, b"secret\n", interrupt=getattr(signal, name), prompt=b"Secret of rule"
    )
    assert (ended, server.writes()) == (code, [])


@needs_sigint
def test_ctrl_c_during_a_write_prints_how_to_retry_it(server: SandboxThread) -> None:
    server.do(lambda sandbox: sandbox.fail_next("createTransfer", 1, faults.Stall(after_effect=True)))
    process = subprocess.Popen(
        [*PROGRAM, *_transfer(server), "--cents", "1000", *LIVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(server),
        encoding="utf-8",
    )
    deadline = time.monotonic() + 15
    while not server.writes() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=15)
    assert (process.returncode, stdout) == (130, "")
    key = KEY.findall(stderr)
    assert f"retry the same command with --idempotency-key {key[0]}" in stderr
    assert "Traceback" not in stderr
