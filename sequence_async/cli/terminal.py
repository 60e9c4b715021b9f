"""Text output: tables on a terminal, tab-separated lines elsewhere. Results go to stdout, and messages to stderr."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from typing import TextIO

import attrs
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleDimensions, JustifyMethod
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_MAX_TEXT_WIDTH = 14
_UNLIMITED_WIDTH = 10_000
_WITHOUT_ESCAPES = ("dumb", "unknown")
_PLAIN, _BOLD, _DIM, _RED = "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m"

NO_VALUE = "-"
"""The text for a missing value."""


@attrs.frozen
class Column:
    """A column of a table."""

    header: str
    justify: JustifyMethod = "left"
    style: str | None = None
    wraps: bool = False
    """Whether long text wraps to the next line. IDs and amounts never wrap."""
    optional: bool = False
    """Whether the column is left out if the terminal is too narrow."""


def money_column(header: str, *, optional: bool = False) -> Column:
    """Return a column of amounts."""
    return Column(header, justify="right", optional=optional)


def id_column(header: str = "ID") -> Column:
    """Return a column of IDs."""
    return Column(header, style="dim")


def text_column(header: str, *, optional: bool = False) -> Column:
    """Return a column of text that can wrap."""
    return Column(header, wraps=True, optional=optional)


class OutputError(Exception):
    """A result could not be written to stdout."""

    def __init__(self, reason: str, *, reader_gone: bool = False) -> None:
        super().__init__(reason)
        self.reader_gone = reader_gone


def prepare_streams() -> None:
    """Configure stdout and stderr so that each write succeeds in full or raises an error.

    Pipes and files use UTF-8, regardless of the environment. A terminal keeps its encoding, and a character that it
    does not support is written as a question mark. A closed stream is replaced by one that cannot be written. Otherwise
    Python would discard the text silently, and would reuse the file descriptor for the next connection.
    """
    sys.stdout = sys.stdout or _open_unwritable()
    sys.stderr = sys.stderr or _open_unwritable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _open_unwritable() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")


def stdout() -> Console:
    """Return a console for results. Only whether stdout is a terminal decides its format."""
    return Console(highlight=False, soft_wrap=False, force_terminal=is_terminal(sys.stdout))


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def is_ansi_terminal(stream: TextIO) -> bool:
    """Return whether a stream is a terminal that supports escape sequences, for colors and live updates."""
    return is_terminal(stream) and os.environ.get("TERM", "").lower() not in _WITHOUT_ESCAPES


def is_interactive() -> bool:
    """Return whether a user can answer a prompt."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def printable(value: object) -> str:
    """Return a value as one line of text, with control characters replaced, so that it cannot affect the terminal."""
    text = NO_VALUE if value is None or value == "" else str(value)
    return text if text.isprintable() else "".join(one if one.isprintable() else "�" for one in text)


def format_dollars(cents: int | None, *, signed: bool = False) -> str:
    """Return cents as dollars, without rounding."""
    if cents is None:
        return NO_VALUE
    sign = "-" if cents < 0 else "+" if signed else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def format_time(time: datetime | None) -> str:
    """Return a time in UTC, to the second."""
    return NO_VALUE if time is None else time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def yes_no(value: bool | None) -> str:
    """Return ``yes``, ``no``, or ``-`` for a missing value."""
    return NO_VALUE if value is None else "yes" if value else "no"


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, empty: str = "No items.") -> None:
    """Print a table on a terminal, or tab-separated lines elsewhere."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if not is_terminal(sys.stdout):
        for line in ([column.header for column in columns], *cells):
            print_line("\t".join(line))
    elif cells:
        _print_to_fit(columns, cells)
    else:
        print_line(empty)


def _print_to_fit(columns: Sequence[Column], rows: list[list[str]]) -> None:
    """Print a table, and leave out optional columns, the last ones first, until it fits the terminal."""
    console = stdout()
    left_out = [index for index, column in enumerate(columns) if column.optional]
    kept = list(range(len(columns)))
    while True:
        table = create_table([columns[index] for index in kept])
        for row in rows:
            table.add_row(*(Text(row[index]) for index in kept))
        for index, column in zip(kept, table.columns, strict=True):
            longest = max(cell_len(row[index]) for row in rows)
            column.min_width = min(longest, _MAX_TEXT_WIDTH) if columns[index].wraps else longest
        least = Measurement.get(console, console.options.update(width=_UNLIMITED_WIDTH), table).minimum
        if least <= console.width or not left_out:
            break
        kept.remove(left_out.pop())
    # A truncated ID is useless, so let the terminal wrap the line instead.
    console.size = ConsoleDimensions(max(least, console.width), console.height)
    with console.capture() as written:
        console.print(table)
    _write(written.get())


def create_table(columns: Sequence[Column]) -> Table:
    """Return an empty table with these columns."""
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.header, justify=column.justify, style=column.style, no_wrap=not column.wraps)
    return table


def print_facts(facts: Iterable[tuple[str, object]]) -> None:
    """Print names and values, one pair per line."""
    pairs = [(name, printable(value)) for name, value in facts]
    width = max((len(name) for name, _ in pairs), default=0)
    terminal = is_terminal(sys.stdout)
    for name, value in pairs:
        print_line(f"{name:<{width}}  {value}" if terminal else f"{name}\t{value}")


def print_line(text: str) -> None:
    """Print one line of a result unchanged.

    Raises:
        OutputError: The line cannot be written.

    """
    # rich would replace tabs with spaces.
    _write(f"{text}\n")


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        raise OutputError(output_error_reason(error), reader_gone=isinstance(error, BrokenPipeError)) from None


def output_error_reason(error: OSError) -> str:
    """Return why a stream cannot be written."""
    if isinstance(error, BrokenPipeError):
        return "the reader closed the pipe"
    return "the stream is closed" if error.errno == errno.EBADF else error.strerror or type(error).__name__


def discard_unflushed_output() -> None:
    """Redirect streams that cannot be flushed to the null device. Otherwise the interpreter prints an error at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError, ValueError):
                null_device = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null_device, stream.fileno())
                os.close(null_device)


@contextmanager
def spinner(text: str) -> Generator[None, None, None]:
    """Show a spinner while a terminal waits. If the terminal is gone, the wait continues without it."""
    if not is_ansi_terminal(sys.stderr):
        yield
        return
    spinner = Console(stderr=True, highlight=False, force_terminal=True).status(Text(printable(text)))
    with suppress(OSError):
        spinner.start()
    try:
        yield
    finally:
        with suppress(OSError):
            spinner.stop()


def print_note(text: str) -> bool:
    """Print a note to stderr. Return whether it could be written."""
    return _write_stderr(printable(text), _DIM)


def print_error(text: str, *, hint: str | None = None) -> None:
    """Print an error and a hint to stderr."""
    _write_stderr(printable(text), prefix="sequence-async: ", prefix_style=_RED)
    if hint is not None:
        _write_stderr(printable(hint), prefix="hint: ", prefix_style=_BOLD)


def _write_stderr(text: str, style: str = "", *, prefix: str = "", prefix_style: str = "") -> bool:
    # Write directly, because rich could wrap the line at the terminal's width and split an idempotency key.
    if is_ansi_terminal(sys.stderr) and sys.platform != "win32" and not os.environ.get("NO_COLOR"):
        prefix = f"{prefix_style}{prefix}{_PLAIN}" if prefix else ""
        text = f"{style}{text}{_PLAIN}" if style else text
    try:
        sys.stderr.write(f"{prefix}{text}\n")
        sys.stderr.flush()
    except OSError:
        return False
    return True
