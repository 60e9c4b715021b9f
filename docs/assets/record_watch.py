"""Record the picture in the README: ``python docs/assets/record_watch.py`` writes ``watch.svg``.

The balances are read from a sandbox, in which money moves meanwhile, and drawn as the command line draws them.
"""

from __future__ import annotations

import asyncio
import io
from contextlib import aclosing
from pathlib import Path

from rich.console import Console
from rich.text import Text

from sequence_async import PlatformClient
from sequence_async.cli.live_table import BalanceBoard
from sequence_async.sandbox import Sandbox

COMMAND = "sequence-async balances --watch"
COLUMNS = 72
PICTURE = Path(__file__).with_name("watch.svg")
# rich's own template loads a font from another host.
TEMPLATE = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-family: ui-sans-serif, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


async def watch_board() -> BalanceBoard:
    """Read every balance twice, with a transfer in between."""
    board = BalanceBoard(f"$ {COMMAND}")
    async with (
        Sandbox(seed="readme", internal_seconds=0.0) as sandbox,
        PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, rate_limit=None) as client,
        aclosing(client.balances.watch(interval=0.05, only_changes=False)) as updates,
    ):
        for number in range(2 * len(sandbox.accounts)):
            if number == len(sandbox.accounts):
                sandbox.deposit(sandbox.account("Client Payments").id, 420_000)
                await client.transfers.create(
                    source_account_id=sandbox.account("Main Operating").id,
                    destination_account_id=sandbox.account("Taxes").id,
                    amount_in_cents=105_000,
                )
            board.take(await anext(updates))
    return board


def main() -> None:
    """Write the picture."""
    board = asyncio.run(watch_board())
    console = Console(record=True, width=COLUMNS, height=40, file=io.StringIO(), force_terminal=True)
    console.print(Text(board.title, style="bold"))
    console.print(board._table())  # noqa: SLF001 - the picture shows what the command shows
    PICTURE.write_text(console.export_svg(title=COMMAND, code_format=TEMPLATE, unique_id="watch"), encoding="utf-8")


main()
