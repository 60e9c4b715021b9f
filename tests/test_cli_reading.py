"""The commands that read: what they show to people and to machines, and how they tell what went wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cli_support import Beside, beside, command, needs_pty, on_terminal

from sequence_async.cli.terminal import format_dollars, printable
from sequence_async.sandbox import Sandbox, faults


@pytest.fixture(scope="module")
def place() -> Iterator[Beside]:
    with beside(seed=1, internal_seconds=0.1, execution_seconds=0.05) as running:
        yield running


@pytest.fixture(autouse=True)
def _whole(place: Beside) -> None:
    place.do(lambda sandbox: sandbox.faults.clear())


def _json(result: Any) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_accounts_are_listed_with_their_ids(api: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = command(place, "accounts", "--api", api, monkeypatch=monkeypatch)
    assert plain.exit_code == 0
    head, *lines = plain.stdout.splitlines()
    assert head.split("\t")[:2] == ["Account", "ID"]
    assert ["Emergency Fund", place.id_of("Emergency Fund", api)] in [line.split("\t")[:2] for line in lines]
    found = _json(command(place, "accounts", "--api", api, "--json", monkeypatch=monkeypatch))
    assert len(found) == len(lines)
    assert {"id", "name", "can_be_source"} <= found[0].keys()


def test_a_limit_says_that_there_is_more(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    short = command(place, "accounts", "--limit", "2", monkeypatch=monkeypatch)
    assert len(short.stdout.splitlines()) == 3
    assert "--all" in short.stderr
    whole = command(place, "accounts", "--limit", "2", "--all", monkeypatch=monkeypatch)
    assert len(whole.stdout.splitlines()) > 3
    assert whole.stderr == ""


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_account_numbers_are_masked(api: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    account_id = place.id_of("Main Operating", api)
    number = place.do(lambda sandbox: str(sandbox.account("Main Operating").number))
    assert len(number) > 8
    for more in [], ["--json"]:
        result = command(place, "accounts", account_id, "--api", api, *more, monkeypatch=monkeypatch)
        assert result.exit_code == 0
        assert number not in result.output
        assert number[-2:] in result.output


@pytest.mark.parametrize("api", ["platform", "v1", "remote"])
def test_balances_are_exact(api: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    cents = place.do(lambda sandbox: sandbox.account("Main Operating").cents)
    plain = command(place, "balances", "--api", api, monkeypatch=monkeypatch)
    assert plain.exit_code == 0, plain.output
    assert f"Main Operating\t{place.id_of('Main Operating', api)}" in plain.stdout or api == "remote"
    assert f"\t${cents // 100:,}.{cents % 100:02d}\t" in plain.stdout
    assert "DISCONNECTED_ACCOUNT" in plain.stdout or api == "remote"
    assert "accounts:" in plain.stderr
    found = _json(command(place, "balances", "--api", api, "--json", monkeypatch=monkeypatch))
    assert cents in [balance["balance_in_cents"] for balance in found["balances"]]
    assert isinstance(found["total_in_cents"], int)
    assert found["errors"] == {}


def test_one_account_that_fails_spoils_none_of_the_others(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    good = place.id_of("Taxes")
    missing = "018cc251-0000-7000-8000-000000000000"
    result = command(place, "balances", good, missing, "--json", monkeypatch=monkeypatch)
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [balance["account_id"] for balance in found["balances"]] == [good]
    assert found["errors"][missing]["error"] == "NotFoundError"
    assert missing in result.stderr


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_transfers_are_listed_and_shown(api: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    account_id = place.id_of("Main Operating", api)
    found = _json(
        command(place, "transfers", "list", account_id, "--api", api, "--limit", "3", "--json", monkeypatch=monkeypatch)
    )
    assert len(found) == 3
    assert all(isinstance(transfer["amount_in_cents"], int) and "settled" in transfer for transfer in found)
    shown = command(place, "transfers", "get", found[0]["id"], "--api", api, monkeypatch=monkeypatch)
    assert f"Amount\t{format_dollars(found[0]['amount_in_cents'])}" in shown.stdout
    status = "complete" if api == "v1" else "COMPLETE"
    table = command(place, "transfers", "list", account_id, "--api", api, "--status", status, monkeypatch=monkeypatch)
    assert {line.split("\t")[2] for line in table.stdout.splitlines()[1:]} == {status}


def test_v1_lists_the_transfers_of_one_account(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    two = [place.id_of(name, "v1") for name in ("Taxes", "Groceries")]
    result = command(place, "transfers", "list", *two, "--api", "v1", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    two = [place.id_of(name) for name in ("Taxes", "Groceries")]
    assert command(place, "transfers", "list", *two, monkeypatch=monkeypatch).exit_code == 0


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_rules_are_listed_and_told_in_words(api: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = command(place, "rules", "list", "--api", api, monkeypatch=monkeypatch)
    rule_id = place.id_of("Auto-save on deposit", api)
    assert f"Auto-save on deposit\t{rule_id}\t" in listed.stdout
    shown = command(place, "rules", "get", rule_id, "--api", api, monkeypatch=monkeypatch)
    assert "Step 1: if TRANSFER_AMOUNT GREATER_THAN_OR_EQUAL 50000" in shown.stdout
    assert "Step 2: if always" in shown.stdout
    assert "source Main Payroll, destination Emergency Fund" in shown.stdout
    found = _json(command(place, "rules", "get", rule_id, "--api", api, "--json", monkeypatch=monkeypatch))
    assert found["steps"][0]["conditions"]["condition"]["value"] == 50000


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_the_runs_of_a_rule(api: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_id = place.id_of("Move to savings", api)
    command(place, "rules", "run", rule_id, "--cents", "5000", "--live", "--yes", "--api", api, monkeypatch=monkeypatch)
    found = _json(command(place, "executions", rule_id, "--api", api, "--json", monkeypatch=monkeypatch))
    assert found[0]["rule_id"] == rule_id
    shown = command(place, "executions", rule_id, found[0]["id"], "--api", api, monkeypatch=monkeypatch)
    assert f"Execution\t{found[0]['id']}" in shown.stdout
    assert "Succeeded\tyes" in shown.stdout


def test_the_audit_log_names_keys_and_calls(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    command(place, "accounts", monkeypatch=monkeypatch)
    found = _json(
        command(place, "audit-logs", "--action", "LIST_ACCOUNTS", "--days", "90", "--json", monkeypatch=monkeypatch)
    )
    assert {entry["action"] for entry in found} == {"LIST_ACCOUNTS"}
    assert command(place, "audit-logs", monkeypatch=monkeypatch).stdout.startswith("Time\tKey\tAction")


def test_the_remote_api_lists_balances_in_dollars_and_cents(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    cents = place.do(lambda sandbox: sandbox.account("Taxes").cents)
    assert f"\t{format_dollars(cents)}\t" in command(place, "remote", "accounts", monkeypatch=monkeypatch).stdout
    found = _json(command(place, "remote", "accounts", "--json", monkeypatch=monkeypatch))
    balance = next(account["balance"] for account in found["accounts"] if account["name"] == "Taxes")
    assert balance["amount_in_cents"] == cents
    assert balance["amount_in_dollars"].replace(".", "").lstrip("0") in {str(cents), str(cents).rstrip("0")}


def _one_line(result: Any, code: int) -> str:
    assert (result.exit_code, result.stdout) == (code, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("sequence-async: ")
    assert all(line.startswith("hint: ") for line in lines[1:])
    assert "Traceback" not in result.stderr
    return str(result.stderr)


def test_without_a_credential_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in ["accounts"], ["accounts", "--api", "v1"], ["rules", "list"], ["audit-logs"]:
        assert "SEQUENCE_API_KEY" in _one_line(command(None, *arguments, monkeypatch=monkeypatch), 2)
    assert "SEQUENCE_ACCESS_TOKEN" in _one_line(command(None, "remote", "accounts", monkeypatch=monkeypatch), 2)


def test_a_refused_credential_is_1_and_never_shown(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "sk_wrong0123456789"
    told = _one_line(command(place, "accounts", monkeypatch=monkeypatch, SEQUENCE_API_KEY=secret), 1)
    assert "401" in told
    assert "doctor" in told
    assert secret not in told


def test_an_unknown_id_is_1(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "404" in _one_line(command(place, "transfers", "get", "nope", monkeypatch=monkeypatch), 1)


def test_an_illegal_id_is_2_and_nothing_is_sent(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.do(lambda sandbox: len(sandbox.requests))
    _one_line(command(place, "transfers", "get", "", monkeypatch=monkeypatch), 2)
    assert place.do(lambda sandbox: len(sandbox.requests)) == before


def test_nobody_there_is_4(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = "http://127.0.0.1:1/platform/v1"
    monkeypatch.setattr("sequence_async._core.retry.BASE_SECONDS", 0.001)  # so that the test need not wait
    told = _one_line(command(place, "accounts", monkeypatch=monkeypatch, SEQUENCE_PLATFORM_BASE_URL=gone), 4)
    assert "127.0.0.1:1" in told


def test_an_answer_that_makes_no_sense_is_1(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    place.do(lambda sandbox: sandbox.fail_next("platform.listAccounts", 1, faults.Garbage()))
    _one_line(command(place, "accounts", monkeypatch=monkeypatch), 1)


def _rename(sandbox: Sandbox) -> None:
    sandbox.account("Taxes").name = "Taxes\x1b[31m\r\n\tand more"


def test_what_the_api_says_does_nothing_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    with beside(seed=2) as place:
        place.do(_rename)
        result = command(place, "accounts", monkeypatch=monkeypatch)
    assert "\x1b" not in result.stdout
    line = next(line for line in result.stdout.splitlines() if "Taxes" in line)
    assert line.split("\t")[0] == "Taxes�[31m���and more"


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "$0.00"), (5, "$0.05"), (123456789, "$1,234,567.89"), (-5, "-$0.05"), (-100000, "-$1,000.00"), (None, "-")],
)
def test_dollars_are_written_exactly(cents: int | None, text: str) -> None:
    assert format_dollars(cents) == text


def test_nothing_stands_for_no_value() -> None:
    assert [printable(value) for value in (None, "", 0, "x")] == ["-", "-", "0", "x"]


@needs_pty
@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_a_terminal_gets_a_table_in_which_no_id_is_cut(width: int, place: Beside) -> None:
    code, shown = on_terminal(place.environment, "accounts", columns=width)
    assert code == 0
    assert "─" in shown
    assert place.id_of("Emergency Fund") in shown
    assert "Emergency" in shown
    assert ("Description" in shown) is (width >= 120)


@needs_pty
def test_a_terminal_is_told_that_there_is_nothing(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    unused = place.id_of("Written, not yet enabled")
    assert "No executions." in on_terminal(place.environment, "executions", unused)[1]
    assert command(place, "executions", unused, monkeypatch=monkeypatch).stdout.splitlines() == [
        "Started\tID\tStatus\tMode"
    ]
