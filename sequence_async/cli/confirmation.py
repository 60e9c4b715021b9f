"""What stands between a command and money: a simulation, a question, or ``--live --yes``."""

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
    typer.Option("--live", help="Do it for real. Without it, platform only simulates, and the other APIs ask first."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; counts together with --live only.")]
KeyOption = Annotated[
    str | None,
    typer.Option(
        "--idempotency-key", metavar="KEY", help="The key of a command that is repeated (default: a new one)."
    ),
]
CentsOption = Annotated[
    int | None,
    typer.Option(
        "--cents",
        parser=integer_parser(1, hint=" For dollars, write --dollars 12.50."),
        metavar="NUMBER",
        help="The amount, in cents: digits only.",
    ),
]
DollarsOption = Annotated[
    str | None,
    typer.Option("--dollars", metavar="AMOUNT", help="The amount in dollars, such as 12 or 12.50; never rounded."),
]

_DOLLARS = re.compile(r"([0-9]{1,12})(?:\.([0-9]{2}))?")


@attrs.frozen(kw_only=True)
class Confirmation:
    """That a write may be sent, and how."""

    simulation: bool
    idempotency_key: str

    @contextmanager
    def report_interruption(self) -> Generator[None, None, None]:
        """Send the write inside: if Ctrl-C hits it, the key and how to repeat it are told."""
        try:
            yield
        except CancelledError:
            print_error("interrupted; it may have taken effect", hint=retry_hint(self.idempotency_key))
            raise


def parse_amount(cents: int | None, text: str | None) -> int | None:
    """Read an amount that was given in cents or in dollars; ``None`` if in neither.

    Raises:
        typer.Exit: it was given twice, or is no amount.

    """
    if text is None:
        return cents
    if cents is not None:
        raise usage_error("give the amount once, with --cents or with --dollars")
    found = _DOLLARS.fullmatch(text)
    if found is None or int(found[1] + (found[2] or "")) == 0:
        raise usage_error(f"--dollars takes an amount such as 12 or 12.50, not {text!r}")
    return int(found[1]) * 100 + int(found[2] or 0)


def parse_required_amount(cents: int | None, text: str | None) -> int:
    """Read an amount that has to be given.

    Raises:
        typer.Exit: it was not given, or twice, or is no amount.

    """
    found = parse_amount(cents, text)
    if found is None:
        raise usage_error("say how much, with --cents or with --dollars")
    return found


def format_amount_suffix(cents: int | None) -> str:
    """Say an amount at the end of a question, where there is one."""
    return "" if cents is None else f" with {format_dollars(cents)}"


def confirm_write(api: AnyApi, what: str, *, live: bool, yes: bool, key: str | None) -> Confirmation:
    """Find out whether a write may be sent. The key it will carry is told before anything is.

    Args:
        api: The API; ``platform`` alone can simulate.
        what: What would be done, to ask about.
        live: Whether it is to be done for real.
        yes: Whether not to ask.
        key: The idempotency key of a command that is repeated.

    Raises:
        ArgumentError: the key is not legal.
        typer.Exit: there is no consent.

    """
    is_new = key is None
    key = str(uuid4()) if key is None else check_key(key)
    simulation = api is AnyApi.PLATFORM and not live
    if simulation:
        print_note(f"Dry run: {what}. No money moves. Pass --live to send it.")
    elif not (live and yes):
        _ask_for_confirmation(what)
    shown = print_note(f"Idempotency key: {key} (to repeat this command safely, pass --idempotency-key {key})")
    if not shown and is_new and not simulation:
        # Without the key, nobody could repeat safely what may have taken effect.
        raise usage_error("the idempotency key could not be written to stderr, so nothing was sent")
    return Confirmation(simulation=simulation, idempotency_key=key)


def _ask_for_confirmation(what: str) -> None:
    if not is_interactive():
        raise usage_error(
            f"{what}: nobody is here to be asked, so nothing was sent", hint="Add --live --yes to mean it."
        )
    with exit_on_interrupt():
        agreed = typer.confirm(f"{what}. For real?", default=False, err=True)
    if not agreed:
        raise usage_error("nothing was sent")


@contextmanager
def exit_on_interrupt() -> Generator[None, None, None]:
    """Let Ctrl-C or SIGTERM end the question inside at once. The event loop would notice them only after the answer.

    Raises:
        typer.Exit: The question was interrupted, or the input ended.

    """
    previous = {number: signal.signal(number, _interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except (_InterruptedError, typer.Abort) as error:
        with suppress(OSError):
            typer.echo(err=True)
        if isinstance(error, typer.Abort):
            raise usage_error("nothing was sent") from None
        terminated = error.number == signal.SIGTERM
        print_error(f"{'terminated' if terminated else 'interrupted'}; nothing was sent")
        raise typer.Exit(ExitCode.TERMINATED if terminated else ExitCode.INTERRUPTED) from None
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


class _InterruptedError(Exception):
    """A signal has interrupted a question."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _interrupt(number: int, _frame: object) -> NoReturn:
    raise _InterruptedError(number)
