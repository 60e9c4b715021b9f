"""Writing for people: tables on a terminal, plain lines elsewhere; results on stdout, remarks about them on stderr."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

NOTHING = "-"
"""Stands where there is no value."""


@attrs.frozen
class Column:
    """A column of a table."""

    header: str
    justify: JustifyMethod = "left"
    style: str | None = None
    whole: bool = False
    """Whether its text is of no use when it is cut, as that of an id."""


def money_column(header: str) -> Column:
    """Make a column of amounts."""
    return Column(header, justify="right")


def id_column(header: str = "ID") -> Column:
    """Make a column of ids."""
    return Column(header, style="dim", whole=True)


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
    if moment is None:
        return NOTHING
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment.utcoffset() else moment.strftime("%Y-%m-%d %H:%M:%SZ")


def yes_no(value: bool | None) -> str:
    """Write a truth value, or that there is none."""
    return NOTHING if value is None else "yes" if value else "no"


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, empty: str = "Nothing.") -> None:
    """Print a table on a terminal, and lines with tabs between elsewhere."""
    console = stdout()
    if not console.is_terminal:
        for row in ([column.header for column in columns], *rows):
            print_line("\t".join(cleaned(cell) for cell in row))
        return
    table = make_table(columns)
    for row in rows:
        table.add_row(*(Text(cleaned(cell)) for cell in row))
    console.print(table if table.row_count else Text(empty, style="dim"))


def make_table(columns: Sequence[Column]) -> Table:
    """Make an empty table."""
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(
            column.header,
            justify=column.justify,
            style=column.style,
            overflow="fold" if column.whole else "ellipsis",
            no_wrap=not column.whole,
        )
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
