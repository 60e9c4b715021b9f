"""What api/v1 and platform/v1 have in common: API keys, limits, idempotency keys and envelopes."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import orjson

from sequence_async.sandbox.calls import Answer, Call, Routes
from sequence_async.sandbox.documents import BrokenDocument, Document
from sequence_async.sandbox.ids import as_uuid
from sequence_async.sandbox.refusals import Reason, Refusal, invalid, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sequence_async.sandbox.entities import Account, Card, Execution, Transfer
    from sequence_async.sandbox.keys import ApiKey
    from sequence_async.sandbox.rulebook import Rule
    from sequence_async.sandbox.world import World

DUMP: Final = orjson.OPT_UTC_Z


def fingerprint(call: Call) -> bytes:
    """Give what tells one meant thing from another: the operation, its ids and its body, however that is laid out."""
    body = call.body
    if body:
        try:
            body = orjson.dumps(orjson.loads(body), option=orjson.OPT_SORT_KEYS)
        except orjson.JSONDecodeError:
            body = call.body
    return blake2b(b"\0".join((call.operation.id.encode(), *(one.encode() for one in call.ids), body))).digest()


class KeyedSurface:
    """A surface that API keys open."""

    name: str
    scheme: str
    request_id_header: str | None
    idempotency_header: str
    idempotency_pattern: Final = re.compile(r"[\x21-\x7e]{1,255}")
    errors: Mapping[Reason, tuple[int, str, str]]
    """Status, code and message; a message of the refusal's own comes first."""
    native = staticmethod(str)
    routes: Routes

    def __init__(self, world: World) -> None:
        self.world = world

    def new_request_id(self) -> str:
        """Make an id for a request that came without one."""
        raise NotImplementedError

    # The steps of a call

    def begin(self, call: Call) -> Answer | None:
        """Let a call in: its key, its limit, and whether its idempotency key brings an earlier answer back."""
        world = self.world
        call.key = world.keys.admit(self._secret(call), self.name, world.now_ms)
        running = call.operation.running
        if running is None or call.idempotency_key is None:
            return None
        if not self.idempotency_pattern.fullmatch(call.idempotency_key):
            raise invalid(f"The header '{self.idempotency_header}' is not a legal idempotency key.")
        known = world.key_memory.look_up(call.key.id, call.idempotency_key, fingerprint(call), world.now_ms, running)
        if known is None:
            world.key_memory.begin(call.key.id, call.idempotency_key, fingerprint(call), world.now_ms)
            call.begun = True
            return None
        call.replayed = True
        return self._again(call, known.answer)

    def perform(self, call: Call) -> Answer:
        """Carry a call out."""
        try:
            return call.operation.perform(call)
        except BrokenDocument as broken:
            raise invalid(f"The body is not valid: {broken}.") from None

    def finish(self, call: Call, answer: Answer | None) -> None:
        """Remember the answer of a call that had an effect."""
        if call.begun and call.key is not None and call.idempotency_key is not None:
            done = answer is not None and answer.status < 300  # noqa: PLR2004 - success
            self.world.key_memory.finish(call.key.id, call.idempotency_key, answer if done else None)

    def _secret(self, call: Call) -> str | None:
        scheme, _, secret = call.headers.get("Authorization", "").partition(" ")
        return secret if scheme == self.scheme else None

    def _again(self, call: Call, answer: Answer) -> Answer:
        # A caller that names its request gets that name back; any other gets the first answer to the byte.
        if self._named(call):
            return self.success(call, answer.status, answer.data)
        call.request_id = answer.request_id
        return answer

    def _named(self, call: Call) -> bool:
        return self.request_id_header is not None and self.request_id_header in call.headers

    # Answers

    def envelope(self, call: Call, data: Any, beside: Mapping[str, Any] | None) -> dict[str, Any]:
        """Put data into the envelope of this surface."""
        raise NotImplementedError

    def error_envelope(self, call: Call, code: str, message: str) -> dict[str, Any]:
        """Put an error into the envelope of this surface."""
        raise NotImplementedError

    def success(self, call: Call, status: int, data: Any, beside: Mapping[str, Any] | None = None) -> Answer:
        """Answer with data."""
        if data is None:
            return Answer(status, b"", request_id=call.request_id)
        body = orjson.dumps(self.envelope(call, data, beside), option=DUMP)
        return Answer(status, body, data=data, request_id=call.request_id)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """Answer with an error."""
        status, code, message = self.errors[refusal.reason]
        answer = self.refuse_with(call, status, code, refusal.message or message)
        if refusal.retry_after is not None:
            answer.headers = {"Retry-After": str(refusal.retry_after)}
        return answer

    def refuse_with(self, call: Call, status: int, code: str, message: str) -> Answer:
        """Answer with an error of any kind."""
        body = orjson.dumps(self.error_envelope(call, code, message))
        return Answer(status, body, code=code, request_id=call.request_id)

    # Finding things

    def key(self, call: Call) -> ApiKey:
        """Give the key that :meth:`begin` found."""
        if call.key is None:
            raise Refusal(Reason.UNAUTHORIZED)
        return call.key

    def document(self, call: Call) -> Document:
        """Read the body as a JSON object."""
        return Document(call.json())

    def _follow(self, call: Call, text: str, identifier: str) -> None:
        # Who asks with the id of another surface gets that surface's ids back, so that one thing can be followed across.
        if text != self.native(identifier):
            call.name = str if text == identifier else as_uuid

    def account(self, call: Call, text: str, scope: str) -> Account:
        """Find an account that the key may see."""
        account = self.world.accounts.find(text)
        self.key(call).require(scope, text if account is None else account.id)
        if account is None:
            raise not_found("Account", text)
        self._follow(call, text, account.id)
        return account

    def account_of_filter(self, call: Call, text: str, scope: str) -> Account:
        """Find the account that a list is limited to; one that does not exist is not among those the key may see."""
        account = self.world.accounts.find(text)
        if account is None:
            raise Refusal(Reason.FORBIDDEN)
        return self.account(call, text, scope)

    def rule(self, call: Call, text: str, scope: str) -> Rule:
        """Find a rule that the key may use."""
        rule = self.world.rules.find(text)
        self.key(call).require(scope, text if rule is None else rule.id)
        if rule is None or rule.deleted_ms is not None:
            raise not_found("Rule", text)
        self._follow(call, text, rule.id)
        return rule

    def transfer(self, call: Call, text: str, scope: str) -> Transfer:
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

    def execution(self, call: Call, text: str, scope: str) -> Execution:
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

    def card(self, call: Call, text: str, scope: str) -> Card:
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
        call: Call,
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
            raise not_found("Account", source_id, Reason.SOURCE_NOT_FOUND)
        if destination is None or destination.deleted_ms is not None:
            raise not_found("Account", destination_id, Reason.DESTINATION_NOT_FOUND)
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
