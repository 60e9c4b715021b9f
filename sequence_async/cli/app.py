"""The command-line application with all commands."""

from __future__ import annotations

from typing import Annotated

import typer

from sequence_async._version import __version__
from sequence_async.cli import models, remote, rules, transfers
from sequence_async.cli.accounts import accounts
from sequence_async.cli.audit_logs import audit_logs
from sequence_async.cli.balances import balances
from sequence_async.cli.demo import demo
from sequence_async.cli.doctor import doctor
from sequence_async.cli.executions import executions
from sequence_async.cli.exit_codes import EXIT_CODES
from sequence_async.cli.sandbox import sandbox
from sequence_async.cli.terminal import prepare_streams, print_line

app = typer.Typer(
    help="Read balances, move money and run rules in Sequence (getsequence.io), or in a local sandbox.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(is_set: bool) -> None:
    if is_set:
        print_line(f"sequence-async {__version__}")
        raise typer.Exit


@app.callback()
def prepare(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Prepare stdout and stderr before a command runs."""
    prepare_streams()


app.command()(demo)
app.command()(sandbox)
app.command()(doctor)
app.command()(balances)
app.command()(accounts)
app.add_typer(transfers.app, name="transfers")
app.add_typer(rules.app, name="rules")
app.command()(executions)
app.command("audit-logs")(audit_logs)
app.add_typer(remote.app, name="remote")
app.add_typer(models.app, name="models")
