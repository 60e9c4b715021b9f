"""The fixtures that the package registers, in pytest runs of their own: every mode, every kind of test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURES = """
import asyncio
import os

import pytest

from sequence_async import PlatformClient, RemoteClient, SequenceClient


async def read(sandbox, client, v1, remote):
    taxes = sandbox.account("Taxes")
    assert (await client.accounts.get(taxes.id)).name == "Taxes"
    assert (await v1.accounts.get(taxes.v1_id)).name == "Taxes"
    assert (await remote.balances.snapshot([taxes.remote_id])).balances[taxes.remote_id].name == "Taxes"
    rule = sandbox.rule("Refill the agent")
    assert (await remote.rules.trigger(rule.remote_id)).request_id
    assert (await v1.cards.list(sandbox.account("Groceries").v1_id)).items  # gated operations are unlocked
    return taxes.id


def check(client, v1, remote):
    assert (type(client), type(v1), type(remote)) == (PlatformClient, SequenceClient, RemoteClient)
"""
CLIENTS = "sequence_sandbox, sequence_client, sequence_v1_client, sequence_remote_client"
ASYNCHRONOUS = f"""
{{marker}}
async def test_all_clients({CLIENTS}):
    check(sequence_client, sequence_v1_client, sequence_remote_client)
    await read({CLIENTS})


{{marker}}
async def test_a_lost_response_is_in_doubt(sequence_sandbox, sequence_client):
    from sequence_async import SequenceError
    from sequence_async.sandbox import faults

    sequence_sandbox.fail_next("createTransfer", n=9, fault=faults.Drop(after_effect=True))
    with pytest.raises(SequenceError) as caught:
        await sequence_client.with_options(max_attempts=1).transfers.create(
            source_account_id=sequence_sandbox.account("Main Operating").id,
            destination_account_id=sequence_sandbox.account("Taxes").id,
            amount_in_cents=100,
        )
    assert caught.value.in_doubt


{{marker}}
async def test_the_sandbox_can_be_restarted(sequence_sandbox, sequence_client):
    await sequence_sandbox.stop()
    await sequence_sandbox.start()
    assert await sequence_client.rules.list()
"""
SYNCHRONOUS = f"""
def test_a_call_in_a_loop_of_its_own({CLIENTS}):
    asyncio.run(read({CLIENTS}))


def test_calls_in_a_loop_that_stays_open(sequence_sandbox, sequence_client):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(sequence_client.rules.list())
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


def test_no_call_at_all(sequence_sandbox, sequence_client):
    assert sequence_sandbox.account("Taxes").cents > 0


def test_the_environment_of_an_app(sequence_env):
    async def app():
        async with PlatformClient() as client, SequenceClient() as v1, RemoteClient() as remote:
            return (
                len(await client.accounts.list().collect()),
                len(await v1.accounts.list().collect()),
                len((await remote.accounts.list()).accounts),
            )

    assert set(asyncio.run(app())) == {{len(sequence_env.accounts)}}


def test_the_environment_of_a_synchronous_web_test(sequence_env):
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    app = FastAPI()

    @app.get("/name")
    async def name() -> str:
        async with PlatformClient() as client:
            return (await client.accounts.get(sequence_env.account("Taxes").id)).name

    assert TestClient(app).get("/name").json() == "Taxes"


def test_the_client_in_a_web_app(sequence_sandbox, sequence_client):
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    app = FastAPI()

    @app.get("/name")
    async def name() -> str:
        return (await sequence_client.accounts.get(sequence_sandbox.account("Taxes").id)).name

    with TestClient(app) as asker:
        assert [asker.get("/name").json() for _ in range(3)] == ["Taxes"] * 3


@pytest.mark.sequence_sandbox(seed=9, accounts=3)
def test_the_marker(sequence_sandbox):
    assert (sequence_sandbox.seed, len(sequence_sandbox.accounts)) == (9, 3)


def test_the_environment_is_back(monkeypatch):
    assert "SEQUENCE_PLATFORM_BASE_URL" not in os.environ
"""
ANYIO = "@pytest.mark.anyio"
BACKEND = """

@pytest.fixture
def anyio_backend():
    return "asyncio"
"""
MODES = {
    "pytest-asyncio strict": (["pytest_asyncio.plugin"], "asyncio_mode = strict", "@pytest.mark.asyncio", ""),
    "pytest-asyncio auto": (["pytest_asyncio.plugin"], "asyncio_mode = auto", "", ""),
    "anyio": (["anyio.pytest_plugin"], "", ANYIO, BACKEND),
    "anyio beside pytest-asyncio": (
        ["pytest_asyncio.plugin", "anyio.pytest_plugin"],
        "asyncio_mode = strict",
        ANYIO,
        BACKEND,
    ),
    "neither": ([], "", None, ""),
}


def run(folder: Path, plugins: list[str], settings: str, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(text, encoding="utf-8")
    # Starlette would rather have another HTTP client beneath its TestClient.
    warnings = "filterwarnings =\n    error\n    ignore:Using .httpx. with"
    if "pytest_asyncio.plugin" in plugins:
        settings += "\nasyncio_default_fixture_loop_scope = function"
    (folder / "pytest.ini").write_text(f"[pytest]\n{warnings}\n{settings}\n", encoding="utf-8")
    chosen = [f"-p{name}" for name in ("no:cacheprovider", *plugins, "sequence_async.pytest_plugin")]
    return subprocess.run(
        [sys.executable, "-X", "dev", "-m", "pytest", "-q", *chosen],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("mode", MODES)
def test_fixtures_in_every_mode_work(mode: str, tmp_path: Path) -> None:
    plugins, settings, marker, more = MODES[mode]
    text = FIXTURES + more + SYNCHRONOUS
    if marker is not None:
        text += ASYNCHRONOUS.replace("{marker}", marker).replace("{{", "{").replace("}}", "}")
    done = run(tmp_path, plugins, settings, text)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{text.count('def test_')} passed" in done.stdout


def test_a_failure_inside_the_sandbox_fails_the_test(tmp_path: Path) -> None:
    text = "def test_it(sequence_sandbox):\n    sequence_sandbox.errors.append(ValueError('inside'))\n"
    done = run(tmp_path, [], "", text)
    assert done.returncode == 1
    assert "ValueError: inside" in done.stdout
