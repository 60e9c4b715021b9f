"""What an exit code says, and how an error is told: one line and a hint, never a traceback."""

from __future__ import annotations

import asyncio
import errno
import signal
import threading
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from enum import IntEnum

import typer

from sequence_async.cli.terminal import (
    OutputError,
    discard_unflushed_output,
    output_error_reason,
    prepare_streams,
    print_error,
    print_note,
)
from sequence_async.errors import (
    ArgumentError,
    ComingSoonError,
    ConfigurationError,
    ForbiddenError,
    IdempotencyKeyReusedError,
    NoResponseError,
    NotFoundError,
    OperationInProgressError,
    RateLimitedError,
    SequenceError,
    ServerError,
    UnauthorizedError,
    UsageError,
    WaitTimeoutError,
)


class ExitCode(IntEnum):
    """What a command ends with."""

    OK = 0
    FAILED = 1
    """The API said no, its answer made no sense, or what was waited for ended badly."""
    USAGE = 2
    """Nothing was sent: an argument, a credential or a consent is missing or wrong."""
    IN_DOUBT = 3
    """A write may have taken effect. Repeat it with the idempotency key that was printed."""
    NO_RESPONSE = 4
    """No usable answer, too many calls, or the API failed: later it may work."""
    WAIT_TIMED_OUT = 5
    """The wait ended before what was waited for did."""
    INTERRUPTED = 130
    """Ctrl-C ended a command that would have ended on its own."""
    TERMINATED = 143
    """SIGTERM ended a command that would have ended on its own."""


EXIT_CODES = """Exit codes: 0 success; a live write was accepted · 1 the API returned an error, what was waited for \
failed, or a result could not be written · 2 usage or configuration, nothing was sent · 3 in doubt: a write may have \
taken effect, repeat it with its key · 4 no response, it may work later · 5 the wait ended first · 130 interrupted by \
Ctrl-C · 143 by SIGTERM"""

_OUTPUT_ERRNOS = frozenset({errno.ENOSPC, errno.EPIPE, errno.EBADF, errno.EIO, errno.EFBIG})
_NOTHING_SENT = (ArgumentError, ConfigurationError, ComingSoonError, UsageError)
_TEMPORARY = (NoResponseError, ServerError, RateLimitedError, OperationInProgressError)


def exit_code_of(error: SequenceError) -> ExitCode:
    """Say which exit code an error ends a command with."""
    if error.in_doubt:
        return ExitCode.IN_DOUBT
    if isinstance(error, _NOTHING_SENT):
        return ExitCode.USAGE
    if isinstance(error, WaitTimeoutError):
        return ExitCode.WAIT_TIMED_OUT
    return ExitCode.NO_RESPONSE if isinstance(error, _TEMPORARY) else ExitCode.FAILED


def describe(error: SequenceError) -> str:
    """Tell an error in one line, without what a program would do about it."""
    text = str(error.args[0]) if error.args else type(error).__name__
    return f"{text} [request {error.request_id}]" if error.request_id else text


def hint_for(error: SequenceError) -> str | None:
    """Say what to do about an error, where that is known."""
    if error.in_doubt and error.idempotency_key is not None:
        return f"It may have taken effect. {retry_hint(error.idempotency_key)}"
    if isinstance(error, IdempotencyKeyReusedError):
        return (
            "Another request was sent with this key. Find out what became of it before you do anything else: "
            "a new key starts a second, separate operation. A dry run and a live request are two requests."
        )
    if isinstance(error, UnauthorizedError | ForbiddenError):
        return "`sequence-async doctor` shows what each API makes of your credentials."
    if isinstance(error, NotFoundError):
        return "Look the id up in the list; the ids of the three APIs are not the same."
    if isinstance(error, RateLimitedError) and error.retry_after is not None:
        return f"Try again in {error.retry_after:.0f} s."
    return None


