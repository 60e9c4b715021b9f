"""examples/remote_trigger.py triggers a rule once per event, and tries a sandbox only without arguments."""

from __future__ import annotations

import re
import signal

import pytest
from cli_support import needs_sigint
from example_programs import run, started

from sequence_async.sandbox import Sandbox, faults


def test_trigger_without_arguments_moves_the_money_of_one_event_once() -> None:
    code, out, err = run("remote_trigger")
    assert (code, err) == (0, "")
    moved = re.findall(r"(\d+) -> (\d+) cents", out)
    assert sorted(int(after) - int(before) for before, after in moved) == [-5000, 5000]
    one, two = re.findall(r"\(request (.*)\)", out)
    assert one == two


def test_trigger_same_event_twice_triggers_the_rule_once(
    sequence_env: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = sequence_env.rule("Refill the agent")
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", sequence_env.rule_secret(rule.id))
    before = len(sequence_env.executions)
    one, two, other = (run("remote_trigger", rule.id, f"invoice-{number}") for number in (117, 117, 118))
    assert one == two != other
    assert one[0] == 0
    assert f"Rule with id {rule.id} has been triggered" in one[1]
    assert len(sequence_env.executions) == before + 2


def test_trigger_rule_in_test_mode_says_that_no_money_moves(
    sequence_env: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_id, secret = list(sequence_env.rule_secrets.items())[-1]
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", secret)
    code, out, _ = run("remote_trigger", rule_id, "invoice-117-paid")
    assert code == 0
    assert "in test mode, so no money moves" in out


def test_trigger_wrong_secret_exits_1_without_showing_it(
    sequence_env: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", "wrong-secret-of-a-rule")
    code, out, err = run("remote_trigger", sequence_env.rule("Refill the agent").id, "invoice-117-paid")
    assert (code, out) == (1, "")
    assert "Traceback" not in err
    assert "wrong-secret-of-a-rule" not in err


def test_trigger_rule_without_a_secret_exits_2_and_tries_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEQUENCE_RULE_SECRET", raising=False)
    code, out, err = run("remote_trigger", "ru_12345", "invoice-117-paid")
    assert (code, out) == (2, "")
    assert "set SEQUENCE_RULE_SECRET" in err


@pytest.mark.parametrize("arguments", [("ru_12345",), ("ru_12345", "")])
def test_trigger_rule_without_an_event_exits_2(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", "s3")
    code, out, err = run("remote_trigger", *arguments)
    assert (code, out) == (2, "")
    assert "name the event" in err


@needs_sigint
def test_trigger_interrupted_exits_130_and_says_that_it_may_have_happened(
    sequence_env: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = sequence_env.rule("Refill the agent")
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", sequence_env.rule_secret(rule.id))
    sequence_env.fail_next("remote.triggerRule", 1, faults.Stall(after_effect=True))
    seen = len(sequence_env.requests)
    with started("remote_trigger", rule.id, "invoice-117-paid") as program:
        while len(sequence_env.requests) == seen:
            assert program.poll() is None
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    assert (program.returncode, out) == (130, "")
    assert err.endswith("Interrupted. The rule may have been triggered: run this again for the same event.\n")
