"""Every column of every table has a value. A column of a field that the model lacks would be "-" in every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from cli_support import SandboxThread, command, sandbox_thread

from sequence_async.sandbox import faults


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=1, internal_seconds=0.0, execution_seconds=0.0) as made:
        yield made


def rows_of(text: str) -> tuple[list[str], list[list[str]]]:
    header, *lines = (line.split("\t") for line in text.splitlines())
    return header, lines


def tables(server: SandboxThread, api: str) -> list[list[str]]:
    account, rule = server.id_of("Main Operating", api), server.id_of("Move to savings", api)
    found = [["accounts"], ["balances"], ["transfers", "list", account], ["rules", "list"], ["executions", rule]]
    return [[*one, "--api", api] for one in found] + (
        [["audit-logs"]] if api == "platform" else [["remote", "accounts"]]
    )


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_every_column_has_a_value_in_some_row(api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    simulated = ["--api", api, "--live", "--yes"]
    command(server, "rules", "run", server.id_of("Move to savings", api), *simulated, monkeypatch=monkeypatch)
    for arguments in tables(server, api):
        result = command(server, *arguments, monkeypatch=monkeypatch)
        assert result.exit_code in {0, 1}, result.output
        header, rows = rows_of(result.stdout)
        assert rows, arguments
        for index, column in enumerate(header):
            assert {row[index] for row in rows} != {"-"}, f"{' '.join(arguments)}: {column}"


@pytest.mark.parametrize(("api", "mode"), [("platform", ["Mode\tLIVE"]), ("v1", [])])
def test_execution_has_a_mode_only_where_the_api_has_dry_runs(
    api: str, mode: list[str], server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = server.id_of("Move to savings", api)
    command(server, "rules", "run", rule, "--live", "--yes", "--api", api, monkeypatch=monkeypatch)
    _, rows = rows_of(command(server, "executions", rule, "--api", api, monkeypatch=monkeypatch).stdout)
    shown = command(server, "executions", rule, rows[0][1], "--api", api, monkeypatch=monkeypatch).stdout
    assert [line for line in shown.splitlines() if line.startswith("Mode")] == mode


@pytest.mark.parametrize("api", ["platform", "v1"])
def test_rules_list_prints_the_trigger_of_each_rule(
    api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, rows = rows_of(command(server, "rules", "list", "--api", api, monkeypatch=monkeypatch).stdout)
    shown = {row[header.index("Rule")]: row[header.index("Trigger")] for row in rows}
    assert shown == server.do(lambda sandbox: {one.name: one.trigger.type for one in sandbox.rules.values()})


def test_rules_list_with_an_unreadable_trigger_prints_the_other_rules(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.do(lambda sandbox: sandbox.fail_next("platform.getRule", fault=faults.Status(status=404)))
    result = command(server, "rules", "list", monkeypatch=monkeypatch)
    header, rows = rows_of(result.stdout)
    assert result.exit_code == 0
    assert [row[header.index("Trigger")] for row in rows].count("-") == 1
    assert f"1 of {len(rows)} triggers could not be read. First error: " in result.stderr


@pytest.mark.parametrize("limit", [1, 3])
def test_rules_list_with_a_limit_reads_only_the_listed_triggers(
    limit: int, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.do(lambda sandbox: sandbox.requests.clear())
    command(server, "rules", "list", "--limit", str(limit), monkeypatch=monkeypatch)
    operations: Sequence[str] = server.do(lambda sandbox: [str(one.operation) for one in sandbox.requests])
    assert operations.count("getRule") == limit
    command(server, "rules", "list", "--json", monkeypatch=monkeypatch)
    assert server.do(lambda sandbox: [one.operation for one in sandbox.requests]).count("getRule") == limit
