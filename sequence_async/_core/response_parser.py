"""Parse a response: turn status, headers and body into a value or an error."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, cast

import attrs

from sequence_async._core import codec
from sequence_async._core.redaction import Secret
from sequence_async._core.retry import parse_retry_after
from sequence_async._core.unicode import MalformedIdError, repaired_header
from sequence_async.errors import (
    APIError,
    BadRequestError,
    ConflictError,
    DecodeError,
    ForbiddenError,
    IdempotencyKeyReusedError,
    NotFoundError,
    OperationInProgressError,
    RateLimitedError,
    SequenceError,
    ServerError,
    UnauthorizedError,
)
from sequence_async.operations._runtime import Api, Operation

MAX_BODY_BYTES: Final = 16 * 1024 * 1024

_BY_STATUS: Final[Mapping[int, type[APIError]]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitedError,
}
_MESSAGE_LIMIT = 500


@attrs.define
class Success:
    """A value and its metadata."""

    data: Any
    request_id: str | None
    envelope: Mapping[str, Any]
    """The whole response, as parsed JSON."""


@attrs.define
class Failure:
    """An error, and the facts that the retry rules need."""

    error: SequenceError
    status: int
    """0 if no response arrived."""
    retry_after: float | None = None
    in_progress: bool = False
    may_have_executed: bool = False
    """Whether a write with this result may have taken effect."""
    permanent: bool = False
    """Whether the next attempt would fail in the same way."""


def parse_response(
    operation: Operation[Any],
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    credential: Secret,
) -> Success | Failure:
    """Return the value or the error in a complete response. This function never raises."""
    if 200 <= status < 300:  # noqa: PLR2004
        try:
            return _read_success(operation, headers, body)
        except _ErrorInSuccessError:
            pass
        except DecodeError as error:
            error.request_id = _request_id(operation, headers, None)
            return Failure(without_context(error), status, may_have_executed=True)
    return _read_error(operation, status, headers, body, credential)


class _ErrorInSuccessError(Exception):
    """A response whose status is a success and whose code is an error."""


def without_context(error: DecodeError) -> DecodeError:
    """Return an error without its traceback and context, which would show the unreadable text.

    The text can contain account numbers. It is in the local variables of the frames and in the parser's own error.
    """
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def too_large(operation: Operation[Any], status: int, headers: Mapping[str, str]) -> Failure:
    """Return the failure for a response that is too large to read."""
    error = DecodeError(
        f"{operation.id}: the response is larger than {MAX_BODY_BYTES // 1024 // 1024} MiB and was not read."
    )
    error.request_id = _request_id(operation, headers, None)
    return Failure(error, status, may_have_executed=True)


def _read_success(operation: Operation[Any], headers: Mapping[str, str], body: bytes) -> Success:
    if operation.result is None:
        return Success(None, _request_id(operation, headers, None), {})
    read = codec.from_bytes_exactly if operation.api.exact_numbers else codec.from_bytes
    try:
        envelope = read(body)
    except MalformedIdError as malformed:
        raise DecodeError(f"Unexpected response: {malformed}.") from None
    except (ValueError, RecursionError):
        raise DecodeError(f"{operation.id}: the response is not JSON: {_kind_of(headers, body)}.") from None
    if envelope.__class__ is not dict:
        raise DecodeError("Unexpected response: $ should be an object.")
    code = envelope.get("code")
    if code.__class__ is str and code in operation.api.error_statuses:
        raise _ErrorInSuccessError
    if "data" not in envelope:
        raise DecodeError("Unexpected response: $.data is missing.")
    if operation.outside_data or operation.legacy_names:
        data = _read_split_result(operation, envelope)
    else:
        data = codec.decode(operation.api.id, operation.result, envelope["data"], "$.data")
    return Success(data, _request_id(operation, headers, envelope), envelope)


def _read_split_result(operation: Operation[Any], envelope: Mapping[str, Any]) -> Any:
    """Return a result with fields that are next to ``data``, or have an older name."""
    data = envelope["data"]
    found: dict[str, str] = {}
    if data.__class__ is dict:
        data = dict(data)
        for name in operation.outside_data:
            if data.get(name) is None and name in envelope:
                data[name] = envelope[name]
                found[f"$.data.{name}"] = f"$.{name}"
        for older, name in operation.legacy_names.items():
            if data.get(name) is None and older in data:
                data[name] = data[older]
                found[f"$.data.{name}"] = f"$.data.{older}"
    try:
        return codec.decode(operation.api.id, operation.result, data, "$.data")
    except DecodeError as error:
        text = str(error)
        for place, origin in found.items():
            text = text.replace(place, origin)
        raise DecodeError(text) from None


def _kind_of(headers: Mapping[str, str], body: bytes) -> str:
    kind = headers.get("Content-Type", "no content type").split(";")[0][:60]
    return f"{len(body)} bytes of {kind}"


def _request_id(
    operation: Operation[Any], headers: Mapping[str, str], envelope: Mapping[str, Any] | None
) -> str | None:
    if envelope is not None:
        member = operation.api.request_id_member
        found = envelope.get(member)
        if found is None and isinstance(inner := envelope.get("data"), dict):
            found = cast("dict[str, Any]", inner).get(member)
        if found.__class__ is str:
            return str(found)
    name = operation.api.request_id_header
    found = headers.get(name) if name else None
    return None if found is None else repaired_header(found)


def _read_error(
    operation: Operation[Any],
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    credential: Secret,
) -> Failure:
    envelope, code, said = _error_body(body)
    code = credential.scrub(code)[:_MESSAGE_LIMIT] if code else None
    said = credential.scrub(said)[:_MESSAGE_LIMIT]
    in_progress = status == HTTPStatus.CONFLICT and (code or "").upper().endswith("_IN_PROGRESS")
    meant = operation.api.error_statuses.get(code or "", status)
    kind = _error_class(meant, code, in_progress=in_progress)
    text = _describe(operation, status, code, said)
    if kind is UnauthorizedError:
        text += f" {_credential_hint(operation.api, credential)}"
    error = kind(text, status=status, code=code, api_message=said)
    request_id = _request_id(operation, headers, envelope)
    error.request_id = credential.scrub(request_id) if request_id else None
    retry_after = parse_retry_after(headers.get("Retry-After"), headers.get("Date"))
    if isinstance(error, RateLimitedError):
        error.retry_after = retry_after
    return Failure(
        error, meant, retry_after, in_progress, in_progress or _may_have_executed(status) or _may_have_executed(meant)
    )


def _may_have_executed(status: int) -> bool:
    """Return whether the effect is unknown: after a redirect, a 408 or a 5xx."""
    return status < 400 or status == HTTPStatus.REQUEST_TIMEOUT or status >= 500  # noqa: PLR2004


def _error_class(status: int, code: str | None, *, in_progress: bool) -> type[APIError]:
    if in_progress:
        return OperationInProgressError
    if status == HTTPStatus.BAD_REQUEST and (code or "").upper() == "IDEMPOTENCY_KEY_MISMATCH":
        return IdempotencyKeyReusedError
    if status >= 500:  # noqa: PLR2004
        return ServerError
    return _BY_STATUS.get(status, APIError)


def _error_body(body: bytes) -> tuple[Mapping[str, Any] | None, str | None, str]:
    """Return envelope, code and message. Errors are in ``error``, or at the top level (Remote API)."""
    try:
        # The error is more important than a malformed ID that it quotes.
        envelope = codec.from_bytes(body, check_ids=False)
    except (ValueError, RecursionError):
        return None, None, ""
    if not isinstance(envelope, dict):
        return None, None, ""
    members = cast("dict[str, Any]", envelope)
    inner = members.get("error", members)
    if not isinstance(inner, dict):
        return members, None, ""
    error = cast("dict[str, Any]", inner)
    code, message = error.get("code"), error.get("message")
    return members, code if isinstance(code, str) else None, message if isinstance(message, str) else ""


def _describe(operation: Operation[Any], status: int, code: str | None, said: str) -> str:
    text = f"{operation.id}: {status} {code or _phrase(status)}"
    if said:
        text += f": {said}"
    if not text.endswith("."):
        text += "."
    if 300 <= status < 400:  # noqa: PLR2004
        text += " The client does not follow redirects, which would send the credential to another URL. Check base_url."
    if status == HTTPStatus.FORBIDDEN and operation.scope:
        text += f" The key needs the scope {operation.scope} for this resource."
    return text


def _credential_hint(api: Api, credential: Secret) -> str:
    """Return a hint on the credential, and whether the one that was sent looks like another API's."""
    prefix = api.key_prefix
    if prefix is None or credential.begins_with(prefix) is api.key_has_prefix:
        return api.rejected_credential
    looks = f"does not begin with {prefix}" if api.key_has_prefix else f"begins with {prefix}"
    return f"This credential {looks}, so it belongs to another API. {api.rejected_credential}"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "unknown status"
