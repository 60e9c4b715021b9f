"""The commands that run for a while, and how they end: demo, balances --watch and sandbox."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from cli_support import SandboxThread, command, needs_pty, needs_sigint, on_terminal, sandbox_thread

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from sequence_async.cli import main; main()"]


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=4, accounts=5) as running:
        yield running


@contextmanager
def _started(*arguments: str, **variables: str) -> Generator[subprocess.Popen[str], None, None]:
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", **variables},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_demo_without_a_credential_prints_changes_and_next_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.monotonic()
    result = command(None, "demo", "--seconds", "5", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert time.monotonic() - began < 9
    assert "No real money moves." in result.stdout
    assert re.search(r"rules\.run: '.+' ended as executed, with [1-9] transfer", result.stdout)
    assert "createTransfer failed: no response" in result.stdout
    assert "with the same key" in result.stdout
    assert "transfers.create: $50.00 from" in result.stdout
    assert re.search(r"\t[+-]\$[0-9.,]+$", result.stdout, re.MULTILINE)
    summary = re.search(
        r"Read (\d+) balances of (\d+) accounts in (\d+) calls: (\d+) requests, including (\d+) retries\. (\d+) calls failed",
        result.stdout,
    )
    assert summary is not None
    readings, accounts, calls, requests, retries, failed = (int(number) for number in summary.groups())
    assert readings > accounts > 10
    assert requests == calls + retries
    assert retries >= 1
    assert failed == 0
    assert "sequence-async sandbox" in result.stdout
    assert "\x1b" not in result.output


@pytest.mark.parametrize("api", ["platform", "v1", "remote"])
def test_demo_with_a_credential_writes_nothing(
    api: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = server.do(lambda sandbox: len(sandbox.requests))
    result = command(server, "demo", "--api", api, "--seconds", "0.5", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert "The demo writes nothing." in result.stdout
    assert "of 5 accounts" in result.stdout
    assert server.do(lambda sandbox: len(sandbox.requests)) > before
    assert server.writes() == []


@needs_pty
def test_demo_on_a_terminal_draws_a_live_table(server: SandboxThread) -> None:
    code, shown = on_terminal(server.environment, "demo", "--api", "v1", "--seconds", "0.5")
    assert code == 0, shown
    assert "\x1b[" in shown
    table = shown.rpartition("Your balances")[2]
    assert re.search(r"Taxes +\$[0-9,]+\.[0-9]{2}", table)


def test_demo_with_sandbox_option_ignores_the_credential(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = server.do(lambda sandbox: len(sandbox.requests))
    result = command(server, "demo", "--sandbox", "--seconds", "0.5", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert server.do(lambda sandbox: len(sandbox.requests)) == before


def test_demo_with_an_invalid_key_exits_1(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(server, "demo", "--seconds", "0.5", monkeypatch=monkeypatch, SEQUENCE_API_KEY="sk_wrong")
    assert result.exit_code == 1
    assert "401" in result.stderr
    assert "sk_wrong" not in result.output


@needs_sigint
def test_watch_json_prints_one_document_per_line_until_ctrl_c(server: SandboxThread) -> None:
    arguments = ["balances", "--watch", "--interval", "0.05", "--json", "--api", "v1"]
    with _started(*arguments, **server.environment) as process:
        assert process.stdout is not None
        first = [json.loads(process.stdout.readline()) for _ in range(5)]
        assert {update["account_id"] for update in first} == server.do(
            lambda sandbox: {one.v1_id for one in sandbox.accounts.values()}
        )
        assert all(update["changed"] and update["previous_in_cents"] is None for update in first)
        account = server.id_of("Taxes", "v1")
        server.do(lambda sandbox: sandbox.deposit(account, 777))
        news = json.loads(process.stdout.readline())
        assert (news["account_id"], news["balance_in_cents"] - news["previous_in_cents"]) == (account, 777)
        process.send_signal(signal.SIGINT)
        rest, stderr = process.communicate(timeout=10)
    assert (process.returncode, rest, stderr) == (0, "", "")


@needs_sigint
def test_watch_in_a_pipe_prints_tab_separated_lines(server: SandboxThread) -> None:
    with _started("balances", "--watch", "--interval", "0.05", "--api", "remote", **server.environment) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(6)]
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert lines[0].startswith("Balances, polled every 0.05 s")
    assert all(len(line.split("\t")) == 5 for line in lines[1:])


@needs_sigint
def test_sandbox_runs_until_ctrl_c() -> None:
    with _started("sandbox", "--json", "--seed", "9", "--accounts", "3") as process:
        assert process.stdout is not None
        details = json.loads(process.stdout.readline())
        request = Request(f"{details['v1_url']}/accounts", headers={"Authorization": f"ApiKey {details['api_key']}"})
        with urlopen(request, timeout=5) as response:
            assert len(json.loads(response.read())["data"]) == 3
        process.send_signal(signal.SIGINT)
        rest, stderr = process.communicate(timeout=10)
    assert (process.returncode, rest, stderr) == (0, "", "")


@needs_sigint
@pytest.mark.parametrize(
    ("text", "seed"),
    [("10", 10), ("1_0", "1_0"), ("٣", "٣"), ("9" * 5_000, "9" * 5_000)],
    ids=["digits", "underscore", "other digits", "long"],
)
def test_sandbox_seed_in_digits_is_a_number(text: str, seed: int | str) -> None:
    with _started("sandbox", "--json", "--seed", text, "--accounts", "1") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    assert line
    assert json.loads(line)["seed"] == seed


@needs_sigint
def test_sandbox_prints_the_variables_to_set() -> None:
    with _started("sandbox", "--seed", "9") as process:
        assert process.stdout is not None
        text = ""
        while "Press Ctrl-C to stop" not in text:
            line = process.stdout.readline()
            assert line, text
            text += line
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert "curl http://127.0.0.1:" in text
    assert "export SEQUENCE_API_KEY=sk_" in text


def test_sandbox_port_in_use_exits_2(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(None, "sandbox", "--port", str(server.sandbox.port), monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert "--port 0" in result.stderr


def test_sandbox_invalid_scenario_prints_the_line_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("accounts:\n  - name: Pocket\n    type: purse\n", "utf-8")
    result = command(None, "sandbox", "--scenario", str(file), monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "line 3" in result.stderr
    missing = command(None, "sandbox", "--scenario", str(tmp_path / "none.yaml"), monkeypatch=monkeypatch)
    assert missing.exit_code == 2


def test_main_without_the_extra_prints_what_to_install(tmp_path: Path) -> None:
    for missing in "typer", "rich":
        code = (
            "import sys\n"
            "class Missing:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            f"        if name.partition('.')[0] == {missing!r}:\n"
            "            raise ModuleNotFoundError(name, name=name)\n"
            "sys.meta_path.insert(0, Missing())\n"
            "from sequence_async.cli import main\n"
            "main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=False, timeout=20
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines() == [
            "sequence-async: The command line needs the extra cli.",
            "hint: Run pip install 'sequence-async[cli]'.",
        ]


def test_main_without_attrs_does_not_suggest_the_extra() -> None:
    code = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'attrs':\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from sequence_async.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=False, timeout=20
    )
    assert done.returncode == 1
    assert "pip install" not in done.stderr


def test_shell_completion_completes_commands() -> None:
    variables = {"_SEQUENCE_ASYNC_COMPLETE": "complete_bash", "COMP_WORDS": "sequence-async bal", "COMP_CWORD": "1"}
    with _started(**variables) as process:
        stdout, _ = process.communicate(timeout=20)
    assert stdout.split() == ["balances"]


def test_version_option_prints_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(None, "--version", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (0, "sequence-async 0.1.0\n")


def test_help_of_every_command_exits_0(monkeypatch: pytest.MonkeyPatch) -> None:
    top = command(None, "--help", monkeypatch=monkeypatch)
    assert "in doubt" in " ".join(top.stdout.split())
    names = ["demo", "sandbox", "doctor", "balances", "accounts", "executions", "audit-logs"]
    groups = {
        "transfers": ["list", "get", "create", "wait"],
        "rules": ["list", "get", "trigger", "run"],
        "remote": ["accounts", "trigger"],
        "models": ["export", "diff"],
    }
    for arguments in [
        *([name] for name in names),
        *([group, name] for group, inner in groups.items() for name in inner),
    ]:
        result = command(None, *arguments, "--help", monkeypatch=monkeypatch)
        assert result.exit_code == 0
        assert "Usage:" in result.stdout
