"""The Remote API: accounts by access token, rules by their own secrets, flat errors, dollars as decimal text."""

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
    """Write cents as a decimal number of dollars, exactly, the way JavaScript does: no zeros at the end."""
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return orjson.Fragment(f"-{text}" if cents < 0 else text)


class Remote(SandboxApi):
    """The surface at the root of the server; ``/remote-api`` before the path of a rule is the same."""

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
        """Make an id for a request; this API takes none from its callers."""
        return f"b28f1d9e-8c2a-4d3e-9af1-{self.world.ids.request():012x}"

    def not_found_response(self, method: str) -> ApiResponse:
        """Answer a request for something that is not there; only POST is known here at all."""
        if method == "POST":
            return super().not_found_response(method)
        return ApiResponse(405, b"Method Not Allowed", "text/plain; charset=utf-8", headers={"Allow": "POST"})

    def envelope(self, call: ApiCall, data: Any, beside: Mapping[str, Any] | None) -> dict[str, Any]:
        """Put data under a message."""
        del call
        return {**(beside or {}), "data": data}

    def error_envelope(self, call: ApiCall, code: str, message: str) -> dict[str, Any]:
        """Write an error, which has no envelope."""
        del call
        return {"code": code, "message": message}

    def authenticate(self, call: ApiCall) -> str:
        """Compare the access token, or the secret of the rule."""
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
        given = call.headers.get(header, "")
        return compare_digest(given.encode(errors="surrogateescape"), f"Bearer {secret}".encode())

    def _rule(self, call: ApiCall) -> Rule:
        rule = self.world.rules.find(call.ids[0])
        if rule is None or rule.deleted_ms is not None or rule.secret is None:
            raise ApiError(ErrorReason.INVALID)
        return rule

    def error_response(self, call: ApiCall, refusal: ApiError) -> ApiResponse:
        """Answer with an error; why a request is not valid is not said."""
        if refusal.reason not in {ErrorReason.RATE_LIMITED, ErrorReason.NOT_IMPLEMENTED}:
            refusal.message = ""
        return super().error_response(call, refusal)

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
        # The same key is the same trigger, whatever the body says: this API documents nothing else.
        if key is not None:
            known = world.idempotency_store.look_up(
                call.key_owner, key, b"", world.now_ms, ErrorReason.RULE_EXECUTION_IN_PROGRESS
            )
            if known is not None:
                call.replayed = True
                answer: ApiResponse = known.answer
                return answer
        if rule.status != ENABLED:
            raise ApiError(ErrorReason.INVALID)
        message = f"Rule with id {call.ids[0]} has been triggered"
        if rule.test_mode:
            message += " in test mode"
        else:
            execution = world.executions.start(rule, REMOTE_API)
            world.note_effect(execution, key, call.request_id)
        answer = self.success(call, 200, {"requestId": call.request_id}, {"code": "OK", "message": message})
        if key is not None:
            world.idempotency_store.begin(call.key_owner, key, b"", world.now_ms)
            world.idempotency_store.finish(call.key_owner, key, answer)
        return answer
