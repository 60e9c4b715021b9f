"""Confirmation of writes: a dry run, a prompt, or ``--live --yes``."""

from __future__ import annotations

import re
import signal
from asyncio import CancelledError
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Annotated, NoReturn
from uuid import uuid4

import attrs
import typer

from sequence_async._core.keys import check_key
from sequence_async.cli.exit_codes import ExitCode, retry_hint, usage_error
from sequence_async.cli.numbers import integer_parser
from sequence_async.cli.options import AnyApi
from sequence_async.cli.terminal import format_dollars, is_interactive, print_error, print_note

LiveOption = Annotated[
    bool,
    typer.Option(
        "--live", help="Send a live request. Without it, platform makes a dry run, and the other APIs ask first."
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Skip the prompt. Has no effect without --live.")]
KeyOption = Annotated[
    str | None,
    typer.Option(
        "--idempotency-key", metavar="KEY", help="Use this idempotency key, to retry a command. (default: a new key)"
    ),
]
CentsOption = Annotated[
    int | None,
    typer.Option(
        "--cents",
        parser=integer_parser(1, hint=" For an amount in dollars, pass --dollars 12.50."),
        metavar="NUMBER",
        help="Set the amount in cents, in digits only.",
    ),
]
DollarsOption = Annotated[
    str | None,
    typer.Option(
        "--dollars", metavar="AMOUNT", help="Set the amount in dollars, such as 12 or 12.50. It is never rounded."
    ),
]

_DOLLARS = re.compile(r"([0-9]{1,12})(?:\.([0-9]{2}))?")


@attrs.frozen(kw_only=True)
class Confirmation:
    """A confirmed write: whether it is a dry run, and its idempotency key."""

    simulation: bool
    idempotency_key: str

    @contextmanager
    def report_interruption(self) -> Generator[None, None, None]:
        """Print how to retry the write if Ctrl-C or SIGTERM cancels it in this block."""
        try:
            yield
        except CancelledError:
            print_error("The request was interrupted. It may have taken effect.", hint=retry_hint(self.idempotency_key))
            raise


def parse_amount(cents: int | None, text: str | None) -> int | None:
    """Return the amount in cents from ``--cents`` or ``--dollars``, or ``None`` if neither is set.

    Raises:
        typer.Exit: Both options are set, or ``--dollars`` is not a valid amount.

    """
    if text is None:
        return cents
    if cents is not None:
        raise usage_error(
            "--cents and --dollars must not be used together. Nothing was sent.", hint="Pass one of them."
        )
    found = _DOLLARS.fullmatch(text)
    if found is None or int(found[1] + (found[2] or "")) == 0:
        raise usage_error(f"--dollars must be an amount such as 12 or 12.50, not {text!r}. Nothing was sent.")
    return int(found[1]) * 100 + int(found[2] or 0)


def parse_required_amount(cents: int | None, text: str | None) -> int:
    """Return the amount in cents from ``--cents`` or ``--dollars``, one of which is required.

    Raises:
        typer.Exit: Neither or both options are set, or ``--dollars`` is not a valid amount.

    """
    found = parse_amount(cents, text)
    if found is None:
        raise usage_error("The amount is missing. Nothing was sent.", hint="Pass --cents or --dollars.")
    return found


def format_amount_suffix(cents: int | None) -> str:
    """Return the amount as the end of a prompt, or an empty text without an amount."""
    return "" if cents is None else f" with {format_dollars(cents)}"


def confirm_write(api: AnyApi, action: str, *, live: bool, yes: bool, key: str | None) -> Confirmation:
    """Return the confirmation of a write, and print its idempotency key before anything is sent.

    Args:
        api: The API. Only ``platform`` has dry runs.
        action: The write in words, with the accounts and the amount.
        live: Whether ``--live`` was passed.
        yes: Whether ``--yes`` was passed.
        key: The idempotency key to use, or ``None`` for a new key.

    Raises:
        ArgumentError: The key is not valid.
        typer.Exit: The write was not confirmed, or a new key could not be printed.

    """
    is_new = key is None
    key = str(uuid4()) if key is None else check_key(key)
    simulation = api is AnyApi.PLATFORM and not live
    if simulation:
        print_note(f"Dry run: {action}. No money moves. Pass --live to send it.")
    elif not (live and yes):
        _ask_for_confirmation(action)
    shown = print_note(f"Idempotency key: {key} (to retry this command safely, pass --idempotency-key {key})")
    if not shown and is_new and not simulation:
        # Without the key, the user could not safely retry a write that may have taken effect.
        raise usage_error("The idempotency key could not be written to stderr. Nothing was sent.")
    return Confirmation(simulation=simulation, idempotency_key=key)


def _ask_for_confirmation(action: str) -> None:
    if not is_interactive():
        raise usage_error(
            f"{action}: cannot ask for confirmation because this is not a terminal. Nothing was sent.",
            hint="Pass --live --yes to skip the prompt.",
        )
    with exit_on_interrupt():
        is_confirmed = typer.confirm(f"{action[0].upper()}{action[1:]}?", default=False, err=True)
    if not is_confirmed:
        raise usage_error("The write was not confirmed. Nothing was sent.")


@contextmanager
def exit_on_interrupt() -> Generator[None, None, None]:
    """Exit immediately on Ctrl-C or SIGTERM in a prompt. The event loop would handle them only after the input.

    Raises:
        typer.Exit: The prompt was interrupted, or the input ended.

    """
    previous = {number: signal.signal(number, _interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except (_InterruptedError, typer.Abort) as error:
        with suppress(OSError):
            typer.echo(err=True)
        if isinstance(error, typer.Abort):
            raise usage_error("The input ended. Nothing was sent.") from None
        terminated = error.number == signal.SIGTERM
        print_error(f"{'Terminated by SIGTERM' if terminated else 'Interrupted by Ctrl-C'}. Nothing was sent.")
        raise typer.Exit(ExitCode.TERMINATED if terminated else ExitCode.INTERRUPTED) from None
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


class _InterruptedError(Exception):
    """A signal interrupted a prompt."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _interrupt(number: int, _frame: object) -> NoReturn:
    raise _InterruptedError(number)