def retry_hint(key: str) -> str:
    """Say how a write that is in doubt is repeated safely."""
    return f"Within 24 hours, repeat the same command with --idempotency-key {key}: it is executed only once."


def report_error(error: SequenceError) -> ExitCode:
    """Tell an error on stderr, and return the exit code that fits it."""
    print_error(describe(error), hint=hint_for(error))
    return exit_code_of(error)


def run(
    work: Callable[[], Coroutine[object, object, ExitCode | None]],
    *,
    endless: bool = False,
) -> None:
    """Run a command to its end. Errors, Ctrl-C and SIGTERM are reported, and become exit codes.

    An ``endless`` command ends only by Ctrl-C or SIGTERM: its exit code is then 0.

    Raises:
        typer.Exit: with the exit code, unless that is 0.

    """
    try:
        code = asyncio.run(_run_until_sigterm(work())) or ExitCode.OK
    except _TerminatedError:
        code = _report_signal("terminated", ExitCode.TERMINATED, endless=endless)
    except SequenceError as error:
        code = report_error(error)
    except OutputError as error:
        code = _report_output_error(error)
    except KeyboardInterrupt:
        code = _report_signal("interrupted", ExitCode.INTERRUPTED, endless=endless)
    if code:
        raise typer.Exit(code)


def _report_signal(how: str, code: ExitCode, *, endless: bool) -> ExitCode:
    if endless:
        return ExitCode.OK
    print_error(how)
    return code


class _TerminatedError(Exception):
    """SIGTERM ended the work of a command."""


async def _run_until_sigterm(work: Coroutine[object, object, ExitCode | None]) -> ExitCode | None:
    """Run a command, and cancel it on SIGTERM. As process 1 of a container, it would ignore the signal."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - this runs in a task
    terminated = False

    def terminate() -> None:
        nonlocal terminated
        terminated = True
        task.cancel()

    def on_signal(_: int, __: object) -> None:
        loop.call_soon_threadsafe(terminate)

    loop = asyncio.get_running_loop()
    is_main = threading.current_thread() is threading.main_thread()
    # Not through the loop's own signal handlers, which Windows does not have.
    before = signal.signal(signal.SIGTERM, on_signal) if is_main else None
    try:
        return await work
    except asyncio.CancelledError:
        if terminated:
            raise _TerminatedError from None
        raise
    finally:
        if is_main:
            signal.signal(signal.SIGTERM, before)


def report_write(code: ExitCode, show: Callable[[], None], *, accepted: str, key: str) -> ExitCode:
    """Print the result of a write, and return its exit code: the money has moved, whether that can be printed or not.

    Args:
        code: What the command ends with.
        show: Prints the result.
        accepted: What the API has accepted, with its ID.
        key: The idempotency key.

    """
    try:
        show()
    except OutputError as error:
        print_note(f"The output could not be written ({error}). Accepted: {accepted}. Idempotency key: {key}")
    return code


def _report_output_error(error: OutputError) -> ExitCode:
    # A reader that has seen enough, such as head, needs no explanation.
    if not error.reader_gone:
        print_error(f"the output could not be written: {error}")
    return ExitCode.FAILED


@contextmanager
def exit_on_output_error() -> Generator[None, None, None]:
    """End without a traceback when help or an error message cannot be written."""
    prepare_streams()
    try:
        yield
    except OutputError as error:
        raise SystemExit(_report_output_error(error)) from None
    except OSError as error:
        if error.errno not in _OUTPUT_ERRNOS:
            raise
        print_error(f"the output could not be written: {output_error_reason(error)}")
        # Where it is an error message that cannot be written, its exit code still says what was wrong.
        raise SystemExit(getattr(error.__context__, "exit_code", ExitCode.FAILED)) from None
    finally:
        discard_unflushed_output()


def usage_error(message: str, *, hint: str | None = None) -> typer.Exit:
    """Complain about the use of a command, and return what to raise."""
    print_error(message, hint=hint)
    return typer.Exit(ExitCode.USAGE)
