"""Creation of accounts, rules, cards and API keys from scenario files and control calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sequence_async.sandbox.api_keys import APIS, SCOPES
from sequence_async.sandbox.entities import (
    EXTERNAL_ACCOUNT,
    EXTERNAL_TYPES,
    POD,
    Account,
    Card,
    Liability,
    Rule,
    RuleDefinition,
)
from sequence_async.sandbox.rule_reader import V1_ACCOUNT_TYPES, V1_ACTION_TYPES, RuleReader
from sequence_async.sandbox.validation import ObjectReader, Path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sequence_async.sandbox.world import World

_ACCOUNT: Final = frozenset(
    {
        "name",
        "type",
        "balance_in_cents",
        "description",
        "external_account_type",
        "beneficiary_name",
        "institution_name",
        "can_be_source",
        "can_be_destination",
        "needs_approval",
        "savings_target_in_cents",
        "linked_account",
        "error",
        "last_statement_balance_in_cents",
        "next_payment_minimum_in_cents",
        "next_payment_due_date",
        "interest_rate_percentage",
        "original_loan_amount_in_cents",
        "credit_limit_in_cents",
    }
)
_LIABILITY: Final = frozenset(
    {
        "last_statement_balance_in_cents",
        "next_payment_minimum_in_cents",
        "next_payment_due_date",
        "interest_rate_percentage",
        "original_loan_amount_in_cents",
        "credit_limit_in_cents",
    }
)
_RULE: Final = frozenset({"nickname", "description", "enabled", "remote", "test_mode", "trigger", "steps"})
_CARD: Final = frozenset({"account", "type", "status", "holder_name", "last_four", "expiration_date"})
_KEY: Final = frozenset({"name", "scopes", "apis", "rate_limit", "expires_in"})
_STATUSES: Final = {word: word.upper() for word in ("active", "inactive", "frozen", "stolen", "lost")}
_CARD_TYPES: Final = {word: word.upper() for word in ("virtual", "physical")}


class Builder:
    """Creates resources from scenario entries. Raises :class:`ValidationError` with the path of the invalid field."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._digits = world.random("builder")
        self._reader = RuleReader(
            self._find,
            name="nickname",
            action_types=V1_ACTION_TYPES,
            account_types=V1_ACCOUNT_TYPES,
            from_scenario=True,
        )

    def _find(self, text: str) -> Account | None:
        try:
            return self._world.account(text)
        except KeyError:
            return None

    def _account_at(self, at: ObjectReader, name: str) -> Account:
        account = self._find(at.text(name))
        if account is None:
            raise at.error(name, f"is not an account: {at.text(name)!r}")
        return account

    def account(self, value: Any, path: Path = ()) -> Account:
        """Create an account."""
        at, world = ObjectReader(value, path), self._world
        at.reject_unknown(_ACCOUNT)
        name, kind = at.text("name"), at.choice("type", V1_ACCOUNT_TYPES)
        if self._find(name) is not None:
            raise at.error("name", f"must be unique, but {name!r} already exists")
        external = at.optional_choice("external_account_type", {word: word for word in EXTERNAL_TYPES})
        if (kind == EXTERNAL_ACCOUNT) != (external is not None):
            raise at.error("external_account_type", "must be set for external accounts, and only for them")
        inside, owed = kind != EXTERNAL_ACCOUNT, external == "LIABILITY"
        if not owed and (wrong := next((field for field in at.fields if field in _LIABILITY), None)):
            raise at.error(wrong, "must not be set unless external_account_type is LIABILITY")
        remote_id = world.ids.make("x").v1[2:] + "Qx4"
        while inside and (not remote_id.isdigit() or remote_id in world.accounts):
            remote_id = str(5_000_000 + self._digits.randrange(5_000_000))
        account = Account(world.ids.make("acc"), remote_id, name, kind, created_ms=world.now_ms)
        account.external_type = external
        account.description = at.optional_text("description")
        account.beneficiary = at.optional_text("beneficiary_name") or "John Smith"
        account.institution = at.optional_text("institution_name")
        account.can_be_source = at.boolean("can_be_source", default=external in (None, "DEPOSITORY"))
        account.can_be_destination = at.boolean("can_be_destination", default=True)
        account.needs_approval = at.boolean("needs_approval", default=False)
        account.savings_target_in_cents = at.optional_integer("savings_target_in_cents", at_least=0)
        account.error = at.optional_text("error")
        account.linked = self._account_at(at, "linked_account") if at.has("linked_account") else None
        account.routing = None if owed else f"0{self._digits.randrange(10**8):08d}"
        account.number = f"{self._digits.randrange(10**10):010d}"
        account.liability = _liability(at) if owed else None
        balance = at.optional_integer("balance_in_cents", at_least=0) or 0
        return world.add_account(account, -balance if owed else balance)

    def rule(self, value: Any, path: Path = ()) -> Rule:
        """Create a rule. It is enabled by default."""
        at, world = ObjectReader(value, path), self._world
        at.reject_unknown(_RULE)
        remote = at.boolean("remote", default=False)
        test_mode = at.boolean("test_mode", default=False)
        rule = world.add_rule(self.rule_text(value, path))
        if remote or test_mode:
            world.enable_remote_trigger(rule, test_mode=test_mode)
        if at.boolean("enabled", default=True):
            world.enable_rule(rule)
        return rule

    def rule_text(self, value: Any, path: Path = ()) -> RuleDefinition:
        """Return the definition of a rule."""
        return self._reader.read(value, path)

    def card(self, value: Any, path: Path = ()) -> Card:
        """Issue a card for a pod."""
        at, world = ObjectReader(value, path), self._world
        at.reject_unknown(_CARD)
        account = self._account_at(at, "account")
        if account.type != POD:
            raise at.error("account", "must be a pod")
        return world.cards.issue(
            account,
            kind=at.optional_choice("type", _CARD_TYPES) or "VIRTUAL",
            status=at.optional_choice("status", _STATUSES) or "ACTIVE",
            holder=at.optional_text("holder_name") or account.beneficiary or "John Smith",
            last_four=at.optional_text("last_four", at_most=4) or f"{self._digits.randrange(10_000):04d}",
            expires=at.optional_text("expiration_date", at_most=5) or f"{self._digits.randrange(1, 13):02d}/29",
            created_ms=world.now_ms,
        )

    def key(self, value: Any, limits: Mapping[str, tuple[int, float] | None], path: Path = ()) -> str:
        """Create an API key and return its secret. Scopes accept IDs, and also names for accounts."""
        at, world = ObjectReader(value, path), self._world
        at.reject_unknown(_KEY)
        apis = at.items("apis") or list(APIS)
        for index, api in enumerate(apis):
            if api not in APIS:
                raise at.error(f"apis[{index}]", f"must be one of {', '.join(APIS)}")
        rate = at.optional_child("rate_limit")
        if rate is not None:
            limit = (rate.integer("calls", at_least=1), float(rate.integer("seconds", at_least=1)))
            limits = dict.fromkeys(APIS, limit)
        try:
            key = world.add_key(
                scopes=self._scopes(at),
                apis=apis,
                limits=limits,
                expires_in=at.optional_number("expires_in"),
                name=at.optional_text("name") or "key",
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise at.error("scopes", str(error)) from None
        return key.secret

    def _scopes(self, at: ObjectReader) -> Any:
        scopes = at.fields.get("scopes")
        if scopes is None:
            return None
        if isinstance(scopes, list):
            return at.items("scopes")
        named = at.child("scopes")
        named.reject_unknown(SCOPES)
        return {scope: self._limits(named, scope) for scope in named.fields}

    def _limits(self, at: ObjectReader, scope: str) -> Any:
        if at.fields[scope] in (None, "*"):
            return None
        if scope != "MANUAL_TRANSFER":
            return [self._id(item) for item in at.items(scope)]
        return [
            {name: value if name == "max_amount" else self._id(value) for name, value in entry.fields.items()}
            for entry in at.children(scope)
        ]

    def _id(self, text: Any) -> Any:
        account = self._find(text) if isinstance(text, str) else None
        return text if account is None else account.id


def _liability(at: ObjectReader) -> Liability:
    due = at.time("next_payment_due_date").date().isoformat() if at.has("next_payment_due_date") else None
    return Liability(
        minimum_in_cents=at.optional_integer("next_payment_minimum_in_cents", at_least=0),
        statement_in_cents=at.optional_integer("last_statement_balance_in_cents", at_least=0),
        due_date=due,
        interest_rate=at.optional_number("interest_rate_percentage"),
        original_loan_in_cents=at.optional_integer("original_loan_amount_in_cents", at_least=0),
        credit_limit_in_cents=at.optional_integer("credit_limit_in_cents", at_least=0),
    )
