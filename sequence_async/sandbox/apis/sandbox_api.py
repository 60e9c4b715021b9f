"""What all surfaces have in common: the steps of a call, idempotency keys, and how answers are put together."""

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
    """Give what tells one meant thing from another: the operation, its ids and its body, however that is laid out."""
    body = call.body
    if body:
        try:
            body = orjson.dumps(orjson.loads(body), option=orjson.OPT_SORT_KEYS)
        except orjson.JSONDecodeError:
            body = call.body
    return blake2b(b"\0".join((call.route.id.encode(), *(one.encode() for one in call.ids), body))).digest()


class SandboxApi:
    """One API. A call goes through :meth:`begin`, :meth:`perform` and :meth:`finish`, in this order."""

    name: str
    request_id_header: str | None = None
    idempotency_header: str
    text_headers: tuple[str, ...] = ()
    """Optional headers that must not be empty when they are sent."""
    idempotency_pattern: re.Pattern[str] = re.compile(r"[\x21-\x7e]{1,255}")
    errors: Mapping[ErrorReason, tuple[int, str, str]]
    """Status, code and message; a message of the refusal's own comes first."""
    router: Router

    def __init__(self, world: World) -> None:
        self.world = world

    def format_id(self, identifier: str) -> str:
        """Write an ID the way this API does: as a UUID, unless it says otherwise."""
        return identifier

    def new_request_id(self) -> str:
        """Make an id for a request that came without one."""
        raise NotImplementedError

    def not_found_response(self, method: str) -> ApiResponse:
        """Answer a request for something that is not there."""
        del method
        return NOT_FOUND

    # The steps of a call

    def authenticate(self, call: ApiCall) -> str:
        """Let a call in, and say to whom its idempotency key belongs. Raises a refusal."""
        raise NotImplementedError

    def begin(self, call: ApiCall) -> ApiResponse | None:
        """Let a call in: its credential, its limit, and the earlier answer that its idempotency key may bring back."""
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
        known = memory.look_up(call.key_owner, call.idempotency_key, mark, now_ms, running)
        if known is None:
            memory.begin(call.key_owner, call.idempotency_key, mark, now_ms)
            call.key_reserved = True
            return None
        call.replayed = True
        return self._replay(call, known.answer)

    def perform(self, call: ApiCall) -> ApiResponse:
        """Carry a call out. Raises a refusal."""
        assert call.route.perform is not None  # noqa: S101 - begin has refused the call otherwise
        try:
            return call.route.perform(call)
        except ValidationError as broken:
            raise invalid(f"The body is not valid: {self.wire_name(str(broken))}.") from None

    def finish(self, call: ApiCall, answer: ApiResponse | None) -> None:
        """Remember the answer of a call that had an effect."""
        if call.key_reserved and call.idempotency_key is not None:
            done = answer is not None and answer.status < 300  # noqa: PLR2004 - success
            self.world.idempotency_store.finish(call.key_owner, call.idempotency_key, answer if done else None)

    def wire_name(self, text: str) -> str:
        """Write names of members as this API does."""
        return text

    def _replay(self, call: ApiCall, answer: ApiResponse) -> ApiResponse:
        # A caller that names its request gets that name back; any other gets the first answer to the byte.
        if self.request_id_header is not None and self.request_id_header in call.headers:
            return self.success(call, answer.status, answer.data)
        call.request_id = answer.request_id
        return answer

    # Answers

    def envelope(self, call: ApiCall, data: Any, beside: Mapping[str, Any] | None) -> dict[str, Any]:
        """Put data into the envelope of this surface."""
        raise NotImplementedError

    def error_envelope(self, call: ApiCall, code: str, message: str) -> dict[str, Any]:
        """Put an error into the envelope of this surface."""
        raise NotImplementedError

    def success(self, call: ApiCall, status: int, data: Any, beside: Mapping[str, Any] | None = None) -> ApiResponse:
        """Answer with data."""
        if data is None:
            return ApiResponse(status, b"", request_id=call.request_id)
        body = orjson.dumps(self.envelope(call, data, beside), option=_UTC)
        return ApiResponse(status, body, data=data, request_id=call.request_id)

    def error_response(self, call: ApiCall, refusal: ApiError) -> ApiResponse:
        """Answer with an error."""
        status, code, message = self.errors[refusal.reason]
        answer = self.error_response_with(call, status, code, refusal.message or message)
        if refusal.retry_after is not None:
            answer.headers = {"Retry-After": str(refusal.retry_after)}
        return answer

    def error_response_with(self, call: ApiCall, status: int, code: str, message: str) -> ApiResponse:
        """Answer with an error of any kind."""
        body = orjson.dumps(self.error_envelope(call, code, message))
        return ApiResponse(status, body, code=code, request_id=call.request_id)

    def document(self, call: ApiCall) -> ObjectReader:
        """Read the body as a JSON object."""
        return ObjectReader(call.json())
