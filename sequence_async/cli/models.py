"""``sequence-async models``: pin the generated models in another project, and see what another release changes."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer

from sequence_async._version import __version__
from sequence_async.cli.exit_codes import ExitCode
from sequence_async.cli.json_output import print_json
from sequence_async.cli.options import AnyApi, JsonOption
from sequence_async.cli.terminal import OutputError, print_error, print_line, print_note
from sequence_async.pinning.changes import Change, compare
from sequence_async.pinning.export import export_models
from sequence_async.pinning.shape import ModuleShape, read_shape

app = typer.Typer(
    help="Pin the generated models in another project, and see what another release changes.", no_args_is_help=True
)


class DiffCode(IntEnum):
    """What ``models diff`` ends with."""

    SAME = 0
    ADDITIVE = 1
    BREAKING = 2
    UNREADABLE = 64


@app.command()
def export(
    *,
    api: Annotated[AnyApi, typer.Option(help="Whose models.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", dir_okay=False, help="The file to write. (default: standard output)")
    ] = None,
    with_codec: Annotated[
        bool, typer.Option("--with-codec", help="Add structure() and unstructure(); the module then needs cattrs too.")
    ] = False,
) -> None:
    """Write all models of an API as one module that needs attrs alone.

    The same release gives the same bytes. The module's head says which description it comes from.
    """
    text = export_models(api, with_codec=with_codec).encode()
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_bytes(text)
    except OSError as error:
        print_error(f"{out} cannot be written: {error.strerror}")
        raise typer.Exit(ExitCode.USAGE) from None
    print_note(f"{out}: the models of {api}, from sequence-async {__version__}")


@app.command(
    epilog="Exit codes: 0 nothing changed · 1 additive changes alone · 2 breaking changes · "
    "64 not comparable, or the result could not be written"
)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="An exported module.")],
    new: Annotated[
        Path | None,
        typer.Argument(metavar="[NEW]", help="Another one (default: the installed release).", show_default=False),
    ] = None,
    *,
    api: Annotated[AnyApi | None, typer.Option(help="Whose models; default: what the head of OLD says.")] = None,
    json: JsonOption = False,
) -> None:
    """Say what is different between two exported modules, and whether code that uses OLD breaks with NEW.

    The files are read, never run.
    """
    before = _read_file(old)
    after = _read_installed(before, api) if new is None else _read_file(new)
    if before.api and after.api and before.api != after.api:
        raise _not_comparable(f"these are the models of two APIs, {before.api} and {after.api}")
    changes = compare(before, after)
    try:
        if json:
            print_json(_diff_document(before, after, changes))
        else:
            _print_changes(before, after, changes)
    except OutputError as error:
        raise _not_comparable(f"the output could not be written: {error}") from None
    if changes:
        raise typer.Exit(DiffCode.BREAKING if any(change.breaking for change in changes) else DiffCode.ADDITIVE)


def _read_file(path: Path) -> ModuleShape:
    try:
        return read_shape(path.read_text("utf-8"))
    except OSError as error:
        raise _not_comparable(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise _not_comparable(f"{path} {error}") from None


def _read_installed(before: ModuleShape, api: AnyApi | None) -> ModuleShape:
    name = api or before.api
    if name is None:
        raise _not_comparable("OLD does not say whose models it holds", hint="Say it with --api.")
    try:
        return read_shape(export_models(name, with_codec=before.with_codec))
    except ValueError as error:
        raise _not_comparable(str(error)) from None


def _not_comparable(message: str, *, hint: str | None = None) -> typer.Exit:
    print_error(message, hint=hint)
    return typer.Exit(DiffCode.UNREADABLE)


def _diff_document(before: ModuleShape, after: ModuleShape, changes: list[Change]) -> dict[str, object]:
    breaking = sum(change.breaking for change in changes)
    return {
        "api": before.api or after.api,
        "old": {"version": before.version, "sha256": before.sha256},
        "new": {"version": after.version, "sha256": after.sha256},
        "breaking": breaking,
        "additive": len(changes) - breaking,
        "changes": changes,
    }


def _print_changes(before: ModuleShape, after: ModuleShape, changes: list[Change]) -> None:
    for change in sorted(changes, key=lambda one: not one.breaking):
        print_line(f"{'breaking' if change.breaking else 'additive'}  {change}")
    breaking = sum(change.breaking for change in changes)
    summary = f"{breaking} breaking, {len(changes) - breaking} additive" if changes else "the models are the same"
    same = "" if before.sha256 != after.sha256 else ", from the same description"
    print_note(f"{before.api or 'models'} {before.version} → {after.version}{same}: {summary}")
