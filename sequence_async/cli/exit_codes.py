"""Exit codes and error messages: one line and a hint, never a traceback."""

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
    """The exit code of a command."""

    OK = 0
    FAILED = 1
    """The API returned an error, the transfer or execution failed, or a result could not be written."""
    USAGE = 2
    """Nothing was sent: an argument, a credential or a confirmation is missing or invalid."""
    IN_DOUBT = 3
    """A write may have taken effect. Retry it with the idempotency key that was printed."""
    NO_RESPONSE = 4
    """No usable response, 429, or a 5xx error. Try again later."""
    WAIT_TIMED_OUT = 5
    """The wait timed out or failed. The transfer or execution continues."""
    INTERRUPTED = 130
    """Ctrl-C ended a command that does not run until it is stopped."""
    TERMINATED = 143
    """SIGTERM ended a command that does not run until it is stopped."""


EXIT_CODES = """Exit codes: 0 success; a live write was accepted · 1 the API returned an error, the transfer or \
execution failed, or a result could not be written · 2 usage or configuration error, nothing was sent · 3 in doubt: a \
write may have taken effect, retry it with its key · 4 no response, try again later · 5 the wait ended first · 130 \
interrupted by Ctrl-C · 143 terminated by SIGTERM"""

_OUTPUT_ERRNOS = frozenset({errno.ENOSPC, errno.EPIPE, errno.EBADF, errno.EIO, errno.EFBIG})
_NOTHING_SENT = (ArgumentError, ConfigurationError, ComingSoonError, UsageError)
_TEMPORARY = (NoResponseError, ServerError, RateLimitedError, OperationInProgressError)


def exit_code_of(error: SequenceError) -> ExitCode:
    """Return the exit code for an error."""
    if error.in_doubt:
        return ExitCode.IN_DOUBT
    if isinstance(error, _NOTHING_SENT):
        return ExitCode.USAGE
    if isinstance(error, WaitTimeoutError):
        return ExitCode.WAIT_TIMED_OUT
    return ExitCode.NO_RESPONSE if isinstance(error, _TEMPORARY) else ExitCode.FAILED


def describe(error: SequenceError) -> str:
    """Return an error as one line, with the request ID but without a hint."""
    text = str(error.args[0]) if error.args else type(error).__name__
    return f"{text} [request {error.request_id}]" if error.request_id else text


def hint_for(error: SequenceError) -> str | None:
    """Return the next step after an error, or ``None`` if there is no known one."""
    if error.in_doubt and error.idempotency_key is not None:
        return f"The write may have taken effect. {retry_hint(error.idempotency_key)}"
    if isinstance(error, IdempotencyKeyReusedError):
        return (
            "The key was already used for another request. Find out the outcome of that request before you use a new "
            "key, because a new key starts a second operation. A dry run and a live request need different keys."
        )
    if isinstance(error, UnauthorizedError | ForbiddenError):
        return "Run `sequence-async doctor` to see which APIs accept your credentials."
    if isinstance(error, NotFoundError):
        return "Look up the ID in the list. The three APIs use different IDs."
    if isinstance(error, RateLimitedError) and error.retry_after is not None:
        return f"Try again in {error.retry_after:.0f} s."
    return None


def retry_hint(key: str) -> str:
    """Return how to safely retry a write that is in doubt."""
    return f"Within 24 hours, retry the same command with --idempotency-key {key}. The write is executed only once."


def report_error(error: SequenceError) -> ExitCode:
    """Print an error to stderr, and return its exit code."""
    print_error(describe(error), hint=hint_for(error))
    return exit_code_of(error)


def run(
    work: Callable[[], Coroutine[object, object, ExitCode | None]],
    *,
    endless: bool = False,
) -> None:
    """Run a command, and turn errors, Ctrl-C and SIGTERM into messages and exit codes.

    An ``endless`` command runs until Ctrl-C or SIGTERM. Its exit code is then 0.

    Raises:
        typer.Exit: The exit code is not 0.

    """
    try:
        code = asyncio.run(_run_until_sigterm(work())) or ExitCode.OK
    except _TerminatedError:
        code = _report_signal("Terminated by SIGTERM.", ExitCode.TERMINATED, endless=endless)
    except SequenceError as error:
        code = report_error(error)
    except OutputError as error:
        code = _report_output_error(error)
    except KeyboardInterrupt:
        code = _report_signal("Interrupted by Ctrl-C.", ExitCode.INTERRUPTED, endless=endless)
    if code:
        raise typer.Exit(code)


def _report_signal(message: str, code: ExitCode, *, endless: bool) -> ExitCode:
    if endless:
        return ExitCode.OK
    print_error(message)
    return code


class _TerminatedError(Exception):
    """SIGTERM ended a command."""


async def _run_until_sigterm(work: Coroutine[object, object, ExitCode | None]) -> ExitCode | None:
    """Run a command, and cancel it on SIGTERM, which process 1 of a container ignores by default."""
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
    # Event loops on Windows have no signal handlers.
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
    """Print the result of a write, and return its exit code, even if the result cannot be printed.

    Args:
        code: The exit code of the command.
        show: A function that prints the result.
        accepted: The transfer or execution that the API accepted, with its ID.
        key: The idempotency key.

    """
    try:
        show()
    except OutputError as error:
        print_note(f"The output could not be written: {error}. Accepted: {accepted}. Idempotency key: {key}")
    return code


def _report_output_error(error: OutputError) -> ExitCode:
    # A reader such as head closes the pipe on purpose, so this is not an error to report.
    if not error.reader_gone:
        print_error(f"The output could not be written: {error}.")
    return ExitCode.FAILED


@contextmanager
def exit_on_output_error() -> Generator[None, None, None]:
    """Exit without a traceback if help or an error message cannot be written."""
    prepare_streams()
    try:
        yield
    except OutputError as error:
        raise SystemExit(_report_output_error(error)) from None
    except OSError as error:
        if error.errno not in _OUTPUT_ERRNOS:
            raise
        print_error(f"The output could not be written: {output_error_reason(error)}.")
        # If the text is an error message, the exit code is that of the error.
        raise SystemExit(getattr(error.__context__, "exit_code", ExitCode.FAILED)) from None
    finally:
        discard_unflushed_output()


def usage_error(message: str, *, hint: str | None = None) -> typer.Exit:
    """Print a usage error, and return the exception to raise."""
    print_error(message, hint=hint)
    return typer.Exit(ExitCode.USAGE)
