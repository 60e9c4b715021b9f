"""The balances of many accounts on a screen: a live table on a terminal, a line for each piece of news elsewhere."""

from __future__ import annotations

import sys
from collections import deque
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from sequence_async.balances import BalanceUpdate
from sequence_async.cli.terminal import (
    NOTHING,
    format_dollars,
    format_time,
    make_table,
    money_column,
    print_line,
    printable,
    stdout,
    text_column,
    understands_escapes,
)
from sequence_async.errors import SequenceError

_COLUMNS = (text_column("Account"), money_column("Balance"), money_column("Available"), money_column("Change"))
_LINES_AROUND_THE_TABLE = 6
_REMARKS_SHOWN = 5


class BalanceBoard:
    """Takes updates, and shows them: ``with BalanceBoard() as board``."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.readings = 0
        self._latest: dict[str, BalanceUpdate] = {}
        self._changes: dict[str, int] = {}
        self._remarks: deque[Text] = deque(maxlen=_REMARKS_SHOWN)
        self._console: Console = stdout()
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if understands_escapes(sys.stdout):
            self._live = Live(console=self._console, get_renderable=self._render, refresh_per_second=8)
            self._live.start()
        else:
            print_line(self.title)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    @property
    def accounts(self) -> int:
        """How many accounts were seen."""
        return len(self._latest)

    def take(self, update: BalanceUpdate) -> None:
        """Take an update in, and show it."""
        self.readings += 1
        self._latest[update.account_id] = update
        change = _change(update)
        if change:
            self._changes[update.account_id] = change
        if self._live is None and update.changed:
            print_line(_line(update, change))

    def remark(self, text: str, *, style: str = "cyan") -> None:
        """Show a line that is about no account."""
        self._remarks.append(Text(printable(text), style=style))
        if self._live is None:
            print_line(text)

    def _render(self) -> Group:
        return Group(Text(self.title, style="bold"), self._table(), *self._remarks)

    def _table(self) -> Table:
        room = max(3, self._console.size.height - _LINES_AROUND_THE_TABLE - _REMARKS_SHOWN)
        rows = sorted(self._latest.values(), key=lambda update: (update.name or "", update.account_id))
        table = make_table(_COLUMNS)
        for update in rows[:room]:
            change = self._changes.get(update.account_id)
            table.add_row(
                printable(update.name),
                _balance(update),
                format_dollars(update.available_in_cents),
                Text(format_dollars(change, signed=True), style=_style(change)),
            )
        if len(rows) > room:
            table.add_row(f"… and {len(rows) - room} more")
        return table


def _balance(update: BalanceUpdate) -> Text:
    return (
        Text(format_dollars(update.balance_in_cents))
        if update.error is None
        else Text(_trouble(update), style="yellow")
    )


def _trouble(update: BalanceUpdate) -> str:
    return type(update.error).__name__ if isinstance(update.error, SequenceError) else printable(update.error)


def _change(update: BalanceUpdate) -> int | None:
    if update.balance_in_cents is None or update.previous_in_cents is None:
        return None
    return update.balance_in_cents - update.previous_in_cents


def _style(change: int | None) -> str:
    return "dim" if not change else "green" if change > 0 else "red"


def _line(update: BalanceUpdate, change: int | None) -> str:
    amount = format_dollars(update.balance_in_cents) if update.error is None else _trouble(update)
    news = format_dollars(change, signed=True) if change else NOTHING
    parts = format_time(update.observed_at), update.account_id, update.name, amount, news
    return "\t".join(printable(part) for part in parts)
