"""The Remote API: one access token for accounts, one secret per rule, flat errors, and dollars with decimals."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, Final

import orjson

from sequence_async.sandbox.apis.sandbox_api import SandboxApi
from sequence_async.sandbox.described import remote as described
from sequence_async.sandbox.entities import ENABLED, Rule
from sequence_async.sandbox.errors import ApiError, ErrorReason
from sequence_async.sandbox.executions import REMOTE_API
from sequence_async.sandbox.routing import ApiCall, ApiResponse, Route, Router

if TYPE_CHECKING:
    from sequence_async.sandbox.world import World

_INVALID: Final = (400, "INVALID_REQUEST", "Invalid request")
_ERRORS: Final[Mapping[ErrorReason, tuple[int, str, str]]] = dict.fromkeys(ErrorReason, _INVALID) | {
    ErrorReason.UNAUTHORIZED: (401, "INVALID_ACCESS_TOKEN", "Unauthorized"),
    ErrorReason.FORBIDDEN: (401, "INVALID_API_SECRET", "Unauthorized"),
    ErrorReason.RATE_LIMITED: (429, "TOO_MANY_REQUESTS", "Too many requests. Please try again later."),
    ErrorReason.UNEXPECTED: (500, "UNEXPECTED_ERROR", "An unexpected error occurred."),
    ErrorReason.NOT_IMPLEMENTED: (501, "NOT_IMPLEMENTED", "Not implemented."),
}
_TYPES: Final = {"POD": "Pod", "INCOME_SOURCE": "Income Source", "EXTERNAL_ACCOUNT": "Account"}


def dollars(cents: int) -> orjson.Fragment:
    """Return cents as an exact JSON number of dollars, without trailing zeros, as JavaScript writes it."""
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return orjson.Fragment(f"-{text}" if cents < 0 else text)


class Remote(SandboxApi):
    """The API at the root of the server, and also under ``/remote-api``."""

    name = "remote"
    idempotency_header = "idempotency-key"
    errors = _ERRORS

    def __init__(self, world: World, access_token: str) -> None:
        super().__init__(world)
        self._access_token = access_token
        self.router = Router(
            [
                Route("listAccounts", "POST", "/accounts", self._list_accounts),
                Route("triggerRule", "POST", "/rules/{ruleId}/trigger", self._trigger_rule),
            ],
            described.OPERATIONS,
        )

    def new_request_id(self) -> str:
        """Return a new request ID. This API accepts none from clients."""
        return f"b28f1d9e-8c2a-4d3e-9af1-{self.world.ids.request():012x}"

    def not_found_response(self, method: str) -> ApiResponse:
        """Return the response for an unknown path. All methods other than POST get 405."""
        if method == "POST":
            return super().not_found_response(method)
        return ApiResponse(405, b"Method Not Allowed", "text/plain; charset=utf-8", headers={"Allow": "POST"})

    def envelope(self, call: ApiCall, data: Any, extra: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return data next to the message and the code."""
        del call
        return {**(extra or {}), "data": data}

    def error_envelope(self, call: ApiCall, code: str, message: str) -> dict[str, Any]:
        """Return an error, which has no envelope in this API."""
        del call
        return {"code": code, "message": message}

    def authenticate(self, call: ApiCall) -> str:
        """Check the access token, or the secret of the rule."""
        if call.route.id == "listAccounts":
            if not self._carries(call, "x-sequence-access-token", self._access_token):
                raise ApiError(ErrorReason.UNAUTHORIZED)
            return "remote"
        rule = self._rule(call)
        if rule.secret is None or not self._carries(call, "x-sequence-signature", rule.secret):
            raise ApiError(ErrorReason.FORBIDDEN)
        if rule.bucket is not None and (wait := rule.bucket.take(self.world.now_ms)) is not None:
            message = f"Rule with id {call.ids[0]} has been triggered too many times. Please try again later."
            raise ApiError(ErrorReason.RATE_LIMITED, message, retry_after=wait)
        return f"remote/{rule.id}"

    @staticmethod
    def _carries(call: ApiCall, header: str, secret: str) -> bool:
        sent = call.headers.get(header, "")
        return compare_digest(sent.encode(errors="surrogateescape"), f"Bearer {secret}".encode())

    def _rule(self, call: ApiCall) -> Rule:
        rule = self.world.rules.find(call.ids[0])
        if rule is None or rule.deleted_ms is not None or rule.secret is None:
            raise ApiError(ErrorReason.INVALID)
        return rule

    def error_response(self, call: ApiCall, error: ApiError) -> ApiResponse:
        """Return the response for an error. This API does not say why a request is invalid."""
        if error.reason not in {ErrorReason.RATE_LIMITED, ErrorReason.NOT_IMPLEMENTED}:
            error.message = ""
        return super().error_response(call, error)

    def _list_accounts(self, call: ApiCall) -> ApiResponse:
        self.document(call)
        accounts = [account for account in self.world.accounts.values() if account.deleted_ms is None]
        data = {
            "accounts": [
                {
                    "id": account.remote_id,
                    "name": account.name,
                    "balance": {
                        "amountInDollars": None if (cents := account.balance_in_cents) is None else dollars(cents),
                        "error": account.error,
                    },
                    "type": _TYPES[account.type],
                }
                for account in accounts
            ],
            "errors": [account.error for account in accounts if account.error is not None],
        }
        return self.success(call, 200, data, {"message": "OK", "requestId": call.request_id})

    def _trigger_rule(self, call: ApiCall) -> ApiResponse:
        self.document(call)
        rule, world = self._rule(call), self.world
        key = call.idempotency_key
        if key is not None and not self.idempotency_pattern.fullmatch(key):
            raise ApiError(ErrorReason.INVALID)
        # The same key is the same trigger, whatever the body: the documentation says nothing else.
        if key is not None:
            record = world.idempotency_store.look_up(
                call.key_owner, key, b"", world.now_ms, ErrorReason.RULE_EXECUTION_IN_PROGRESS
            )
            if record is not None:
                call.replayed = True
                response: ApiResponse = record.response
                return response
        if rule.status != ENABLED:
            raise ApiError(ErrorReason.INVALID)
        message = f"Rule with id {call.ids[0]} has been triggered"
        if rule.test_mode:
            message += " in test mode"
        else:
            execution = world.executions.start(rule, REMOTE_API)
            world.note_effect(execution, key, call.request_id)
        response = self.success(call, 200, {"requestId": call.request_id}, {"code": "OK", "message": message})
        if key is not None:
            world.idempotency_store.begin(call.key_owner, key, b"", world.now_ms)
            world.idempotency_store.finish(call.key_owner, key, response)
        return response
