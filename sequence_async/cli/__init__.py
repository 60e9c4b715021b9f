"""The command line. Importing this package needs only the standard library. Running it needs the extra ``cli``."""

from __future__ import annotations

import os
import signal
import sys

_REQUIRED_MODULES = ("typer", "click", "rich")
# rich and typer read these variables to treat a pipe as a terminal, or a terminal as a pipe. Only isatty() decides.
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
    """Run the command line, or print which extra to install."""
    _prepare_environment()
    # As process 1 of a container, a program ignores every signal that it does not handle.
    signal.signal(signal.SIGTERM, _terminate)
    try:
        from sequence_async.cli.app import app
        from sequence_async.cli.exit_codes import exit_on_output_error
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _REQUIRED_MODULES:
            raise
        if sys.stderr is not None:
            sys.stderr.write(
                "sequence-async: The command line needs the extra cli.\nhint: Run pip install 'sequence-async[cli]'.\n"
            )
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
        # With a width of 0, rich prints empty help and errors. A value that is not a number makes rich or typer crash.
        if not (size.isascii() and size.isdigit() and len(size) <= _MAX_DIGITS and int(size) >= _MIN_SIZE):
            os.environ.pop(name, None)
