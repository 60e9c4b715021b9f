"""The balances of many accounts: a live table on a terminal, or a line for each change in a pipe or file."""

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
    NO_VALUE,
    create_table,
    format_dollars,
    format_time,
    is_ansi_terminal,
    money_column,
    print_line,
    printable,
    stdout,
    text_column,
)
from sequence_async.errors import SequenceError

_COLUMNS = (text_column("Account"), money_column("Balance"), money_column("Available"), money_column("Change"))
_OTHER_LINES = 6
_MAX_MESSAGES = 5


class LiveTable:
    """A table of balances that is redrawn as updates arrive. Use it as a context manager."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.balances_read = 0
        self._latest: dict[str, BalanceUpdate] = {}
        self._changes: dict[str, int] = {}
        self._messages: deque[Text] = deque(maxlen=_MAX_MESSAGES)
        self._console: Console = stdout()
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if is_ansi_terminal(sys.stdout):
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
        """The number of accounts with an update."""
        return len(self._latest)

    def add_update(self, update: BalanceUpdate) -> None:
        """Add an update to the table, or print it as a line if its balance changed."""
        self.balances_read += 1
        self._latest[update.account_id] = update
        change = _change_in_cents(update)
        if change:
            self._changes[update.account_id] = change
        if self._live is None and update.changed:
            print_line(_line(update, change))

    def add_message(self, text: str, *, style: str = "cyan") -> None:
        """Show a message below the table, or print it as a line."""
        self._messages.append(Text(printable(text), style=style))
        if self._live is None:
            print_line(text)

    def _render(self) -> Group:
        return Group(Text(self.title, style="bold"), self._table(), *self._messages)

    def _table(self) -> Table:
        max_rows = max(3, self._console.size.height - _OTHER_LINES - _MAX_MESSAGES)
        rows = sorted(self._latest.values(), key=lambda update: (update.name or "", update.account_id))
        table = create_table(_COLUMNS)
        for update in rows[:max_rows]:
            change = self._changes.get(update.account_id)
            table.add_row(
                printable(update.name),
                _balance_text(update),
                format_dollars(update.available_in_cents),
                Text(format_dollars(change, signed=True), style=_style(change)),
            )
        if len(rows) > max_rows:
            table.add_row(f"… and {len(rows) - max_rows} more")
        return table


def _balance_text(update: BalanceUpdate) -> Text:
    return (
        Text(format_dollars(update.balance_in_cents))
        if update.error is None
        else Text(_error_text(update), style="yellow")
    )


def _error_text(update: BalanceUpdate) -> str:
    return type(update.error).__name__ if isinstance(update.error, SequenceError) else printable(update.error)


def _change_in_cents(update: BalanceUpdate) -> int | None:
    if update.balance_in_cents is None or update.previous_in_cents is None:
        return None
    return update.balance_in_cents - update.previous_in_cents


def _style(change: int | None) -> str:
    return "dim" if not change else "green" if change > 0 else "red"


def _line(update: BalanceUpdate, change: int | None) -> str:
    amount = format_dollars(update.balance_in_cents) if update.error is None else _error_text(update)
    change_text = format_dollars(change, signed=True) if change else NO_VALUE
    parts = format_time(update.observed_at), update.account_id, update.name, amount, change_text
    return "\t".join(printable(part) for part in parts)
