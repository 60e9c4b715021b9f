"""Writing for people: tables on a terminal, plain lines elsewhere; results on stdout, remarks about them on stderr."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import attrs
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_TEXT_WIDTH = 14
_UNLIMITED = 10_000

NOTHING = "-"
"""Stands where there is no value."""


@attrs.frozen
class Column:
    """A column of a table."""

    header: str
    justify: JustifyMethod = "left"
    style: str | None = None
    wraps: bool = False
    """Whether its text may go on in the next line. An id or an amount may not."""
    optional: bool = False
    """Whether it is left out where the terminal is too narrow."""


def money_column(header: str, *, optional: bool = False) -> Column:
    """Make a column of amounts."""
    return Column(header, justify="right", optional=optional)


def id_column(header: str = "ID") -> Column:
    """Make a column of ids."""
    return Column(header, style="dim")


def text_column(header: str, *, optional: bool = False) -> Column:
    """Make a column of names or words."""
    return Column(header, wraps=True, optional=optional)


def stdout() -> Console:
    """Make a console for results."""
    return Console(highlight=False, soft_wrap=False)


def stderr() -> Console:
    """Make a console for everything that is about a result."""
    return Console(stderr=True, highlight=False)


def is_interactive() -> bool:
    """Whether somebody is there to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def cleaned(value: object) -> str:
    """Give text that does nothing to a terminal and stays on its line, whatever the API answered."""
    text = NOTHING if value is None or value == "" else str(value)
    return text if text.isprintable() else "".join(one if one.isprintable() else "�" for one in text)


def dollars(cents: int | None, *, signed: bool = False) -> str:
    """Write cents as dollars, exactly."""
    if cents is None:
        return NOTHING
    sign = "-" if cents < 0 else "+" if signed else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def when(moment: datetime | None) -> str:
    """Write a moment in UTC, to the second."""
    return NOTHING if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def yes_no(value: bool | None) -> str:
    """Write a truth value, or that there is none."""
    return NOTHING if value is None else "yes" if value else "no"


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, empty: str = "Nothing.") -> None:
    """Print a table on a terminal, and lines with tabs between elsewhere."""
    console = stdout()
    cells = [[cleaned(cell) for cell in row] for row in rows]
    if not console.is_terminal:
        for line in ([column.header for column in columns], *cells):
            print_line("\t".join(line))
    elif cells:
        _print_fitting(console, columns, cells)
    else:
        console.print(Text(empty, style="dim"))


def _print_fitting(console: Console, columns: Sequence[Column], rows: list[list[str]]) -> None:
    """Print a table without as many of its optional columns, the last first, as the terminal is too narrow for."""
    left_out = [index for index, column in enumerate(columns) if column.optional]
    kept = list(range(len(columns)))
    while True:
        table = make_table([columns[index] for index in kept])
        for row in rows:
            table.add_row(*(Text(row[index]) for index in kept))
        for index, column in zip(kept, table.columns, strict=True):
            longest = max(cell_len(row[index]) for row in rows)
            column.min_width = min(longest, _TEXT_WIDTH) if columns[index].wraps else longest
        least = Measurement.get(console, console.options.update(width=_UNLIMITED), table).minimum
        if least <= console.width or not left_out:
            break
        kept.remove(left_out.pop())
    # An id that is cut is of no use: rather let the terminal wrap the line.
    (console if least <= console.width else Console(width=least, highlight=False)).print(table)


def make_table(columns: Sequence[Column]) -> Table:
    """Make an empty table."""
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.header, justify=column.justify, style=column.style, no_wrap=not column.wraps)
    return table


def print_facts(facts: Iterable[tuple[str, object]]) -> None:
    """Print names and values, one pair a line."""
    pairs = [(name, cleaned(value)) for name, value in facts]
    width = max((len(name) for name, _ in pairs), default=0)
    terminal = stdout().is_terminal
    for name, value in pairs:
        print_line(f"{name:<{width}}  {value}" if terminal else f"{name}\t{value}")


def print_line(text: str) -> None:
    """Print one line of a result, as it is."""
    # Not through rich, which would turn tabs into spaces.
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def patience(text: str) -> Generator[None, None, None]:
    """Show on a terminal that something takes its time."""
    console = stderr()
    if console.is_terminal:
        with console.status(Text(cleaned(text))):
            yield
    else:
        yield


def note(text: str, *, style: str = "dim") -> None:
    """Say something about the result, on stderr."""
    stderr().print(Text(cleaned(text), style=style), soft_wrap=True)


def complain(text: str, *, hint: str | None = None) -> None:
    """Say what went wrong, on stderr, and what to do about it."""
    console = stderr()
    console.print(Text.assemble(("sequence-async: ", "bold red"), cleaned(text)), soft_wrap=True)
    if hint is not None:
        console.print(Text.assemble(("hint: ", "bold"), cleaned(hint)), soft_wrap=True)
