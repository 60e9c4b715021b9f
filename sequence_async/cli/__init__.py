"""The command line. Importing this package needs only the standard library; running it needs the extra ``cli``."""

from __future__ import annotations

import os
import signal
import sys

_REQUIRED_MODULES = ("typer", "click", "rich")
# What rich and typer read to turn a pipe into a terminal, or a terminal into none. Only the terminal itself decides.
_IGNORED_VARIABLES = (
    "FORCE_COLOR",
    "PY_COLORS",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
    "GITHUB_ACTIONS",
    "JUPYTER_COLUMNS",
    "JUPYTER_LINES",
    "_TYPER_FORCE_DISABLE_TERMINAL",
)
_SIZE_VARIABLES = ("COLUMNS", "LINES", "TERMINAL_WIDTH")
_MIN_SIZE = 20
_EXIT_TERMINATED = 143
_MAX_DIGITS = 4


def main() -> None:
    """Run the command line, or say in one line what to install for it."""
    _prepare_environment()
    # As process 1 of a container, a program ignores the signals that it does not handle.
    signal.signal(signal.SIGTERM, _terminate)
    try:
        from sequence_async.cli.app import app  # noqa: PLC0415 - what it imports may be missing
        from sequence_async.cli.exit_codes import exit_on_output_error  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _REQUIRED_MODULES:
            raise
        if sys.stderr is not None:
            sys.stderr.write("sequence-async: the command line needs its extra: pip install 'sequence-async[cli]'\n")
        sys.exit(2)
    with exit_on_output_error():
        app(prog_name="sequence-async")


def _terminate(_number: int, _frame: object) -> None:
    sys.exit(_EXIT_TERMINATED)


def _prepare_environment() -> None:
    for name in _IGNORED_VARIABLES:
        os.environ.pop(name, None)
    for name in _SIZE_VARIABLES:
        size = os.environ.get(name, "")
        # With a width of 0, help and errors would come out empty. What is no number ends rich or typer in a traceback.
        if not (size.isascii() and size.isdigit() and len(size) <= _MAX_DIGITS and int(size) >= _MIN_SIZE):
            os.environ.pop(name, None)
