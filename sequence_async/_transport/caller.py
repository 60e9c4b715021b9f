"""The layer below the resource methods: build a request from arguments, and send it."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

from sequence_async._core.redaction import Secret
from sequence_async._core.request import BuildSettings, Request, build_request, path_parameters
from sequence_async._core.response import Response
from sequence_async._transport.engine import Engine
from sequence_async._transport.settings import Options, SharedState
from sequence_async.errors import ComingSoonError
from sequence_async.operations._runtime import Operation

T = TypeVar("T")


class Caller:
    """Calls operations. A client from ``with_options`` is another caller with the same :class:`SharedState`."""

    __slots__ = ("_engine", "_settings", "options", "shared")

    def __init__(self, shared: SharedState, options: Options) -> None:
        self.shared = shared
        self.options = options
        self._engine = Engine(shared, options)
        self._settings = BuildSettings(
            headers=options.headers,
            prefixes=shared.prefixes,
            simulation=shared.simulation,
            now=_now,
            fresh_key=_fresh_key,
        )

    def call(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: object = None,
        idempotency_key: str | None = None,
        secret: Secret | None = None,
        timeout: float | None = None,
        queued: bool = False,
    ) -> Awaitable[Response[T]]:
        """Call an operation. For ``queued``, see :meth:`Engine.send`.

        Raises:
            SequenceError: The call failed; see :mod:`sequence_async.errors`.

        """
        if operation.availability != "available":
            self.check_preview(operation.id)
        credential = self.shared.credential(operation, path, secret)
        request = build_request(
            operation,
            path,
            query,
            settings=self._settings,
            credential_id=credential.id,
            body=body,
            idempotency_key=idempotency_key,
        )
        seconds = self.options.timeout if timeout is None else min(timeout, self.options.timeout)
        return self._engine.send(request, credential, seconds, queued=queued, built_here=True)

    def build(
        self,
        operation: Operation[Any],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> Request:
        """Return the request of a read without sending it.

        Raises:
            ArgumentError: An argument is invalid.
            ComingSoonError: ``preview`` does not unlock the operation.

        """
        if operation.availability != "available":
            self.check_preview(operation.id)
        credential = self.shared.credential(operation, path, None)
        return build_request(operation, path, query, settings=self._settings, credential_id=credential.id)

    def send(self, request: Request, *, queued: bool = False, built_here: bool = False) -> Awaitable[Response[Any]]:
        """Send an existing request. For the arguments, see :meth:`Engine.send`.

        Raises:
            SequenceError: The call failed; see :mod:`sequence_async.errors`.

        """
        operation = request.operation
        if operation.availability != "available":
            self.check_preview(operation.id)
        credential = self.shared.credential(operation, path_parameters(request), None)
        return self._engine.send(request, credential, self.options.timeout, queued=queued, built_here=built_here)

    def check_preview(self, name: str) -> None:
        """Check that ``preview`` unlocks an operation that is coming soon.

        Raises:
            ComingSoonError: It does not. The message says how to unlock the operation.

        """
        preview = self.shared.preview
        if preview is True or (preview is not False and name in preview):
            return
        error = ComingSoonError(
            f"{name} is documented as coming soon, so the API may not support it yet. To call it anyway, "
            f"create the client with preview={{{name!r}}}, or with preview=True for all such operations.",
        )
        error.operation = name
        raise error


def _fresh_key() -> str:
    return str(uuid4())


def _now() -> datetime:
    return datetime.now(UTC)
