"""Requests as values, built and checked before they are sent.

Middlewares read a request and may send a changed one. They cannot change what identifies the call (operation,
idempotency key, credential), or the bytes of a replay.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeAlias, cast

import attrs

from sequence_async._core.arguments import check_datetime, check_header_text
from sequence_async._core.body import decode_body, encode_body
from sequence_async._core.codec import from_bytes
from sequence_async._core.keys import check_key
from sequence_async._core.response import Response
from sequence_async._core.simulation import as_simulation
from sequence_async._core.target import build_target, check_reach
from sequence_async._decoders._runtime import unfrozen
from sequence_async.errors import ArgumentError
from sequence_async.operations._runtime import Operation

HEADERS: Final = ("X-Request-ID", "x-called-reason", "traceparent", "tracestate")
"""The headers that a request may carry besides those that the client sets."""

_ALLOWED: Final[Mapping[str, str]] = {name.lower(): name for name in HEADERS}
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})
_PATH: Final = re.compile(r"/[!-~]*")


class _Seal(NamedTuple):
    """The original values of a request, to detect changes."""

    operation: Operation[Any]
    path: str
    model: Any
    body: bytes | None
    idempotency_key: str | None
    credential_id: str
    not_after: datetime | None
    is_replay: bool


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Request:
    """One call, before it is sent. Change a copy with ``attrs.evolve``.

    ``attrs.evolve(request, model=…)`` encodes the new body. The operation, the idempotency key and the credential
    cannot be changed. Of a replay, only headers, extensions and an earlier ``not_after`` can.

    Raises:
        ArgumentError: A change is not allowed, or a value is invalid.

    """

    operation: Operation[Any]
    path: str
    """The path and query to send, without the base URL."""
    model: Any = None
    """The body as its generated model, or a ``dict`` if its fields are undocumented; ``None`` without a body."""
    body: bytes | None = None
    """The bytes to send, with the fields in the model's order."""
    idempotency_key: str | None = None
    """The key that every attempt of a write sends; ``None`` for a read."""
    headers: Mapping[str, str] = attrs.field(default=_NONE)
    """Extra headers: ``X-Request-ID``, ``x-called-reason``, ``traceparent``, ``tracestate``. Never the credential."""
    credential_id: str = ""
    """A short digest that identifies the credential. A request never contains the credential itself."""
    not_after: datetime | None = None
    """No attempt starts later than this. Aware UTC, compared with the wall clock."""
    extensions: Mapping[str, Any] = attrs.field(default=_NONE)
    """Values that middlewares pass to each other. They are not sent."""
    _seal: _Seal | None = None

    def __attrs_post_init__(self) -> None:
        if self.headers:
            object.__setattr__(self, "headers", _checked_headers(self.headers))
        if self.extensions is not _NONE:
            object.__setattr__(self, "extensions", MappingProxyType(dict(self.extensions)))
        if self.not_after is not None:
            check_datetime("not_after", self.not_after)
        if self._seal is not None:
            self._check_changes(self._seal)

    def _check_changes(self, seal: _Seal) -> None:
        for name in ("operation", "idempotency_key", "credential_id"):
            if getattr(self, name) != getattr(seal, name):
                raise ArgumentError(f"{name} of a request must not be changed.")
        if seal.is_replay:
            self._check_replay(seal)
            return
        if self.path != seal.path:
            _check_path(self.operation, self.path)
            if self.operation.credential == "rule-secret":
                # The secret of one rule would be sent to another.
                raise ArgumentError("path of a request with a rule's own secret must not be changed.")
        if self.model is not seal.model:
            model, body = encode_body(self.operation, self.model)
            object.__setattr__(self, "model", model)
        else:
            body = seal.body
            if self.body != body:
                raise ArgumentError(
                    "body of a request must not be changed: it follows from its model. Change the model."
                )
        object.__setattr__(self, "body", body)
        object.__setattr__(self, "_seal", seal._replace(path=self.path, model=self.model, body=body))

    def _check_replay(self, seal: _Seal) -> None:
        for name in ("path", "model", "body"):
            if getattr(self, name) is not getattr(seal, name) and getattr(self, name) != getattr(seal, name):
                raise ArgumentError(f"{name} of a replay must not be changed. A replay sends the original bytes.")
        if seal.not_after is not None and (self.not_after is None or self.not_after > seal.not_after):
            raise ArgumentError("not_after of a replay must not be made later.")
        object.__setattr__(self, "_seal", seal._replace(not_after=self.not_after))

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.operation.method

    @property
    def effect(self) -> Literal["read", "write"]:
        """Whether the operation changes anything."""
        return self.operation.effect

    @property
    def simulation(self) -> bool:
        """Whether the body makes this call a dry run."""
        dry_run = self.operation.dry_run
        if dry_run is None:
            return False
        if self.model is not None:
            return getattr(self.model, dry_run.attribute) is True
        return self.body is not None and _is_true_in(self.body, dry_run.field)

    @property
    def is_replay(self) -> bool:
        """Whether the request sends the bytes of an earlier one."""
        return self._seal is not None and self._seal.is_replay

    @classmethod
    def replay(
        cls,
        operation: Operation[Any],
        *,
        path: str,
        body: bytes | None,
        idempotency_key: str | None,
        headers: Mapping[str, str] = _NONE,
        credential_id: str = "",
        not_after: datetime | None = None,
        extensions: Mapping[str, Any] = _NONE,
    ) -> Request:
        """Return a request that sends the exact bytes of an earlier one. Send it with ``client.send``.

        Args:
            operation: The operation that was called.
            path: The path and query that were sent, without the base URL.
            body: The bytes that were sent.
            idempotency_key: The key that was sent.
            headers: Extra headers, as in :attr:`headers`.
            credential_id: The digest of the required credential; ``""`` for any credential of the client.
            not_after: No attempt starts later than this. Aware UTC.
            extensions: As in :attr:`extensions`.

        Raises:
            ArgumentError: A value is invalid.

        """
        if not isinstance(cast("object", operation), Operation):
            raise ArgumentError(f"operation must be an Operation, not {type(operation).__name__}.")
        _check_path(operation, path)
        if not isinstance(cast("object", body), bytes | None):
            raise ArgumentError(f"body must be bytes or None, not {type(body).__name__}.")
        if (body is None) != (operation.body is None):
            raise ArgumentError(f"{operation.id} takes {'no' if operation.body is None else 'a'} body.")
        if operation.takes_key is (idempotency_key is None):
            needs = "needs the idempotency_key that was sent" if operation.takes_key else "takes no idempotency_key"
            raise ArgumentError(f"A replay of {operation.id} {needs}.")
        return seal(
            cls(
                operation=operation,
                path=path,
                model=decode_body(operation, body),
                body=body,
                idempotency_key=None if idempotency_key is None else check_key(idempotency_key),
                headers=headers,
                credential_id=credential_id,
                not_after=not_after,
                extensions=extensions,
            ),
            is_replay=True,
        )

    def __repr__(self) -> str:
        # Path and body are left out because they contain IDs and amounts.
        key = "" if self.idempotency_key is None else f" key={self.idempotency_key}"
        kind = "Replay" if self.is_replay else "Request"
        return f"<{kind} {self.operation.api.id}.{self.operation.id}{key}>"


