"""Read rules from any of the wire formats and from a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sequence_async.sandbox.clock import milliseconds
from sequence_async.sandbox.entities import (
    ACCOUNT_TYPES,
    MANUAL,
    ON_FUNDS_TRANSFERRED,
    SCHEDULED,
    Account,
    Action,
    Comparison,
    Condition,
    ConditionGroup,
    Limit,
    Rule,
    RuleDefinition,
    Step,
    Trigger,
)
from sequence_async.sandbox.validation import ObjectReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FACTS: Final = ("TRANSFER_AMOUNT", "BALANCE", "DATE")
VALUE_FACTS: Final = (*FACTS, "LAST_DAY_OF_MONTH", "NEXT_PAYMENT_MINIMUM_AMOUNT", "LAST_STATEMENT_BALANCE")
OPERATORS: Final = (
    "EQUALS",
    "NOT_EQUALS",
    "GREATER_THAN",
    "LESS_THAN",
    "GREATER_THAN_OR_EQUAL",
    "LESS_THAN_OR_EQUAL",
)
SCHEDULE_TYPES: Final = ("ONE_TIME", "DAILY", "WEEKLY", "BI_WEEKLY", "MONTHLY", "EVERY_OTHER_WEEK")
PERIODS: Final = ("PER_TRANSFER", "PER_WEEK", "PER_MONTH", "PER_YEAR")
TARGETS: Final = ("INCOMING_AMOUNT", "SOURCE_ACCOUNT")
ACTION_TYPES: Final = (
    "FIXED",
    "PERCENTAGE",
    "TOP_UP",
    "ROUND_DOWN",
    "NEXT_PAYMENT_MINIMUM",
    "TOTAL_AMOUNT_DUE",
    "LAST_STATEMENT_BALANCE",
    "PERCENTAGE_LIABILITY_BALANCE",
    "AVALANCHE",
    "SNOWBALL",
    "QUERY_REMOTE_API",
)
TOP_UP_ACCOUNTS: Final = ("next_payment_minimum_account", "current_balance_account", "last_statement_balance_account")
_DEEPEST: Final = 32
_ACTION_FIELDS: Final = (
    "type",
    "source",
    "destination",
    "group_index",
    "up_to_enabled",
    "is_direct_deposit",
    "limit",
    "ach_description",
    "amount_in_cents",
    "percentage_value",
    "percentage_target",
    "url",
    *TOP_UP_ACCOUNTS,
)


class RuleReader:
    """Reads rules from objects in snake_case, with the type names of a wire format.

    With ``from_scenario``, an account may be a name instead of an object, and an unknown field is an error.
    """

    __slots__ = ("_account_types", "_action_types", "_find", "_from_scenario", "_name")

    def __init__(
        self,
        find: Callable[[str], Account | None],
        *,
        name: str,
        action_types: Mapping[str, str],
        account_types: Mapping[str, str],
        from_scenario: bool = False,
    ) -> None:
        self._from_scenario = from_scenario
        self._find = find
        self._name = name
        self._action_types = action_types
        self._account_types = account_types

    def read(self, value: Any, path: tuple[str | int, ...] = ()) -> RuleDefinition:
        """Return the definition in an object. Raises :class:`ValidationError`."""
        draft = ObjectReader(value, path)
        return RuleDefinition(
            name=draft.optional_text(self._name),
            description=draft.optional_text("description"),
            trigger=self._trigger(draft.child("trigger")),
            steps=tuple(self._step(step) for step in draft.children("steps", at_least=1)),
        )

    def _reject_unknown(self, at: ObjectReader, *allowed: str) -> None:
        if self._from_scenario:
            at.reject_unknown(allowed)

    def _account(self, at: ObjectReader, name: str) -> Account:
        account = self._find(at.text(name))
        if account is None or account.deleted_ms is not None:
            raise at.error(name, f"is not an account: {at.text(name)!r}")
        return account

    def _trigger(self, at: ObjectReader) -> Trigger:
        self._reject_unknown(at, "type", "account_id", "schedule_type", "start_date")
        kind = at.choice("type", {word: word for word in (ON_FUNDS_TRANSFERRED, SCHEDULED, MANUAL)})
        if kind == ON_FUNDS_TRANSFERRED:
            return Trigger(kind, self._account(at, "account_id"))
        account = self._account(at, "account_id") if at.has("account_id") else None
        if kind == MANUAL:
            return Trigger(kind, account)
        schedule = at.choice("schedule_type", {word: word for word in SCHEDULE_TYPES})
        return Trigger(kind, account, schedule, milliseconds(at.time("start_date")))

    def _step(self, at: ObjectReader) -> Step:
        self._reject_unknown(at, "conditions", "actions")
        condition = at.optional_child("conditions")
        return Step(
            None if condition is None else self._condition(condition, depth=1),
            tuple(self._action(action) for action in at.children("actions", at_least=1)),
        )

    def _condition(self, at: ObjectReader, depth: int) -> Condition:
        self._reject_unknown(at, "condition", "any", "all")
        present = [name for name in ("condition", "any", "all") if at.has(name)]
        if len(present) != 1:
            raise at.error("condition", "exactly one of condition, any and all must be given")
        if depth > _DEEPEST:
            raise at.error(present[0], f"conditions are nested deeper than {_DEEPEST}")
        if present[0] == "condition":
            return self._comparison(at.child("condition"))
        conditions = tuple(self._condition(inner, depth + 1) for inner in at.children(present[0], at_least=1))
        return ConditionGroup(present[0] == "all", conditions)

    def _comparison(self, at: ObjectReader) -> Comparison:
        self._reject_unknown(at, "fact", "operator", "value", "value_fact", "params")
        value_fact = at.optional_choice("value_fact", {word: word for word in VALUE_FACTS})
        value = at.optional_integer("value")
        if (value is None) == (value_fact is None):
            raise at.error("value", "exactly one of value and value_fact must be given")
        params = at.optional_child("params")
        account = self._account(params, "account_id") if params is not None and params.has("account_id") else None
        fact = at.choice("fact", {word: word for word in FACTS})
        return Comparison(fact, at.choice("operator", {word: word for word in OPERATORS}), value, value_fact, account)

    def _node(self, at: ObjectReader, name: str) -> Account:
        if self._from_scenario and isinstance(at.fields.get(name), str):
            return self._account(at, name)
        node = at.child(name)
        self._reject_unknown(node, "id", "type", "name")
        node.optional_choice("type", self._account_types)
        return self._account(node, "id")

    def _action(self, at: ObjectReader) -> Action:
        self._reject_unknown(at, *_ACTION_FIELDS)
        kind = at.choice("type", self._action_types)
        reference: tuple[str, Account] | None = None
        amount: int | None = None
        if kind == "TOP_UP":
            named = [name for name in TOP_UP_ACCOUNTS if at.has(name)]
            if len(named) + at.has("amount_in_cents") != 1:
                raise at.error("amount_in_cents", f"exactly one of amount_in_cents, {', '.join(TOP_UP_ACCOUNTS)}")
            reference = (named[0], self._node(at, named[0])) if named else None
            amount = at.optional_integer("amount_in_cents", at_least=1)
        elif kind in ("FIXED", "ROUND_DOWN"):
            amount = at.integer("amount_in_cents", at_least=1)
        elif kind in ("AVALANCHE", "SNOWBALL"):
            amount = at.optional_integer("amount_in_cents", at_least=1)
        percent = kind in ("PERCENTAGE", "PERCENTAGE_LIABILITY_BALANCE")
        limit = at.optional_child("limit")
        source, destination = self._node(at, "source"), self._node(at, "destination")
        if source is destination:
            raise at.error("destination", "must not be the source")
        return Action(
            type=kind,
            source=source,
            destination=destination,
            group=at.optional_integer("group_index", at_least=0) or 0,
            up_to=at.boolean("up_to_enabled", default=False),
            direct_deposit=at.boolean("is_direct_deposit", default=False),
            limit=None
            if limit is None
            else Limit(
                limit.choice("period", {word: word for word in PERIODS}), limit.integer("amount_in_cents", at_least=1)
            ),
            ach_description=at.optional_text("ach_description"),
            amount_in_cents=amount,
            percentage=at.percentage("percentage_value") if percent else None,
            target=at.choice("percentage_target", {word: word for word in TARGETS}) if kind == "PERCENTAGE" else None,
            reference=reference,
            url=at.text("url") if kind == "QUERY_REMOTE_API" else None,
        )


V1_ACTION_TYPES: Final[Mapping[str, str]] = {
    "fixed_amount" if kind == "FIXED" else kind.lower(): kind for kind in ACTION_TYPES
}
V1_ACCOUNT_TYPES: Final[Mapping[str, str]] = {kind.lower(): kind for kind in ACCOUNT_TYPES}
PLATFORM_ACTION_TYPES: Final[Mapping[str, str]] = {
    kind: kind for kind in ACTION_TYPES if kind not in ("AVALANCHE", "SNOWBALL", "QUERY_REMOTE_API")
}
PLATFORM_ACCOUNT_TYPES: Final[Mapping[str, str]] = {kind: kind for kind in ACCOUNT_TYPES}


def is_supported(rule: Rule) -> bool:
    """Return whether platform/v1 can represent a rule."""
    return all(action.type in PLATFORM_ACTION_TYPES for step in rule.steps for action in step.actions)
