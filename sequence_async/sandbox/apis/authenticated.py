"""The common base of api/v1 and platform/v1: API keys, their permissions and the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sequence_async.sandbox.apis.sandbox_api import SandboxApi
from sequence_async.sandbox.entities import AuditEntry
from sequence_async.sandbox.errors import ApiError, ErrorReason, invalid, not_found
from sequence_async.sandbox.ids import v1_form

if TYPE_CHECKING:
    from sequence_async.sandbox.api_keys import ApiKey
    from sequence_async.sandbox.entities import Account, Card, Execution, Rule, Transfer
    from sequence_async.sandbox.routing import ApiCall, ApiResponse


class AuthenticatedApi(SandboxApi):
    """An API that authenticates with API keys."""

    scheme: str

    def authenticate(self, call: ApiCall) -> str:
        """Find the API key and take a token of its rate limit."""
        scheme, _, secret = call.headers.get("Authorization", "").partition(" ")
        now_ms = self.world.now_ms
        call.key = self.world.keys.find(secret if scheme == self.scheme else None, self.name, now_ms)
        call.key.take(self.name, now_ms)
        return call.key.id

    def finish(self, call: ApiCall, response: ApiResponse | None) -> None:
        """Store the response and add the call to the audit log."""
        super().finish(call, response)
        if call.key is not None and response is not None:
            entry = AuditEntry(
                self.world.next_seq(), self.world.now_ms, call.key, call.path, call.route.action, call.request_id
            )
            entry.code = response.code
            self.world.audit_log.append(entry)

    # Look-ups

    def key(self, call: ApiCall) -> ApiKey:
        """Return the API key that :meth:`authenticate` found."""
        if call.key is None:
            raise ApiError(ErrorReason.UNAUTHORIZED)
        return call.key

    def _match_id_form(self, call: ApiCall, text: str, identifier: str) -> None:
        # A request with an ID in another API's form gets IDs in that form, to trace a resource across APIs.
        if text != self.format_id(identifier):
            call.format_id = v1_form if text == v1_form(identifier) else str

    def account(self, call: ApiCall, text: str, scope: str) -> Account:
        """Return an account that the key can read."""
        account = self.world.accounts.find(text)
        self.key(call).require(scope, text if account is None else account.id)
        if account is None:
            raise not_found("Account", text)
        self._match_id_form(call, text, account.id)
        return account

    def account_of_filter(self, call: ApiCall, text: str, scope: str) -> Account:
        """Return the account that a list is filtered by. An unknown account is forbidden, not missing."""
        account = self.world.accounts.find(text)
        if account is None:
            raise ApiError(ErrorReason.FORBIDDEN)
        return self.account(call, text, scope)

    def rule(self, call: ApiCall, text: str, scope: str) -> Rule:
        """Return a rule that the key can use."""
        rule = self.world.rules.find(text)
        self.key(call).require(scope, text if rule is None else rule.id)
        if rule is None or rule.deleted_ms is not None:
            raise not_found("Rule", text)
        self._match_id_form(call, text, rule.id)
        return rule

    def transfer(self, call: ApiCall, text: str, scope: str) -> Transfer:
        """Return a transfer if the key can read its source or its destination."""
        key = self.key(call)
        key.require(scope)
        transfer = self.world.transfers.find(text)
        if transfer is None:
            raise not_found("Transfer", text)
        key.require(scope, *(getattr(side, "id", "") for side in (transfer.source, transfer.destination)))
        self._check_visible(transfer, "Transfer", text)
        self._match_id_form(call, text, transfer.id)
        return transfer

    def execution(self, call: ApiCall, text: str, scope: str) -> Execution:
        """Return an execution of a rule that the key can read."""
        key = self.key(call)
        key.require(scope)
        execution = self.world.executions.find(text)
        if execution is None:
            raise not_found("Rule execution", text)
        key.require(scope, execution.rule.id)
        self._check_visible(execution, "Rule execution", text)
        self._match_id_form(call, text, execution.id)
        return execution

    def card(self, call: ApiCall, text: str, scope: str) -> Card:
        """Return a card of a pod that the key can read."""
        key = self.key(call)
        key.require(scope)
        card = self.world.cards.find(text)
        if card is None:
            raise not_found("Card", text)
        key.require(scope, card.account.id)
        self._match_id_form(call, text, card.id)
        return card

    def move(
        self,
        call: ApiCall,
        source_id: str,
        destination_id: str,
        amount_in_cents: int,
        description: str | None,
        *,
        simulation: bool = False,
    ) -> Transfer:
        """Create the requested transfer if the key and the accounts allow it."""
        accounts = self.world.accounts
        source, destination = accounts.find(source_id), accounts.find(destination_id)
        self.key(call).require_transfer(
            source_id if source is None else source.id,
            destination_id if destination is None else destination.id,
            amount_in_cents,
        )
        if source is None or source.deleted_ms is not None:
            raise not_found("Account", source_id, ErrorReason.SOURCE_NOT_FOUND)
        if destination is None or destination.deleted_ms is not None:
            raise not_found("Account", destination_id, ErrorReason.DESTINATION_NOT_FOUND)
        if source is destination:
            raise invalid("The source and the destination are the same account.")
        if not source.can_be_source:
            raise invalid(f"Account with id '{source_id}' cannot be a source.")
        if not destination.can_be_destination:
            raise invalid(f"Account with id '{destination_id}' cannot be a destination.")
        self._match_id_form(call, source_id, source.id)
        pull = source.is_external and not destination.is_external
        transfer = self.world.transfers.create(
            source,
            destination,
            amount_in_cents,
            origin="USER_PULL" if pull else "USER",
            description=description,
            simulation=simulation,
        )
        self.world.note_effect(transfer, call.idempotency_key, call.request_id)
        return transfer

    @staticmethod
    def _check_visible(item: Transfer | Execution, resource: str, text: str) -> None:
        if item.hidden > 0:
            item.hidden -= 1
            raise not_found(resource, text)
