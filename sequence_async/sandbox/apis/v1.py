"""api/v1: the documented REST API."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import orjson

from sequence_async.sandbox.apis import parameters, v1_serializers
from sequence_async.sandbox.apis.authenticated import AuthenticatedApi
from sequence_async.sandbox.apis.listing import T, Window
from sequence_async.sandbox.apis.v1_serializers import ORIGIN, TRIGGER_TYPE
from sequence_async.sandbox.described import v1 as described
from sequence_async.sandbox.entities import (
    ACCOUNT_TYPES,
    DISABLED,
    ENABLED,
    EXECUTION_STATUSES,
    MANUAL,
    TRANSFER_STATUSES,
    Account,
    RuleDefinition,
    Transfer,
)
from sequence_async.sandbox.errors import ApiError, ErrorReason, invalid, not_found
from sequence_async.sandbox.ids import v1_form
from sequence_async.sandbox.routing import ApiCall, ApiResponse, Route, Router
from sequence_async.sandbox.rule_reader import V1_ACCOUNT_TYPES, V1_ACTION_TYPES, RuleReader
from sequence_async.sandbox.transfers import SMALLEST_IN_CENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sequence_async.sandbox.world import World


_NOT_ALLOWED: Final = "This API key does not have the required permission."
# The documentation lists three codes. The others are taken from platform/v1.
_ERRORS: Final[Mapping[ErrorReason, tuple[int, str, str]]] = {
    ErrorReason.UNAUTHORIZED: (401, "unauthorized", "Missing or invalid API key."),
    ErrorReason.FORBIDDEN: (403, "forbidden", _NOT_ALLOWED),
    ErrorReason.MAXIMUM_EXCEEDED: (403, "forbidden", _NOT_ALLOWED),
    ErrorReason.NOT_FOUND: (404, "resource_not_found", "The resource was not found."),
    ErrorReason.SOURCE_NOT_FOUND: (404, "resource_not_found", "The source account was not found."),
    ErrorReason.DESTINATION_NOT_FOUND: (404, "resource_not_found", "The destination account was not found."),
    ErrorReason.INVALID: (400, "INVALID_PARAMETERS", "The request is not valid."),
    ErrorReason.KEY_MISMATCH: (400, "IDEMPOTENCY_KEY_MISMATCH", "This idempotency key was used with another request."),
    ErrorReason.RULE_DEACTIVATED: (403, "RULE_DEACTIVATED", "The rule is disabled."),
    ErrorReason.INVALID_RULE: (403, "INVALID_RULE", "The rule cannot be used here."),
    ErrorReason.TRANSFER_IN_PROGRESS: (
        409,
        "TRANSFER_IN_PROGRESS",
        "The first request with this key is still running.",
    ),
    ErrorReason.RULE_EXECUTION_IN_PROGRESS: (
        409,
        "RULE_EXECUTION_IN_PROGRESS",
        "The first request with this key is still running.",
    ),
    ErrorReason.RATE_LIMITED: (429, "RATE_LIMIT_EXCEEDED", "Too many requests."),
    ErrorReason.UNEXPECTED: (500, "UNEXPECTED_ERROR", "Something went wrong."),
    ErrorReason.NOT_IMPLEMENTED: (501, "NOT_IMPLEMENTED", "Not implemented."),
}

_TYPES: Final = {kind.lower(): kind for kind in ACCOUNT_TYPES}
_STATUSES: Final = {status.lower(): status for status in TRANSFER_STATUSES}
_DIRECTIONS: Final = {word.lower(): word for word in ("MONEY_IN", "MONEY_OUT", "INTERNAL")}
_ORIGINS: Final = {word: origin for origin, word in ORIGIN.items()}
_ROLES: Final = {word: word for word in ("source", "destination", "either")}
_EXECUTION_STATUSES: Final = {status.lower(): status for status in EXECUTION_STATUSES}
_TRIGGERS: Final = {word: word for word in TRIGGER_TYPE.values()}
_CARD_STATUSES: Final = {word: word.upper() for word in ("active", "inactive", "frozen", "stolen", "lost")}
_CARD_TYPES: Final = {word: word.upper() for word in ("virtual", "physical")}
_REFUNDS: Final = {"debit": False, "credit": True}


class V1(AuthenticatedApi):
    """The API under ``/api/v1``."""

    name = "v1"
    scheme = "ApiKey"
    request_id_header = "X-Request-ID"
    text_headers = ("X-Request-ID",)
    idempotency_header = "Idempotency-Key"
    errors = _ERRORS

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._summaries: dict[str, tuple[int, orjson.Fragment]] = {}
        self._reader = RuleReader(
            world.accounts.find, name="nickname", action_types=V1_ACTION_TYPES, account_types=V1_ACCOUNT_TYPES
        )
        transfer, execution = ErrorReason.TRANSFER_IN_PROGRESS, ErrorReason.RULE_EXECUTION_IN_PROGRESS
        self.router = Router(
            [
                Route("listAccounts", "GET", "/accounts", self._list_accounts, action="LIST_ACCOUNTS"),
                Route("getAccount", "GET", "/accounts/{id}", self._get_account, action="GET_ACCOUNT"),
                Route("listTransfers", "GET", "/transfers", self._list_transfers, action="LIST_TRANSFERS"),
                Route("createTransfer", "POST", "/transfers", self._create_transfer, transfer, "CREATE_TRANSFER"),
                Route("getTransfer", "GET", "/transfers/{id}", self._get_transfer, action="GET_TRANSFER"),
                Route("listRules", "GET", "/rules", self._list_rules, action="LIST_RULES"),
                Route("createRule", "POST", "/rules", self._create_rule, execution),
                Route("getRule", "GET", "/rules/{id}", self._get_rule, action="GET_RULE"),
                Route("updateRule", "PUT", "/rules/{id}", self._update_rule, execution),
                Route("deleteRule", "DELETE", "/rules/{id}", self._delete_rule, execution),
                Route("triggerRule", "POST", "/rules/{id}/trigger", self._trigger_rule, execution, "TRIGGER_RULE"),
                Route(
                    "listRuleExecutions",
                    "GET",
                    "/rule-executions",
                    self._list_executions,
                    action="LIST_RULE_EXECUTIONS",
                ),
                Route(
                    "getRuleExecution", "GET", "/rule-executions/{id}", self._get_execution, action="GET_RULE_EXECUTION"
                ),
                Route("listCards", "GET", "/cards", self._list_cards),
                Route("getCard", "GET", "/cards/{id}", self._get_card),
                Route("listCardTransactions", "GET", "/cards/{id}/transactions", self._list_card_transactions),
            ],
            described.OPERATIONS,
        )

    def format_id(self, identifier: str) -> str:
        """Return an ID in the form of api/v1, such as ``acc_01H…``."""
        return v1_form(identifier)

    def new_request_id(self) -> str:
        """Return a new ID for a request that has none."""
        return f"req_01HSBX{self.world.ids.request():020d}"

    def envelope(self, call: ApiCall, data: Any, extra: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return an envelope with the data and the request ID."""
        return {"request_id": call.request_id, "data": data, **(extra or {})}

    def error_envelope(self, call: ApiCall, code: str, message: str) -> dict[str, Any]:
        """Return an error in the documented envelope, which has no request ID."""
        del call
        return {"error": {"code": code, "message": message}}

    # Accounts

    def _list_accounts(self, call: ApiCall) -> ApiResponse:
        self.key(call).require("LIST_ACCOUNTS")
        kind = parameters.choice(call, "type", _TYPES)
        found = [
            self._summary(account)
            for account in self.world.accounts.values()
            if kind in (None, account.type) and account.deleted_ms is None
        ]
        return self.success(call, 200, found)

    def _summary(self, account: Account) -> orjson.Fragment:
        # The list is not paged and summaries rarely change, so 10,000 of them are serialized only once.
        record = self._summaries.get(account.id)
        if record is None or record[0] != account.updated_ms:
            written = orjson.dumps(v1_serializers.account_summary(account, self.format_id), option=orjson.OPT_UTC_Z)
            record = self._summaries[account.id] = account.updated_ms, orjson.Fragment(written)
        return record[1]

    def _get_account(self, call: ApiCall) -> ApiResponse:
        account = self.account(call, call.ids[0], "READ_ACCOUNTS")
        return self.success(call, 200, v1_serializers.account(account, call.format_id, self.world.now_ms))

    # Transfers

    def _list_transfers(self, call: ApiCall) -> ApiResponse:
        account = self.account_of_filter(call, parameters.required(call, "account_id"), "READ_TRANSFERS")
        role = parameters.choice(call, "account_role", _ROLES)
        direction = parameters.choice(call, "direction", _DIRECTIONS)
        origin = parameters.choice(call, "origin", _ORIGINS)
        status = parameters.choice(call, "status", _STATUSES)

        def matches(transfer: Transfer) -> bool:
            return (
                not transfer.simulation
                and _in_role(transfer, account, role)
                and direction in (None, transfer.direction)
                and origin in (None, transfer.origin)
                and status in (None, transfer.status)
            )

        return self._page(call, account.transfers, matches, lambda one: v1_serializers.transfer(one, call.format_id))

    def _get_transfer(self, call: ApiCall) -> ApiResponse:
        transfer = self.transfer(call, call.ids[0], "READ_TRANSFERS")
        if transfer.simulation:
            # This API has no simulations, so it does not list those of platform/v1.
            raise not_found("Transfer", call.ids[0])
        return self.success(call, 200, v1_serializers.transfer(transfer, call.format_id))

    def _create_transfer(self, call: ApiCall) -> ApiResponse:
        key = self.key(call)
        key.require("MANUAL_TRANSFER")
        body = self.document(call)
        sides = [body.text(name) for name in ("source_account_id", "destination_account_id")]
        amount = body.integer("amount_in_cents", at_least=SMALLEST_IN_CENTS)
        body.not_null("description")
        description = body.optional_text("description", at_most=140)
        transfer = self.move(call, sides[0], sides[1], amount, description)
        return self.success(call, 201, v1_serializers.transfer(transfer, call.format_id))

    # Rules

    def _list_rules(self, call: ApiCall) -> ApiResponse:
        self.key(call).require("LIST_RULES")
        source = parameters.text(call, "source_id")
        account = None if source is None else self.world.accounts.find(source)
        if source is not None and account is None:
            raise invalid(f"Account with id '{source}' was not found.")
        found = [
            v1_serializers.rule_summary(rule, call.format_id)
            for rule in self.world.rules.values()
            if rule.deleted_ms is None and (account is None or rule.source is account)
        ]
        return self.success(call, 200, found)

    def _get_rule(self, call: ApiCall) -> ApiResponse:
        return self.success(call, 200, v1_serializers.rule(self.rule(call, call.ids[0], "READ_RULES"), call.format_id))

    def _draft(self, call: ApiCall) -> RuleDefinition:
        body = self.document(call)
        body.choice("status", {"enabled": ENABLED, "disabled": DISABLED})
        return self._reader.read(body.fields)

    def _create_rule(self, call: ApiCall) -> ApiResponse:
        self.key(call).require("CREATE_AND_EDIT_RULES")
        rule = self.world.add_rule(self._draft(call))
        return self.success(call, 201, v1_serializers.rule(rule, call.format_id))

    def _update_rule(self, call: ApiCall) -> ApiResponse:
        rule = self.rule(call, call.ids[0], "CREATE_AND_EDIT_RULES")
        self.world.change_rule(rule, self._draft(call))
        return self.success(call, 200, v1_serializers.rule(rule, call.format_id))

    def _delete_rule(self, call: ApiCall) -> ApiResponse:
        self.world.delete_rule(self.rule(call, call.ids[0], "CREATE_AND_EDIT_RULES"))
        return self.success(call, 204, None)

    def _manual_amount(self, call: ApiCall) -> int | None:
        body = self.document(call)
        body.not_null("manual_execute_amount")
        return body.optional_integer("manual_execute_amount", at_least=1)

    def _trigger_rule(self, call: ApiCall) -> ApiResponse:
        rule = self.rule(call, call.ids[0], "TRIGGER_RULES")
        amount = self._manual_amount(call) if call.body else None
        if rule.status != ENABLED:
            raise ApiError(ErrorReason.RULE_DEACTIVATED)
        execution = self.world.executions.start(
            rule, MANUAL, amount_in_cents=amount, fixed_override=rule.trigger.type == MANUAL
        )
        self.world.note_effect(execution, call.idempotency_key, call.request_id)
        return self.success(call, 202, {"execution_id": call.format_id(execution.id)})

    # Executions

    def _list_executions(self, call: ApiCall) -> ApiResponse:
        text = parameters.required(call, "rule_id")
        if self.world.rules.find(text) is None:
            self.key(call).require("READ_RULE_EXECUTIONS")
            raise ApiError(ErrorReason.FORBIDDEN)
        rule = self.rule(call, text, "READ_RULE_EXECUTIONS")
        status = parameters.choice(call, "status", _EXECUTION_STATUSES)
        trigger = parameters.choice(call, "trigger_type", _TRIGGERS)
        return self._page(
            call,
            rule.executions,
            lambda one: (
                not one.simulation
                and status in (None, one.status)
                and trigger in (None, TRIGGER_TYPE[one.trigger_type])
            ),
            lambda one: v1_serializers.execution_summary(one, call.format_id),
        )

    def _get_execution(self, call: ApiCall) -> ApiResponse:
        execution = self.execution(call, call.ids[0], "READ_RULE_EXECUTIONS")
        if execution.simulation:
            raise not_found("Rule execution", call.ids[0])
        counts = self.world.executions.counts(execution)
        return self.success(call, 200, v1_serializers.execution(execution, call.format_id, counts))

    # Cards

    def _list_cards(self, call: ApiCall) -> ApiResponse:
        account = self.account_of_filter(call, parameters.required(call, "account_id"), "READ_CARDS")
        status = parameters.choice(call, "status", _CARD_STATUSES)
        kind = parameters.choice(call, "type", _CARD_TYPES)
        found = [
            v1_serializers.card(card, call.format_id)
            for card in self.world.cards.of(account)
            if status in (None, card.status) and kind in (None, card.type)
        ]
        return self.success(call, 200, found)

    def _get_card(self, call: ApiCall) -> ApiResponse:
        return self.success(call, 200, v1_serializers.card(self.card(call, call.ids[0], "READ_CARDS"), call.format_id))

    def _list_card_transactions(self, call: ApiCall) -> ApiResponse:
        card = self.card(call, call.ids[0], "READ_CARDS")
        refund = parameters.choice(call, "direction", _REFUNDS)
        return self._page(
            call,
            card.transactions,
            lambda one: refund in (None, one.refund),
            lambda one: v1_serializers.card_transaction(one, call.format_id),
        )

    # Pages

    def _page(
        self, call: ApiCall, resources: list[T], matches: Callable[[T], bool], write: Callable[[T], dict[str, Any]]
    ) -> ApiResponse:
        first = parameters.integer(call, "first", 20, 1, 100)
        before, window = parameters.cursor(call, "after"), Window.read(call)
        found = (
            one
            for one in reversed(resources)
            if (before is None or one.seq < before) and window.contains(one) and matches(one)
        )
        taken = list(islice(found, first + 1))
        page = taken[:first]
        more = len(taken) > first
        info = {
            "has_next_page": more,
            "end_cursor": parameters.write_cursor(page[-1].seq) if page else None,
        }
        return self.success(call, 200, [write(one) for one in page], {"page_info": info})


def _in_role(transfer: Transfer, account: Account, role: str | None) -> bool:
    if role == "source":
        return transfer.source is account
    return role != "destination" or transfer.destination is account
