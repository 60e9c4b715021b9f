"""Commands that read: their text and JSON output, and their errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cli_support import SandboxThread, command, needs_pty, on_terminal, sandbox_thread

from sequence_async.cli.terminal import format_dollars, printable
from sequence_async.sandbox import Sandbox, faults


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=1, internal_seconds=0.1, execution_seconds=0.05) as running:
        yield running


@pytest.fixture(autouse=True)
def _whole(server: SandboxThread) -> None:
    server.do(lambda sandbox: sandbox.faults.clear())


def _json(result: Any) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_accounts_prints_names_and_ids(api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = command(server, "accounts", "--api", api, monkeypatch=monkeypatch)
    assert plain.exit_code == 0
    head, *lines = plain.stdout.splitlines()
    assert head.split("\t")[:2] == ["Account", "ID"]
    assert ["Emergency Fund", server.id_of("Emergency Fund", api)] in [line.split("\t")[:2] for line in lines]
    found = _json(command(server, "accounts", "--api", api, "--json", monkeypatch=monkeypatch))
    assert len(found) == len(lines)
    assert {"id", "name", "can_be_source"} <= found[0].keys()


def test_accounts_with_a_limit_prints_that_there_are_more(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = command(server, "accounts", "--limit", "2", monkeypatch=monkeypatch)
    assert len(short.stdout.splitlines()) == 3
    assert "--all" in short.stderr
    whole = command(server, "accounts", "--limit", "2", "--all", monkeypatch=monkeypatch)
    assert len(whole.stdout.splitlines()) > 3
    assert whole.stderr == ""


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_account_numbers_are_always_masked(api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    account_id = server.id_of("Main Operating", api)
    number = server.do(lambda sandbox: str(sandbox.account("Main Operating").number))
    assert len(number) > 8
    for more in [], ["--json"]:
        result = command(server, "accounts", account_id, "--api", api, *more, monkeypatch=monkeypatch)
        assert result.exit_code == 0
        assert number not in result.output
        assert number[-2:] in result.output


@pytest.mark.parametrize("api", ["platform", "v1", "remote"])
def test_balances_are_exact(api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    cents = server.do(lambda sandbox: sandbox.account("Main Operating").cents)
    plain = command(server, "balances", "--api", api, monkeypatch=monkeypatch)
    assert plain.exit_code == 0, plain.output
    assert f"Main Operating\t{server.id_of('Main Operating', api)}" in plain.stdout or api == "remote"
    assert f"\t${cents // 100:,}.{cents % 100:02d}\t" in plain.stdout
    assert "DISCONNECTED_ACCOUNT" in plain.stdout or api == "remote"
    assert "accounts:" in plain.stderr
    found = _json(command(server, "balances", "--api", api, "--json", monkeypatch=monkeypatch))
    assert cents in [balance["balance_in_cents"] for balance in found["balances"]]
    assert isinstance(found["total_in_cents"], int)
    assert found["errors"] == {}


def test_balances_failed_account_does_not_affect_the_others(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = server.id_of("Taxes")
    missing = "018cc251-0000-7000-8000-000000000000"
    result = command(server, "balances", good, missing, "--json", monkeypatch=monkeypatch)
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [balance["account_id"] for balance in found["balances"]] == [good]
    assert found["errors"][missing]["error"] == "NotFoundError"
    assert missing in result.stderr


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_transfers_are_listed_and_shown(api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    account_id = server.id_of("Main Operating", api)
    found = _json(
        command(
            server, "transfers", "list", account_id, "--api", api, "--limit", "3", "--json", monkeypatch=monkeypatch
        )
    )
    assert len(found) == 3
    assert all(isinstance(transfer["amount_in_cents"], int) and "settled" in transfer for transfer in found)
    shown = command(server, "transfers", "get", found[0]["id"], "--api", api, monkeypatch=monkeypatch)
    assert f"Amount\t{format_dollars(found[0]['amount_in_cents'])}" in shown.stdout
    status = "complete" if api == "v1" else "COMPLETE"
    table = command(server, "transfers", "list", account_id, "--api", api, "--status", status, monkeypatch=monkeypatch)
    assert {line.split("\t")[2] for line in table.stdout.splitlines()[1:]} == {status}


def test_transfers_list_v1_with_two_accounts_exits_2(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    two = [server.id_of(name, "v1") for name in ("Taxes", "Groceries")]
    result = command(server, "transfers", "list", *two, "--api", "v1", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    two = [server.id_of(name) for name in ("Taxes", "Groceries")]
    assert command(server, "transfers", "list", *two, monkeypatch=monkeypatch).exit_code == 0


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_rules_list_and_get_describe_the_rule(api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = command(server, "rules", "list", "--api", api, monkeypatch=monkeypatch)
    rule_id = server.id_of("Auto-save on deposit", api)
    assert f"Auto-save on deposit\t{rule_id}\t" in listed.stdout
    shown = command(server, "rules", "get", rule_id, "--api", api, monkeypatch=monkeypatch)
    assert "Step 1: if TRANSFER_AMOUNT GREATER_THAN_OR_EQUAL 50000" in shown.stdout
    assert "Step 2: if always" in shown.stdout
    assert "source Main Payroll, destination Emergency Fund" in shown.stdout
    found = _json(command(server, "rules", "get", rule_id, "--api", api, "--json", monkeypatch=monkeypatch))
    assert found["steps"][0]["conditions"]["condition"]["value"] == 50000


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_executions_lists_and_prints_executions(
    api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_id = server.id_of("Move to savings", api)
    command(
        server, "rules", "run", rule_id, "--cents", "5000", "--live", "--yes", "--api", api, monkeypatch=monkeypatch
    )
    found = _json(command(server, "executions", rule_id, "--api", api, "--json", monkeypatch=monkeypatch))
    assert found[0]["rule_id"] == rule_id
    shown = command(server, "executions", rule_id, found[0]["id"], "--api", api, monkeypatch=monkeypatch)
    assert f"Execution\t{found[0]['id']}" in shown.stdout
    assert "Succeeded\tyes" in shown.stdout


def test_audit_logs_lists_keys_and_actions(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    command(server, "accounts", monkeypatch=monkeypatch)
    found = _json(
        command(server, "audit-logs", "--action", "LIST_ACCOUNTS", "--days", "90", "--json", monkeypatch=monkeypatch)
    )
    assert {entry["action"] for entry in found} == {"LIST_ACCOUNTS"}
    assert command(server, "audit-logs", monkeypatch=monkeypatch).stdout.startswith("Time\tKey\tAction")


def test_remote_accounts_prints_exact_balances(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    cents = server.do(lambda sandbox: sandbox.account("Taxes").cents)
    assert f"\t{format_dollars(cents)}\t" in command(server, "remote", "accounts", monkeypatch=monkeypatch).stdout
    found = _json(command(server, "remote", "accounts", "--json", monkeypatch=monkeypatch))
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


def test_command_without_a_credential_prints_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in ["accounts"], ["accounts", "--api", "v1"], ["rules", "list"], ["audit-logs"]:
        assert "SEQUENCE_API_KEY" in _one_line(command(None, *arguments, monkeypatch=monkeypatch), 2)
    assert "SEQUENCE_ACCESS_TOKEN" in _one_line(command(None, "remote", "accounts", monkeypatch=monkeypatch), 2)


def test_invalid_credential_exits_1_and_is_never_printed(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "sk_wrong0123456789"
    stderr = _one_line(command(server, "accounts", monkeypatch=monkeypatch, SEQUENCE_API_KEY=secret), 1)
    assert "401" in stderr
    assert "doctor" in stderr
    assert secret not in stderr


def test_unknown_id_exits_1(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "404" in _one_line(command(server, "transfers", "get", "nope", monkeypatch=monkeypatch), 1)


def test_invalid_id_exits_2_and_sends_nothing(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    before = server.do(lambda sandbox: len(sandbox.requests))
    _one_line(command(server, "transfers", "get", "", monkeypatch=monkeypatch), 2)
    assert server.do(lambda sandbox: len(sandbox.requests)) == before


def test_accounts_connection_refused_exits_4(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = "http://127.0.0.1:1/platform/v1"
    monkeypatch.setattr("sequence_async._core.retry.BASE_SECONDS", 0.001)  # so that the test does not wait
    stderr = _one_line(command(server, "accounts", monkeypatch=monkeypatch, SEQUENCE_PLATFORM_BASE_URL=gone), 4)
    assert "127.0.0.1:1" in stderr


def test_malformed_response_exits_1(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    server.do(lambda sandbox: sandbox.fail_next("platform.listAccounts", 1, faults.Garbage()))
    _one_line(command(server, "accounts", monkeypatch=monkeypatch), 1)


def _rename(sandbox: Sandbox) -> None:
    sandbox.account("Taxes").name = "Taxes\x1b[31m\r\n\tand more"


def test_control_characters_in_a_response_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    with sandbox_thread(seed=2) as server:
        server.do(_rename)
        result = command(server, "accounts", monkeypatch=monkeypatch)
    assert "\x1b" not in result.stdout
    line = next(line for line in result.stdout.splitlines() if "Taxes" in line)
    assert line.split("\t")[0] == "Taxes�[31m���and more"


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "$0.00"), (5, "$0.05"), (123456789, "$1,234,567.89"), (-5, "-$0.05"), (-100000, "-$1,000.00"), (None, "-")],
)
def test_format_dollars_is_exact(cents: int | None, text: str) -> None:
    assert format_dollars(cents) == text


def test_printable_missing_value_is_a_dash() -> None:
    assert [printable(value) for value in (None, "", 0, "x")] == ["-", "-", "0", "x"]


@needs_pty
@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_table_on_a_terminal_never_truncates_an_id(width: int, server: SandboxThread) -> None:
    code, shown = on_terminal(server.environment, "accounts", columns=width)
    assert code == 0
    assert "─" in shown
    assert server.id_of("Emergency Fund") in shown
    assert "Emergency" in shown
    assert ("Description" in shown) is (width >= 120)


@needs_pty
def test_empty_list_on_a_terminal_prints_that_it_is_empty(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    unused = server.id_of("Written, not yet enabled")
    assert "No executions." in on_terminal(server.environment, "executions", unused)[1]
    assert command(server, "executions", unused, monkeypatch=monkeypatch).stdout.splitlines() == [
        "Started\tID\tStatus\tMode"
    ]