_UnfilledRequest: Final = unfrozen(Request)

Send: TypeAlias = Callable[[Request], Awaitable[Response[Any]]]
"""Sends a request, and returns the response."""
Middleware: TypeAlias = Callable[[Request, Send], Awaitable[Response[Any]]]
"""Wraps every request of a client: ``async def middleware(request, send)``."""


def seal(request: Request, *, is_replay: bool = False) -> Request:
    """Store the original values in a request. From then on, only permitted changes are possible."""
    if request._seal is not None:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        return request
    made = _Seal(
        request.operation,
        request.path,
        request.model,
        request.body,
        request.idempotency_key,
        request.credential_id,
        request.not_after,
        is_replay,
    )
    object.__setattr__(request, "_seal", made)
    return request


@attrs.frozen(kw_only=True)
class BuildSettings:
    """The settings that all requests of a client, or of a client from ``with_options``, share."""

    headers: Mapping[str, str]
    """Extra headers."""
    prefixes: Mapping[str, str]
    """The prefix of the path, by operation ID."""
    simulation: bool
    """Whether every write must be a dry run."""
    now: Callable[[], datetime]
    """Returns the current time, to check how far back a time range starts."""
    fresh_key: Callable[[], str]
    """Returns a new idempotency key."""


def build_request(
    operation: Operation[Any],
    path: Mapping[str, str] | None,
    query: Mapping[str, Any] | None,
    *,
    settings: BuildSettings,
    credential_id: str,
    body: object = None,
    idempotency_key: str | None = None,
) -> Request:
    """Build the request of a call. Only this function creates a path, a query or a body.

    Args:
        operation: The operation.
        path: Path parameters, by their names in the API description.
        query: Query parameters, by their names in the API description.
        settings: The client's settings.
        credential_id: A digest of the credential.
        body: The request model, or a mapping with the API's field names.
        idempotency_key: The caller's key, or ``None`` for a new one.

    Raises:
        ArgumentError: An argument is invalid.

    """
    target = build_target(operation, path, query)
    if query:
        check_reach(operation, query, settings.now())
    if operation.takes_key:
        idempotency_key = settings.fresh_key() if idempotency_key is None else check_key(idempotency_key)
    elif idempotency_key is not None:
        raise ArgumentError(f"{operation.id} takes no idempotency_key.")
    if settings.simulation:
        body = as_simulation(operation, body)
    model, text = (None, None) if operation.body is body is None else encode_body(operation, body)
    headers = _checked_headers(settings.headers) if settings.headers else _NONE
    # This runs in every call, and a frozen class would take seven times as long to fill. Nothing below can raise, so no
    # traceback shows an incomplete request.
    request: Any = _UnfilledRequest()
    request.operation = operation
    request.path = settings.prefixes.get(operation.id, "") + target
    request.model = model
    request.body = text
    request.idempotency_key = idempotency_key
    request.headers = headers
    request.credential_id = credential_id
    request.not_after = None
    request.extensions = _NONE
    request._seal = None  # noqa: SLF001
    request.__class__ = Request
    return cast("Request", request)


