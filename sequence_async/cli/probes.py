"""What a credential can do, found out by reading alone. Which reads there are, and their scopes, the table says."""

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
"""What became of a credential."""

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
    """What was found out about one API."""

    api: str
    base_url: str
    credential: str
    """The variable that holds the credential; never its value."""
    state: State
    detail: str | None = None
    scopes: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """What the credential seems to be allowed, by scope."""


def credential_state(error: SequenceError) -> State:
    """Say what an error tells about a credential."""
    if isinstance(error, UnauthorizedError):
        return "refused"
    if isinstance(error, NoResponseError | ServerError | RateLimitedError):
        return "no answer"
    # A key that lacks one scope is a key all the same.
    return "accepted" if isinstance(error, ForbiddenError) else "not as documented"


class ScopeProbe:
    """Tries one read for each scope of an API."""

    def __init__(self, client: RestClient) -> None:
        self._client = client
        self._ids: dict[str, str] = {}
        self.scopes: dict[str, str] = {}
        """What is known of each scope."""
        self.state: State = "not as documented"
        self.detail: str | None = None

    async def run(self, operations: Iterable[Operation[Any]]) -> None:
        """Try what has to be tried; it ends at once when the credential is refused, or nobody answers."""
        # Lists come first: they give the ids that the other reads need.
        for operation in sorted(operations, key=lambda one: one.id not in _LISTED_KIND):
            scope = operation.scope
            if scope is None or operation.availability != "available" or self.scopes.get(scope) == _YES:
                continue
            if operation.effect == "write":
                self.scopes.setdefault(scope, "not tried: it would move money")
            elif not await self._test_scope(operation, scope):
                return

    async def _test_scope(self, operation: Operation[Any], scope: str) -> bool:
        arguments = self._request_arguments(operation)
        if arguments is None:
            self.scopes.setdefault(scope, "not known: there is nothing to try it on")
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
        found = credential_state(error)
        if found in {"refused", "no answer"}:
            self.state, self.detail, self.scopes = found, describe(error), {}
            return False
        if found == "accepted":
            self.state, self.detail = found, None
            self.scopes[scope] = f"no ({error.code})" if isinstance(error, APIError) and error.code else "no"
        else:
            self.scopes[scope] = "not known: the answer is not as documented"
            if self.state != "accepted":
                self.detail = self.detail or describe(error)
        return True

    def _request_arguments(self, operation: Operation[Any]) -> tuple[dict[str, str], dict[str, Any]] | None:
        """Give path and query of a read; ``None`` where an id is needed that is not known."""
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
