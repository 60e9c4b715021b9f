"""Tests of a credential's scopes, with reads only. The operations table defines the reads and their scopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from sequence_async.cli.exit_codes import describe
from sequence_async.errors import (
    APIError,
    ForbiddenError,
    NoResponseError,
    RateLimitedError,
    SequenceError,
    ServerError,
    UnauthorizedError,
)
from sequence_async.operations._runtime import Operation

if TYPE_CHECKING:
    from sequence_async.cli.clients import RestClient

State: TypeAlias = Literal["accepted", "refused", "no answer", "not as documented", "not set", "not asked"]
"""The state of a credential, as in the JSON output."""

_PARAMETER_KIND: Mapping[str, str] = {
    "accountId": "account",
    "account_id": "account",
    "accountIds[]": "account",
    "ruleId": "rule",
    "rule_id": "rule",
}
_ITEM_KIND: Mapping[str, str] = {"/accounts/{id}": "account", "/rules/{id}": "rule"}
_LISTED_KIND: Mapping[str, str] = {"listAccounts": "account", "listRules": "rule"}
_YES = "yes"


@attrs.frozen(kw_only=True)
class Finding:
    """The result for one API."""

    api: str
    base_url: str
    credential: str
    """The name of the credential's environment variable, never its value."""
    state: State
    detail: str | None = None
    scopes: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """The result for each scope."""


def credential_state(error: SequenceError) -> State:
    """Return the state of a credential that an error implies."""
    if isinstance(error, UnauthorizedError):
        return "refused"
    if isinstance(error, NoResponseError | ServerError | RateLimitedError):
        return "no answer"
    # The API accepts a key that lacks one scope.
    return "accepted" if isinstance(error, ForbiddenError) else "not as documented"


class ScopeProbe:
    """A test of a credential, with one read for each scope of an API."""

    def __init__(self, client: RestClient) -> None:
        self._client = client
        self._ids: dict[str, str] = {}
        self.scopes: dict[str, str] = {}
        """The result for each scope."""
        self.state: State = "not as documented"
        self.detail: str | None = None

    async def run(self, operations: Iterable[Operation[Any]]) -> None:
        """Test each scope. Stop at the first response that rejects the credential, or if no response arrives."""
        # Lists come first, because they return the IDs that the other reads need.
        for operation in sorted(operations, key=lambda one: one.id not in _LISTED_KIND):
            scope = operation.scope
            if scope is None or operation.availability != "available" or self.scopes.get(scope) == _YES:
                continue
            if operation.effect == "write":
                self.scopes.setdefault(scope, "not tested: would move money")
            elif not await self._test_scope(operation, scope):
                return

    async def _test_scope(self, operation: Operation[Any], scope: str) -> bool:
        arguments = self._request_arguments(operation)
        if arguments is None:
            self.scopes.setdefault(scope, "not known: no data to test it on")
            return True
        try:
            response = await self._client.call(operation, path=arguments[0], query=arguments[1])
        except SequenceError as error:
            return self._record_error(error, scope)
        self.state, self.detail, self.scopes[scope] = "accepted", None, _YES
        if operation.id in _LISTED_KIND:
            for item in getattr(response.data, "items", response.data)[:1]:
                self._ids[_LISTED_KIND[operation.id]] = item.id
        return True

    def _record_error(self, error: SequenceError, scope: str) -> bool:
        state = credential_state(error)
        if state in {"refused", "no answer"}:
            self.state, self.detail, self.scopes = state, describe(error), {}
            return False
        if state == "accepted":
            self.state, self.detail = state, None
            self.scopes[scope] = f"no ({error.code})" if isinstance(error, APIError) and error.code else "no"
        else:
            self.scopes[scope] = "not known: the response is not as documented"
            if self.state != "accepted":
                self.detail = self.detail or describe(error)
        return True

    def _request_arguments(self, operation: Operation[Any]) -> tuple[dict[str, str], dict[str, Any]] | None:
        """Return the path and query of a read, or ``None`` if it needs an unknown ID."""
        path: dict[str, str] = {}
        query: dict[str, Any] = {}
        for name in operation.path_parameters:
            known = self._ids.get(_ITEM_KIND.get(operation.path, "") if name == "id" else _PARAMETER_KIND.get(name, ""))
            if known is None:
                return None
            path[name] = known
        for parameter in operation.query:
            if parameter.required:
                known = self._ids.get(_PARAMETER_KIND.get(parameter.name, ""))
                if known is None:
                    return None
                query[parameter.name] = [known] if parameter.repeated else known
        return path, query
