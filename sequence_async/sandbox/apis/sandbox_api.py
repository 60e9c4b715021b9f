"""The base of all APIs: the steps of a call, idempotency keys and responses."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import orjson

from sequence_async.sandbox.errors import ApiError, ErrorReason, invalid
from sequence_async.sandbox.routing import NOT_FOUND, ApiCall, ApiResponse, Router
from sequence_async.sandbox.validation import ObjectReader, ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sequence_async.sandbox.world import World

_UTC: Final = orjson.OPT_UTC_Z


def fingerprint(call: ApiCall) -> bytes:
    """Return a hash of the operation, its IDs and its body. The formatting of the JSON does not matter."""
    body = call.body
    if body:
        try:
            body = orjson.dumps(orjson.loads(body), option=orjson.OPT_SORT_KEYS)
        except orjson.JSONDecodeError:
            body = call.body
    return blake2b(b"\0".join((call.route.id.encode(), *(one.encode() for one in call.ids), body))).digest()


class SandboxApi:
    """An API. A call goes through :meth:`begin`, :meth:`perform` and :meth:`finish`, in this order."""

    name: str
    request_id_header: str | None = None
    idempotency_header: str
    text_headers: tuple[str, ...] = ()
    """Optional headers that must not be empty if sent."""
    idempotency_pattern: re.Pattern[str] = re.compile(r"[\x21-\x7e]{1,255}")
    errors: Mapping[ErrorReason, tuple[int, str, str]]
    """Status, code and default message by reason."""
    router: Router

    def __init__(self, world: World) -> None:
        self.world = world

    def format_id(self, identifier: str) -> str:
        """Return an ID in the form of this API. The default is a UUID."""
        return identifier

    def new_request_id(self) -> str:
        """Return a new ID for a request that has none."""
        raise NotImplementedError

    def not_found_response(self, method: str) -> ApiResponse:
        """Return the response for an unknown path."""
        del method
        return NOT_FOUND

    # The steps of a call

    def authenticate(self, call: ApiCall) -> str:
        """Authenticate a call and return the owner of its idempotency key. Raises :class:`ApiError`."""
        raise NotImplementedError

    def begin(self, call: ApiCall) -> ApiResponse | None:
        """Check the credential, the rate limit and the idempotency key of a call.

        Returns the response to replay, or ``None`` if the call must be performed. Raises :class:`ApiError`.
        """
        if call.route.perform is None:
            raise ApiError(ErrorReason.NOT_IMPLEMENTED, f"The sandbox has no handler for {call.route.id}.")
        call.key_owner = self.authenticate(call)
        for header in self.text_headers:
            if call.headers.get(header) == "":
                raise invalid(f"The header '{header}' is empty.")
        running = call.route.running
        if running is None or call.idempotency_key is None:
            return None
        if not self.idempotency_pattern.fullmatch(call.idempotency_key):
            raise invalid(f"The header '{self.idempotency_header}' is not a legal idempotency key.")
        memory, now_ms, mark = self.world.idempotency_store, self.world.now_ms, fingerprint(call)
        record = memory.look_up(call.key_owner, call.idempotency_key, mark, now_ms, running)
        if record is None:
            memory.begin(call.key_owner, call.idempotency_key, mark, now_ms)
            call.key_reserved = True
            return None
        call.replayed = True
        return self._replay(call, record.response)

    def perform(self, call: ApiCall) -> ApiResponse:
        """Perform a call. Raises :class:`ApiError`."""
        assert call.route.perform is not None  # noqa: S101 - begin() rejects calls without a handler
        try:
            return call.route.perform(call)
        except ValidationError as error:
            raise invalid(f"The body is not valid: {self.wire_name(str(error))}.") from None

    def finish(self, call: ApiCall, response: ApiResponse | None) -> None:
        """Store the response of a successful call under its idempotency key."""
        if call.key_reserved and call.idempotency_key is not None:
            done = response is not None and response.status < 300  # noqa: PLR2004 - success
            self.world.idempotency_store.finish(call.key_owner, call.idempotency_key, response if done else None)

    def wire_name(self, text: str) -> str:
        """Return a text with field names in the style of this API."""
        return text

    def _replay(self, call: ApiCall, response: ApiResponse) -> ApiResponse:
        # A client that sends a request ID gets it back. Otherwise, the replay is byte-identical to the first response.
        if self.request_id_header is not None and self.request_id_header in call.headers:
            return self.success(call, response.status, response.data)
        call.request_id = response.request_id
        return response

    # Responses

    def envelope(self, call: ApiCall, data: Any, extra: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return data in the envelope of this API."""
        raise NotImplementedError

    def error_envelope(self, call: ApiCall, code: str, message: str) -> dict[str, Any]:
        """Return an error in the envelope of this API."""
        raise NotImplementedError

    def success(self, call: ApiCall, status: int, data: Any, extra: Mapping[str, Any] | None = None) -> ApiResponse:
        """Return a response with data."""
        if data is None:
            return ApiResponse(status, b"", request_id=call.request_id)
        body = orjson.dumps(self.envelope(call, data, extra), option=_UTC)
        return ApiResponse(status, body, data=data, request_id=call.request_id)

    def error_response(self, call: ApiCall, error: ApiError) -> ApiResponse:
        """Return the response for an error."""
        status, code, message = self.errors[error.reason]
        response = self.error_response_with(call, status, code, error.message or message)
        if error.retry_after is not None:
            response.headers = {"Retry-After": str(error.retry_after)}
        return response

    def error_response_with(self, call: ApiCall, status: int, code: str, message: str) -> ApiResponse:
        """Return an error response with any status, code and message."""
        body = orjson.dumps(self.error_envelope(call, code, message))
        return ApiResponse(status, body, code=code, request_id=call.request_id)

    def document(self, call: ApiCall) -> ObjectReader:
        """Return a reader of the body, which must be a JSON object."""
        return ObjectReader(call.json())
