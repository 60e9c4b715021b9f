"""``sequence-async models``: pin the generated models in another project, and compare releases."""

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

app = typer.Typer(help="Pin the generated models in another project, and compare releases.", no_args_is_help=True)


class DiffCode(IntEnum):
    """The exit code of ``models diff``."""

    SAME = 0
    ADDITIVE = 1
    BREAKING = 2
    UNREADABLE = 64


@app.command()
def export(
    *,
    api: Annotated[AnyApi, typer.Option(help="Export the models of this API.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", dir_okay=False, help="Write to this file. (default: standard output)")
    ] = None,
    with_codec: Annotated[
        bool, typer.Option("--with-codec", help="Add structure() and unstructure(). The module then also needs cattrs.")
    ] = False,
) -> None:
    """Write all models of an API as one module that needs only attrs.

    The same release always writes the same bytes.
    The top of the module names the API description and its version.
    """
    text = export_models(api, with_codec=with_codec).encode()
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_bytes(text)
    except OSError as error:
        print_error(f"{out} cannot be written: {error.strerror}.")
        raise typer.Exit(ExitCode.USAGE) from None
    print_note(f"Wrote the models of {api} to {out}, from sequence-async {__version__}.")


@app.command(
    epilog="Exit codes: 0 no changes · 1 only additive changes · 2 breaking changes · "
    "64 the modules cannot be compared, or the result could not be written"
)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Read this exported module as the old version.")],
    new: Annotated[
        Path | None,
        typer.Argument(
            metavar="[NEW]",
            help="Read this exported module as the new version. (default: the installed release)",
            show_default=False,
        ),
    ] = None,
    *,
    api: Annotated[
        AnyApi | None, typer.Option(help="Compare the models of this API. (default: the API that OLD names)")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Compare two exported modules, and report whether NEW breaks code that uses OLD.

    The files are only parsed, never executed.
    """
    before = _read_file(old)
    after = _read_installed(before, api) if new is None else _read_file(new)
    if before.api and after.api and before.api != after.api:
        raise _not_comparable(f"OLD and NEW must be models of the same API, not {before.api} and {after.api}.")
    changes = compare(before, after)
    try:
        if json:
            print_json(_diff_document(before, after, changes))
        else:
            _print_changes(before, after, changes)
    except OutputError as error:
        raise _not_comparable(f"The output could not be written: {error}.") from None
    if changes:
        raise typer.Exit(DiffCode.BREAKING if any(change.breaking for change in changes) else DiffCode.ADDITIVE)


def _read_file(path: Path) -> ModuleShape:
    try:
        return read_shape(path.read_text("utf-8"))
    except OSError as error:
        raise _not_comparable(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise _not_comparable(f"{path} {error}") from None


def _read_installed(before: ModuleShape, api: AnyApi | None) -> ModuleShape:
    name = api or before.api
    if name is None:
        raise _not_comparable("OLD does not name the API of its models.", hint="Pass --api.")
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
    summary = f"{breaking} breaking, {len(changes) - breaking} additive" if changes else "no changes"
    same = "" if before.sha256 != after.sha256 else ", from the same description"
    print_note(f"{before.api or 'models'} {before.version} → {after.version}{same}: {summary}")
