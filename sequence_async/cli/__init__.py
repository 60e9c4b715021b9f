"""The command line. To import this package takes the standard library alone; to run it takes the extra ``cli``."""

from __future__ import annotations

import sys

_NEEDED = ("typer", "rich")


def main() -> None:
    """Run the command line, or say in one line what to install for it."""
    try:
        from sequence_async.cli.app import app  # noqa: PLC0415 - what it imports may be missing
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _NEEDED:
            raise
        sys.stderr.write("sequence-async: the command line needs its extra: pip install 'sequence-async[cli]'\n")
        sys.exit(2)
    app(prog_name="sequence-async")
