"""What api/v1 and platform/v1 have in common: API keys, what they may see, and the audit log."""

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
    """A surface that API keys open."""

    scheme: str

    def authenticate(self, call: ApiCall) -> str:
        """Find the key, and take a token of its limit."""
        scheme, _, secret = call.headers.get("Authorization", "").partition(" ")
        now_ms = self.world.now_ms
        call.key = self.world.keys.find(secret if scheme == self.scheme else None, self.name, now_ms)
        call.key.take(self.name, now_ms)
        return call.key.id

    def finish(self, call: ApiCall, answer: ApiResponse | None) -> None:
        """Remember the answer, and write the call into the audit log."""
        super().finish(call, answer)
        if call.key is not None and answer is not None:
            entry = AuditEntry(
                self.world.next_seq(), self.world.now_ms, call.key, call.path, call.route.action, call.request_id
            )
            entry.code = answer.code
            self.world.audit_log.append(entry)

    # Finding things

    def key(self, call: ApiCall) -> ApiKey:
        """Give the key that :meth:`authenticate` found."""
        if call.key is None:
            raise ApiError(ErrorReason.UNAUTHORIZED)
        return call.key

    def _follow(self, call: ApiCall, text: str, identifier: str) -> None:
        # Who asks with the id of another surface gets its ids back, so that one thing can be followed across.
        if text != self.format_id(identifier):
            call.format_id = v1_form if text == v1_form(identifier) else str

    def account(self, call: ApiCall, text: str, scope: str) -> Account:
        """Find an account that the key may see."""
        account = self.world.accounts.find(text)
        self.key(call).require(scope, text if account is None else account.id)
        if account is None:
            raise not_found("Account", text)
        self._follow(call, text, account.id)
        return account

    def account_of_filter(self, call: ApiCall, text: str, scope: str) -> Account:
        """Find the account that a list is of; one that does not exist is not among those the key may see."""
        account = self.world.accounts.find(text)
        if account is None:
            raise ApiError(ErrorReason.FORBIDDEN)
        return self.account(call, text, scope)

    def rule(self, call: ApiCall, text: str, scope: str) -> Rule:
        """Find a rule that the key may use."""
        rule = self.world.rules.find(text)
        self.key(call).require(scope, text if rule is None else rule.id)
        if rule is None or rule.deleted_ms is not None:
            raise not_found("Rule", text)
        self._follow(call, text, rule.id)
        return rule

    def transfer(self, call: ApiCall, text: str, scope: str) -> Transfer:
        """Find a transfer of which the key may see either side."""
        key = self.key(call)
        key.require(scope)
        transfer = self.world.transfers.find(text)
        if transfer is None:
            raise not_found("Transfer", text)
        key.require(scope, *(getattr(side, "id", "") for side in (transfer.source, transfer.destination)))
        self._not_yet(transfer, "Transfer", text)
        self._follow(call, text, transfer.id)
        return transfer

    def execution(self, call: ApiCall, text: str, scope: str) -> Execution:
        """Find a run of a rule that the key may see."""
        key = self.key(call)
        key.require(scope)
        execution = self.world.executions.find(text)
        if execution is None:
            raise not_found("Rule execution", text)
        key.require(scope, execution.rule.id)
        self._not_yet(execution, "Rule execution", text)
        self._follow(call, text, execution.id)
        return execution

    def card(self, call: ApiCall, text: str, scope: str) -> Card:
        """Find a card of a pod that the key may see."""
        key = self.key(call)
        key.require(scope)
        card = self.world.cards.find(text)
        if card is None:
            raise not_found("Card", text)
        key.require(scope, card.account.id)
        self._follow(call, text, card.id)
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
        """Make the transfer that a caller asks for, if its key allows it and the accounts do."""
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
        self._follow(call, source_id, source.id)
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
    def _not_yet(thing: Transfer | Execution, resource: str, text: str) -> None:
        if thing.hidden > 0:
            thing.hidden -= 1
            raise not_found(resource, text)