def path_parameters(request: Request) -> Mapping[str, str]:
    """Return the path parameters of a request, still quoted."""
    found = _template(request.operation.path).fullmatch(request.path.partition("?")[0])
    return {} if found is None else dict(zip(request.operation.path_parameters, found.groups(), strict=True))


def _check_path(operation: Operation[Any], path: object) -> None:
    """Check that a path from outside matches its operation."""
    if not isinstance(path, str) or not _PATH.fullmatch(path) or "#" in path:
        raise ArgumentError("path must begin with a slash and contain only printable ASCII characters.")
    found = _template(operation.path).fullmatch(path.partition("?")[0])
    if found is None or {".", ".."} & set(found.groups()):
        raise ArgumentError(f"path must match {operation.path} for {operation.id}.")


@cache
def _template(path: str) -> re.Pattern[str]:
    parts = [f"({_PARAMETER})" if part.startswith("{") else re.escape(part) for part in path.split("/")]
    return re.compile(f"(?:/remote-api)??{'/'.join(parts)}")


_PARAMETER: Final = r"[^/?#]+"


def _checked_headers(headers: object) -> Mapping[str, str]:
    if not isinstance(headers, Mapping):
        raise ArgumentError(f"headers must be a mapping, not {type(headers).__name__}.")
    checked: dict[str, str] = {}
    for name, value in cast("Mapping[object, object]", headers).items():
        known = _ALLOWED.get(name.lower()) if isinstance(name, str) else None
        if known is None:
            raise ArgumentError(f"headers must contain only {', '.join(HEADERS)}.")
        checked[known] = check_header_text(known, value)
    return MappingProxyType(checked)


def _is_true_in(body: bytes, field: str) -> bool:
    try:
        parsed = from_bytes(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(parsed, dict) and cast("dict[str, Any]", parsed).get(field) is True
