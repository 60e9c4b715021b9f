"""The code that the documentation shows calls a transfer paid only if its status is COMPLETE."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from doc_blocks import ROOT, Block, blocks, execute, name_of
from virtual_time import virtual_time

from sequence_async import PlatformClient
from sequence_async.sandbox import Sandbox

SOURCE, DESTINATION = "018cc251-f401-7173-b4ea-c08e209dc69c", "018cc251-f402-7b1f-8d3e-5a0c41d7be92"
PAGES = [ROOT / "README.md", ROOT / "docs" / "first_steps.md"]


def move_money(page: Path) -> Block:
    """Return the block of a page that makes a transfer and waits for it."""
    [found] = [one for one in blocks(page) if "transfers.create(" in one.text and "transfers.wait(" in one.text]
    return found


async def printed_by(block: Block, source: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the lines that a block prints if the money comes from this account."""
    async with Sandbox(seed="documentation", internal_seconds=0.0) as sandbox:
        sandbox.add_account({"name": "Empty", "type": "pod"})
        placeholders = {SOURCE: str(sandbox.account(source).id), DESTINATION: str(sandbox.account("Taxes").id)}
        async with PlatformClient(sandbox.api_key, base_url=sandbox.platform_url) as client:
            space: dict[str, Any] = {"client": client}
            await execute(block, space, placeholders)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
@virtual_time
async def test_documented_transfer_without_enough_money_is_accepted_and_failed(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted, end = await printed_by(move_money(page), "Empty", capsys)
    assert accepted.startswith("accepted: ")
    assert end == "failed: INCOMPLETE"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
@virtual_time
async def test_documented_transfer_that_is_complete_is_paid(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted, end = await printed_by(move_money(page), "Main Operating", capsys)
    assert accepted.startswith("accepted: ")
    assert end == "paid"
