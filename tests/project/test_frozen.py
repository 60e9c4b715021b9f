"""No module is first looked for when a request is on its way, so a frozen program works, or fails before it sends."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sequence_async.sandbox import Sandbox, faults
from sequence_async.sandbox.ids import v1_form

ROOT = Path(__file__).parents[2]
SUPPORT = ROOT / "tests" / "support"
PROGRAM = SUPPORT / "frozen_program.py"
MALFORMED = faults.Status(
    status=200, body=b'{"data": {"executionId": 7, "execution_id": 7, "message": 7}}', after_effect=True
)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(seed="frozen", platform_rate_limit=None) as running:
        running.fail_next("triggerRule", 3, MALFORMED)
        running.fail_next("createTransfer", 1, faults.Status(status=503, headers=(("Retry-After", "0"),)))
        running.fail_next("createTransfer", 1, faults.Drop(after_effect=True), skip=1)
        yield running


def environment(sandbox: Sandbox, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SEQUENCE_API_KEY": sandbox.api_key,
        "SEQUENCE_ACCESS_TOKEN": sandbox.access_token,
        "SEQUENCE_BASE_URL": sandbox.v1_url,
        "SEQUENCE_PLATFORM_BASE_URL": sandbox.platform_url,
        "SEQUENCE_REMOTE_BASE_URL": sandbox.remote_url,
        **more,
    }


def run(command: list[str | Path], env: dict[str, str]) -> Any:
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Freeze the program into a folder."""
    out = tmp_path_factory.mktemp("frozen")
    folders = [f"--{name}path={out / name}" for name in ("dist", "work", "spec")]
    # yarl can be used with pydantic, which brings much that nothing here uses.
    options = ["--onedir", "--noconfirm", "--log-level=WARN", "--exclude-module=pydantic"]
    command = [sys.executable, "-m", "PyInstaller", *options, *folders, PROGRAM]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYINSTALLER_CONFIG_DIR": str(out / "cache")}
    done = subprocess.run(command, env=env, cwd=out, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out / "dist" / PROGRAM.stem / PROGRAM.stem


@pytest.mark.parametrize("kind", ["script", "frozen"])
def test_program_of_a_kind_gets_values_retries_and_decode_errors(
    kind: str, sandbox: Sandbox, request: pytest.FixtureRequest
) -> None:
    command = [sys.executable, PROGRAM] if kind == "script" else [request.getfixturevalue("frozen")]
    source, destination = sandbox.account("Main Operating").id, sandbox.account("Taxes").id
    rule = sandbox.rule("Move to savings").id
    plan = {
        "accounts": {"platform": [source, destination], "v1": [v1_form(source), v1_form(destination)]},
        "rules": {"platform": rule, "v1": v1_form(rule), "remote": next(iter(sandbox.rule_secrets))},
        "rule_secrets": dict(sandbox.rule_secrets),
    }
    seen = run(command, environment(sandbox, PLAN=json.dumps(plan)))
    balances = len(sandbox.accounts)
    errors = {api: seen[api].pop("error") for api in plan["rules"]}
    assert "$.data.executionId should be text, not int" in errors["platform"]
    assert "$.data.execution_id should be text, not int" in errors["v1"]
    assert "$.data.message should be text, not int" in errors["remote"]
    assert seen == {
        "platform": {"balances": balances, "in_doubt": True, "moved": 1234},
        "v1": {"balances": balances, "in_doubt": True, "moved": 1234},
        "remote": {"balances": balances, "in_doubt": True},
        "retries": ["createTransfer", "createTransfer"],
        "late": [],
    }


@pytest.mark.parametrize(
    ("client", "api"), [("PlatformClient", "platform"), ("SequenceClient", "v1"), ("RemoteClient", "remote")]
)
def test_client_without_a_module_fails_before_a_request(client: str, api: str, sandbox: Sandbox) -> None:
    remote = {"rule": next(iter(sandbox.rule_secrets)), "arguments": {"rule_secrets": dict(sandbox.rule_secrets)}}
    rule = sandbox.rule("Move to savings").id
    plan = remote if api == "remote" else {"rule": v1_form(rule) if api == "v1" else rule, "arguments": {}}
    outcomes = run([sys.executable, SUPPORT / "missing_modules.py", client, json.dumps(plan)], environment(sandbox))
    assert {"cattrs.strategies", f"sequence_async._decoders.{api}"} <= set(outcomes)
    for missing, outcome in outcomes.items():
        assert outcome.startswith("constructing: ConfigurationError: The client needs the module "), (
            f"{missing}: {outcome}"
        )
        assert missing in outcome
    assert len(sandbox.requests) == 1, "the use before a module was missing, and no other"


def test_modules_of_the_package_are_imported_by_statements() -> None:
    calls = [
        (path.name, node.lineno)
        for path in (ROOT / "sequence_async").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("import_module", "__import__")
    ]
    assert not calls, "tools that freeze a program do not see these"
