"""platform/v1, the live API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sequence_async.sandbox.apis import parameters, platform_serializers
from sequence_async.sandbox.apis.authenticated import AuthenticatedApi
from sequence_async.sandbox.apis.listing import Window, newest
from sequence_async.sandbox.apis.platform_filters import TransferFilter, read_mode, same
from sequence_async.sandbox.clock import DAY_MS
from sequence_async.sandbox.described import platform as described
from sequence_async.sandbox.entities import (
    ACCOUNT_TYPES,
    ENABLED,
    EXECUTION_STATUSES,
    POD,
    Account,
    RuleDefinition,
)
from sequence_async.sandbox.errors import ApiError, ErrorReason, invalid
from sequence_async.sandbox.executions import EXECUTION_TRIGGERS, SEQUENCE_API
from sequence_async.sandbox.ids import v1_form
from sequence_async.sandbox.routing import ApiCall, ApiResponse, Route, Router
from sequence_async.sandbox.rule_reader import PLATFORM_ACCOUNT_TYPES, PLATFORM_ACTION_TYPES, RuleReader, is_supported
from sequence_async.sandbox.transfers import SMALLEST_IN_CENTS
from sequence_async.sandbox.validation import ObjectReader, snake

if TYPE_CHECKING:
    from collections.abc import Callable

    from sequence_async.sandbox.world import World


_ERRORS: Final[Mapping[ErrorReason, tuple[int, str, str]]] = {
    ErrorReason.UNAUTHORIZED: (401, "UNAUTHORIZED", "Missing or invalid API key."),
    ErrorReason.FORBIDDEN: (403, "ACCESS_DENIED", "The key does not allow this."),
    ErrorReason.MAXIMUM_EXCEEDED: (403, "MAXIMUM_AMOUNT_EXCEEDED", "The amount exceeds the maximum of the key."),
    ErrorReason.NOT_FOUND: (404, "ACCOUNT_NOT_FOUND", "The account was not found."),
    ErrorReason.SOURCE_NOT_FOUND: (400, "TRANSFER_SOURCE_NOT_FOUND", "The source account was not found."),
    ErrorReason.DESTINATION_NOT_FOUND: (
        400,
        "TRANSFER_DESTINATION_NOT_FOUND",
        "The destination account was not found.",
    ),
    ErrorReason.INVALID: (400, "INVALID_PARAMETERS", "The request is not valid."),
    ErrorReason.KEY_MISMATCH: (400, "IDEMPOTENCY_KEY_MISMATCH", "The idempotency key was used with another request."),
    ErrorReason.RULE_DEACTIVATED: (403, "RULE_DEACTIVATED", "The rule is disabled."),
    ErrorReason.INVALID_RULE: (403, "INVALID_RULE", "The rule is not supported."),
    ErrorReason.TRANSFER_IN_PROGRESS: (409, "TRANSFER_IN_PROGRESS", "The transfer is in progress."),
    ErrorReason.RULE_EXECUTION_IN_PROGRESS: (409, "RULE_EXECUTION_IN_PROGRESS", "The rule execution is in progress."),
    ErrorReason.RATE_LIMITED: (429, "RATE_LIMIT_EXCEEDED", "Rate limit exceeded."),
    ErrorReason.UNEXPECTED: (500, "UNEXPECTED_ERROR", "An unexpected error occurred."),
    ErrorReason.NOT_IMPLEMENTED: (501, "NOT_IMPLEMENTED", "Not implemented."),
}
_NOT_FOUND: Final = {
    "Account": "ACCOUNT_NOT_FOUND",
    "Rule": "RULE_NOT_FOUND",
    "Rule execution": "RULE_EXECUTION_NOT_FOUND",
    "Transfer": "TRANSFER_NOT_FOUND",
}
_ACTIONS: Final = (
    "GET_ACCOUNT",
    "LIST_ACCOUNTS",
    "LIST_TRANSFERS",
    "GET_TRANSFER",
    "CREATE_TRANSFER",
    "TRIGGER_RULE",
    "LIST_RULES",
    "GET_RULE",
    "LIST_RULE_EXECUTIONS",
    "GET_RULE_EXECUTION",
    "LIST_AUDIT_LOGS",
)
_WINDOW_DAYS: Final = 90
_SNAKE: Final = re.compile(r"(?<=[a-z])_([a-z])")
_WORD: Final = re.compile(r"[A-Za-z0-9 ]{0,10}", re.ASCII)


class Platform(AuthenticatedApi):
    """The API under ``/platform/v1``."""

    name = "platform"
    scheme = "Bearer"
    idempotency_header = "idempotency-key"
    idempotency_pattern = re.compile(r"[A-Za-z0-9._:/|-]{1,36}", re.ASCII)
    errors = _ERRORS

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._reader = RuleReader(
            world.accounts.find, name="name", action_types=PLATFORM_ACTION_TYPES, account_types=PLATFORM_ACCOUNT_TYPES
        )
        transfer, execution = ErrorReason.TRANSFER_IN_PROGRESS, ErrorReason.RULE_EXECUTION_IN_PROGRESS
        runs = "/rules/{ruleId}/executions"
        self.router = Router(
            [
                Route("listAccounts", "GET", "/accounts", self._list_accounts, action="LIST_ACCOUNTS"),
                Route("getAccount", "GET", "/accounts/{id}", self._get_account, action="GET_ACCOUNT"),
                Route(
                    "listAccountTransfers",
                    "GET",
                    "/accounts/{accountId}/transfers",
                    self._list_account_transfers,
                    action="LIST_TRANSFERS",
                ),
                Route("listRules", "GET", "/rules", self._list_rules, action="LIST_RULES"),
                Route("createRule", "POST", "/rules", self._create_rule, execution),
                Route("getRule", "GET", "/rules/{id}", self._get_rule, action="GET_RULE"),
                Route("updateRule", "PATCH", "/rules/{id}", self._update_rule, execution),
                Route("deleteRule", "DELETE", "/rules/{id}", self._delete_rule, execution),
                Route("triggerRule", "POST", "/rules/{id}/trigger", self._trigger_rule, execution, "TRIGGER_RULE"),
                Route("listRuleExecutions", "GET", runs, self._list_executions, action="LIST_RULE_EXECUTIONS"),
                Route("getRuleExecution", "GET", f"{runs}/{{id}}", self._get_execution, action="GET_RULE_EXECUTION"),
                Route("listTransfers", "GET", "/transfers", self._list_transfers, action="LIST_TRANSFERS"),
                Route("createTransfer", "POST", "/transfers", self._create_transfer, transfer, "CREATE_TRANSFER"),
                Route("getTransfer", "GET", "/transfers/{id}", self._get_transfer, action="GET_TRANSFER"),
                Route("listExternalTransactions", "GET", "/external-transactions", self._list_external),
                Route("listCardTransactions", "GET", "/card-transactions", self._list_card_transactions),
                Route("listAuditLogs", "GET", "/audit-logs", self._list_audit_logs, action="LIST_AUDIT_LOGS"),
            ],
            described.OPERATIONS,
        )

    def wire_name(self, text: str) -> str:
        """Return a text with field names in camelCase."""
        return _SNAKE.sub(lambda found: found[1].upper(), text)

    def new_request_id(self) -> str:
        """Return a new request ID. This API accepts none from clients."""
        return f"req-{self.world.ids.request()}"

    def envelope(self, call: ApiCall, data: Any, extra: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return an envelope with the data and the request ID."""
        return {"data": data, "requestId": call.request_id, **(extra or {})}

    def error_envelope(self, call: ApiCall, code: str, message: str) -> dict[str, Any]:
        """Return an envelope with the error and the request ID, as the live API does."""
        return {"error": {"code": code, "message": message}, "requestId": call.request_id}

    def error_response(self, call: ApiCall, error: ApiError) -> ApiResponse:
        """Return the response for an error. Each type of missing resource has its own code."""
        if error.reason is ErrorReason.NOT_FOUND and error.resource in _NOT_FOUND:
            return self.error_response_with(call, 404, _NOT_FOUND[error.resource], error.message)
        return super().error_response(call, error)

    # Accounts

    def _list_accounts(self, call: ApiCall) -> ApiResponse:
        allowed = self.key(call).resources("READ_ACCOUNTS")
        kind = parameters.choice(call, "type", same(ACCOUNT_TYPES))
        everything = parameters.choice(call, "state", {"ACTIVE": False, "ALL": True})
        found = (
            account
            for account in self.world.accounts.values()
            if (allowed is None or account.id in allowed)
            and kind in (None, account.type)
            and (everything or account.deleted_ms is None)
        )
        return self._page(call, found, lambda one: platform_serializers.account_summary(one, call.format_id))

    def _get_account(self, call: ApiCall) -> ApiResponse:
        account = self.account(call, call.ids[0], "READ_ACCOUNTS")
        return self.success(call, 200, platform_serializers.account(account, call.format_id, self.world.now_ms))

    # Transfers

    def _list_account_transfers(self, call: ApiCall) -> ApiResponse:
        account = self.account(call, call.ids[0], "READ_TRANSFERS")
        role = parameters.choice(call, "accountRole", same(("source", "destination", "either")))
        transfer_filter = TransferFilter.read(self.world, call)
        found = (
            transfer
            for transfer in reversed(account.transfers)
            if transfer_filter.matches(transfer) and (role in (None, "either") or getattr(transfer, role) is account)
        )
        return self._page(call, found, lambda one: platform_serializers.transfer(one, call.format_id))

    def _list_transfers(self, call: ApiCall) -> ApiResponse:
        accounts = self._accounts(call, parameters.texts(call, "accountIds[]"))
        transfer_filter = TransferFilter.read(self.world, call)
        found = (
            transfer for transfer in newest([one.transfers for one in accounts]) if transfer_filter.matches(transfer)
        )
        return self._page(call, found, lambda one: platform_serializers.transfer(one, call.format_id))

    def _accounts(self, call: ApiCall, texts: list[str]) -> list[Account]:
        found = [self.account_of_filter(call, text, "READ_TRANSFERS") for text in texts]
        return list({account.id: account for account in found}.values())

    def _create_transfer(self, call: ApiCall) -> ApiResponse:
        self.key(call).require("MANUAL_TRANSFER")
        body = ObjectReader(snake(call.json()))
        sides = [body.text(name) for name in ("source_account_id", "destination_account_id")]
        amount = body.integer("amount_in_cents", at_least=SMALLEST_IN_CENTS)
        body.not_null("description")
        description = body.optional_text("description")
        if description is not None and not _WORD.fullmatch(description):
            raise body.error("description", "must be at most 10 letters, digits and spaces")
        simulation = body.boolean("simulation", default=False)
        transfer = self.move(call, sides[0], sides[1], amount, description, simulation=simulation)
        return self.success(call, 201, platform_serializers.transfer(transfer, call.format_id))

    def _get_transfer(self, call: ApiCall) -> ApiResponse:
        transfer = self.transfer(call, call.ids[0], "READ_TRANSFERS")
        return self.success(call, 200, platform_serializers.transfer(transfer, call.format_id))

    # Rules

    def _list_rules(self, call: ApiCall) -> ApiResponse:
        allowed = self.key(call).resources("READ_RULES")
        source = parameters.text(call, "sourceId")
        account = None if source is None else self.world.accounts.find(source)
        if source is not None and account is None:
            raise invalid(f"Account with id '{source}' was not found.")
        found = (
            rule
            for rule in self.world.rules.values()
            if rule.deleted_ms is None
            and (allowed is None or rule.id in allowed)
            and (account is None or rule.source is account)
        )
        return self._page(call, found, lambda one: platform_serializers.rule_summary(one, call.format_id))

    def _get_rule(self, call: ApiCall) -> ApiResponse:
        rule = self.rule(call, call.ids[0], "READ_RULES")
        if not is_supported(rule):
            raise ApiError(ErrorReason.INVALID_RULE)
        return self.success(call, 200, platform_serializers.rule(rule, call.format_id))

    def _draft(self, call: ApiCall) -> RuleDefinition:
        return self._reader.read(snake(call.json()))

    def _create_rule(self, call: ApiCall) -> ApiResponse:
        self.key(call).require("CREATE_AND_EDIT_RULES")
        return self.success(
            call, 201, platform_serializers.rule(self.world.add_rule(self._draft(call)), call.format_id)
        )

    def _update_rule(self, call: ApiCall) -> ApiResponse:
        rule = self.rule(call, call.ids[0], "CREATE_AND_EDIT_RULES")
        self.world.change_rule(rule, self._draft(call))
        return self.success(call, 200, platform_serializers.rule(rule, call.format_id))

    def _delete_rule(self, call: ApiCall) -> ApiResponse:
        self.world.delete_rule(self.rule(call, call.ids[0], "CREATE_AND_EDIT_RULES"))
        return self.success(call, 204, None)

    def _trigger_rule(self, call: ApiCall) -> ApiResponse:
        rule = self.rule(call, call.ids[0], "TRIGGER_RULES")
        body = ObjectReader(snake(call.json()))
        body.not_null("execute_amount")
        amount = body.optional_integer("execute_amount", at_least=0)
        simulation = body.boolean("simulation", default=False)
        if rule.status != ENABLED:
            raise ApiError(ErrorReason.RULE_DEACTIVATED)
        execution = self.world.executions.start(rule, SEQUENCE_API, amount_in_cents=amount, simulation=simulation)
        self.world.note_effect(execution, call.idempotency_key, call.request_id)
        return self.success(call, 202, {"executionId": call.format_id(execution.id)})

    # Executions

    def _list_executions(self, call: ApiCall) -> ApiResponse:
        rule = self.rule(call, call.ids[0], "READ_RULES")
        status = parameters.choice(call, "status", same(EXECUTION_STATUSES))
        trigger = parameters.choice(call, "triggerType", same(EXECUTION_TRIGGERS))
        mode, window = read_mode(call), Window.read(call)
        found = (
            execution
            for execution in reversed(rule.executions)
            if status in (None, execution.status)
            and trigger in (None, execution.trigger_type)
            and mode in (None, execution.simulation)
            and window.contains(execution)
        )
        return self._page(call, found, lambda one: platform_serializers.execution_summary(one, call.format_id))

    def _get_execution(self, call: ApiCall) -> ApiResponse:
        rule = self.rule(call, call.ids[0], "READ_RULES")
        execution = self.execution(call, call.ids[1], "READ_RULES")
        if execution.rule is not rule:
            raise ApiError(ErrorReason.NOT_FOUND, "The rule execution was not found.", resource="Rule execution")
        counts = self.world.executions.counts(execution)
        return self.success(call, 200, platform_serializers.execution(execution, call.format_id, counts))

    # Transactions and the audit log

    def _list_external(self, call: ApiCall) -> ApiResponse:
        accounts = self._accounts(call, parameters.texts(call, "accountIds[]"))
        incoming = parameters.choice(call, "direction", {"MONEY_IN": True, "MONEY_OUT": False})
        status = parameters.choice(call, "status", same(("PENDING", "COMPLETE")))
        window = Window.read(call)
        self._require_recent(window)
        found = (
            line
            for line in newest([one.feed for one in accounts])
            if incoming in (None, line.incoming) and status in (None, line.status) and window.contains(line)
        )
        return self._page(call, found, lambda one: platform_serializers.external_transaction(one, call.format_id))

    def _list_card_transactions(self, call: ApiCall) -> ApiResponse:
        account = self.account_of_filter(call, parameters.required(call, "accountId"), "READ_TRANSFERS")
        if account.type != POD:
            raise invalid("The query parameter 'accountId' must be the id of a pod.")
        card_id, window = parameters.text(call, "cardId"), Window.read(call)
        card = None if card_id is None else self.world.cards.find(card_id)
        cards = [one for one in self.world.cards.of(account) if card_id is None or one is card]
        found = (one for one in newest([one.transactions for one in cards]) if window.contains(one))
        return self._page(call, found, lambda one: platform_serializers.card_transaction(one, call.format_id))

    def _list_audit_logs(self, call: ApiCall) -> ApiResponse:
        self.key(call).require("READ_AUDIT_LOGS")
        key_id = parameters.text(call, "apiKeyId")
        action = parameters.choice(call, "action", same(_ACTIONS))
        window = Window.read(call)
        self._require_recent(window)
        found = (
            entry
            for entry in reversed(self.world.audit_log)
            if key_id in (None, entry.key.id, v1_form(entry.key.id))
            and action in (None, entry.action)
            and window.contains(entry)
        )
        return self._page(call, found, platform_serializers.audit_entry)

    def _require_recent(self, window: Window) -> None:
        if window.since_ms is not None and window.since_ms < self.world.now_ms - _WINDOW_DAYS * DAY_MS:
            raise invalid("from must be within the last 90 days.")

    # Pages

    def _page(self, call: ApiCall, found: Iterable[Any], write: Callable[[Any], dict[str, Any]]) -> ApiResponse:
        page = parameters.integer(call, "page", 1, 1, 10**9)
        size = parameters.integer(call, "pageSize", 10, 1, 100)
        items = list(islice(found, (page - 1) * size, page * size + 1))
        data = {
            "items": [write(one) for one in items[:size]],
            "pagination": {"page": page, "pageSize": size, "hasNextPage": len(items) > size},
        }
        return self.success(call, 200, data)
