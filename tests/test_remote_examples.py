"""The examples of the Remote API, by themselves and with credentials from the environment."""

from __future__ import annotations

import asyncio
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import aiohttp
import pytest

from sequence_async import RemoteClient
from sequence_async.sandbox import Sandbox

EXAMPLES = Path(__file__).parent.parent / "examples"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("SEQUENCE_RULE_SECRET", "AMOUNT_SECRET"):
        monkeypatch.delenv(variable, raising=False)


async def test_telling_a_sandbox_of_one_event_twice_moves_the_money_once(capsys: pytest.CaptureFixture[str]) -> None:
    await load("remote_trigger").main([])
    printed = capsys.readouterr().out
    moved = re.findall(r"(\d+) -> (\d+) cents", printed)
    assert sorted(int(after) - int(before) for before, after in moved) == [-5000, 5000]
    one, two = re.findall(r"\(request (.*)\)", printed)
    assert one == two


async def test_an_event_is_told_with_the_secret_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Sandbox(seed=1, frozen=True) as sandbox:
        rule_id, secret = list(sandbox.rule_secrets.items())[-1]
        monkeypatch.setenv("SEQUENCE_RULE_SECRET", secret)
        monkeypatch.setenv("SEQUENCE_REMOTE_BASE_URL", sandbox.remote_url)
        await load("remote_trigger").main([rule_id, "invoice-117-paid"])
    printed = capsys.readouterr().out
    assert f"Rule with id {rule_id} has been triggered" in printed
    assert "test mode" in printed


async def test_the_amount_server_sweeps_what_is_above_the_floor(capsys: pytest.CaptureFixture[str]) -> None:
    await load("amount_server").main([])
    printed = capsys.readouterr().out
    assert int(re.findall(r"was told (\d+) cents", printed)[0]) > 0
    assert "Main Operating holds 500000 cents." in printed


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("account={id}&floor=0&secret=s3", 200),
        ("account={id}&floor=0&secret=wrong", 401),
        ("account={id}&secret=s3", 500),
        ("account={id}&floor=much&secret=s3", 500),
        ("account=nowhere&floor=0&secret=s3", 500),
    ],
)
async def test_the_amount_server_answers_nothing_doubtful(query: str, status: int) -> None:
    example = load("amount_server")
    async with Sandbox(seed=1, frozen=True) as sandbox:
        async with RemoteClient(sandbox.access_token, base_url=sandbox.remote_url) as client:
            runner = await example.serve(client, "s3", 0)
            host, port = runner.addresses[0]
            account = sandbox.account("Groceries")
            url = f"http://{host}:{port}/above?{query.format(id=account.remote_id)}"
            async with aiohttp.ClientSession() as session, session.post(url) as response:
                assert response.status == status
                answer = await response.json()
            await runner.cleanup()
    assert answer.get("amountInCents") == (account.cents if status == 200 else None)


async def test_the_amount_server_runs_until_it_is_stopped(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setenv("AMOUNT_SECRET", "s3")
    async with Sandbox(seed=1, frozen=True) as sandbox:
        monkeypatch.setenv("SEQUENCE_ACCESS_TOKEN", sandbox.access_token)
        monkeypatch.setenv("SEQUENCE_REMOTE_BASE_URL", sandbox.remote_url)
        task = asyncio.create_task(load("amount_server").main([str(unused_tcp_port)]))
        url = f"http://127.0.0.1:{unused_tcp_port}/above?account={sandbox.account('Taxes').remote_id}&floor=0"
        async with aiohttp.ClientSession(headers={"Authorization": "Bearer s3"}) as session, asyncio.timeout(5):
            while True:
                try:
                    async with session.post(url) as response:
                        assert response.status == 200
                        break
                except aiohttp.ClientConnectorError:
                    await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
