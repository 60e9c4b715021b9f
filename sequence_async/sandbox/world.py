"""An organization with its money movements and rule executions."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, TypeVar

from sequence_async.sandbox.api_keys import ApiKey, TokenBucket, grants_of
from sequence_async.sandbox.cards import Cards
from sequence_async.sandbox.clock import DAY_MS
from sequence_async.sandbox.entities import DISABLED, ENABLED, Rule, RuleDefinition
from sequence_async.sandbox.executions import Executions
from sequence_async.sandbox.registry import Registry
from sequence_async.sandbox.state import Settings, State
from sequence_async.sandbox.transfers import Transfers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Any

    from sequence_async.sandbox.entities import Account, Execution, Transfer

REFRESH_MS: Final = DAY_MS
_NAMES_SHOWN: Final = 40

N = TypeVar("N", "Account", "Rule")


class World(State):
    """An organization: its accounts, transfers, rules, cards and API keys, and its clock."""

    def __init__(
        self, *, seed: int | str, start: datetime, frozen: bool = False, settings: Settings | None = None
    ) -> None:
        super().__init__(seed=seed, start=start, frozen=frozen, settings=settings)
        self.transfers = Transfers(self, arrived=self._funds_arrived)
        self.executions = Executions(self, self.transfers, refresh=self.refresh)
        self.cards = Cards(self)
        self.scheduler.add(self.now_ms + REFRESH_MS, self._refresh_daily)

    # Money that arrives

    def _funds_arrived(self, account: Account, amount_in_cents: int, chain: frozenset[str]) -> None:
        self.executions.funds_arrived(account, amount_in_cents, chain)

    def _refresh_daily(self) -> None:
        self.scheduler.add(self.now_ms + REFRESH_MS, self._refresh_daily)
        self.refresh()

    def refresh(self, account: Account | None = None) -> None:
        """Refresh the balances of external accounts, and start rules that wait for funds there."""
        for one in self.accounts.values() if account is None else (account,):
            if not one.is_external or one.error is not None or one.deleted_ms is not None:
                continue
            one.shown_in_cents = one.cents
            one.refreshed_ms = one.updated_ms = self.now_ms
            received, one.received_in_cents = one.received_in_cents, 0
            if received > 0:
                self.executions.funds_arrived(one, received)

    # Accounts

    def add_account(self, account: Account, opening_in_cents: int = 0) -> Account:
        """Add an account with an opening balance, which is negative for a debt."""
        self.ledger.add(account)
        if opening_in_cents > 0:
            self.ledger.post(self.ledger.outside, account, opening_in_cents, at_ms=self.now_ms, reference=account.id)
        elif opening_in_cents < 0:
            self.ledger.post(account, self.ledger.outside, -opening_in_cents, at_ms=self.now_ms, reference=account.id)
        account.shown_in_cents = account.cents
        return self.accounts.add(account, account.remote_id)

    def account(self, text: str) -> Account:
        """Return the account with this ID, in any form, or this name. Raises :class:`KeyError`."""
        return _named(self.accounts, text, "account")

    # Rules

    def add_rule(self, definition: RuleDefinition) -> Rule:
        """Add a rule. It starts disabled."""
        rule = Rule(
            id=self.ids.make("rule"),
            seq=self.next_seq(),
            name=definition.name,
            description=definition.description,
            status=DISABLED,
            trigger=definition.trigger,
            steps=definition.steps,
            created_ms=self.now_ms,
            updated_ms=self.now_ms,
        )
        return self.rules.add(rule)

    def rule(self, text: str) -> Rule:
        """Return the rule with this ID, in any form, or this name. Raises :class:`KeyError`."""
        return _named(self.rules, text, "rule")

    def change_rule(self, rule: Rule, definition: RuleDefinition) -> None:
        """Replace the definition of a rule. The rule is disabled until a user enables it again."""
        rule.name, rule.description = definition.name, definition.description
        rule.trigger, rule.steps = definition.trigger, definition.steps
        self.disable_rule(rule)

    def enable_rule(self, rule: Rule) -> None:
        """Enable a rule and schedule its next execution."""
        rule.status = ENABLED
        rule.updated_ms = self.now_ms
        rule.revision += 1
        if not self._history:
            self.executions.schedule(rule)

    def disable_rule(self, rule: Rule) -> None:
        """Disable a rule. Executions in progress continue."""
        rule.status = DISABLED
        rule.updated_ms = self.now_ms
        rule.revision += 1

    def delete_rule(self, rule: Rule) -> None:
        """Delete a rule. Its executions remain readable."""
        self.disable_rule(rule)
        rule.deleted_ms = self.now_ms

    def enable_remote_trigger(self, rule: Rule, *, test_mode: bool = False) -> str:
        """Allow the Remote API to trigger a rule, and return the secret for it."""
        limit = self.settings.remote_trigger_limit
        rule.bucket = None if limit is None else TokenBucket(*limit, self.now_ms)
        rule.test_mode = test_mode
        rule.secret = rule.secret or self.secret("rs_")
        return rule.secret

    # Keys

    def add_key(
        self,
        *,
        scopes: Iterable[str] | Mapping[str, Any] | None = None,
        apis: Iterable[str] = ("v1", "platform"),
        limits: Mapping[str, tuple[int, float] | None],
        expires_in: float | None = None,
        name: str = "sandbox",
    ) -> ApiKey:
        """Create an API key. Raises ``ValueError`` if a scope does not exist."""
        grants, transfers = grants_of(scopes, self._canonical)
        key = ApiKey(
            id=self.ids.make("key"),
            name=name,
            secret=self.secret("sk_"),
            grants=grants,
            transfers=transfers,
            apis=frozenset(apis),
            limits={api: TokenBucket(*limit, self.now_ms) for api, limit in limits.items() if limit is not None},
            expires_ms=None if expires_in is None else self.after(expires_in),
        )
        self.keys.add(key)
        return key

    def _canonical(self, text: str) -> str:
        found: Account | Rule | None = self.accounts.find(text) or self.rules.find(text)
        return text if found is None else found.id

    def note_effect(self, resource: Transfer | Execution, *marks: str | None) -> None:
        """Record what a request created, by its idempotency key and its request ID."""
        for mark in marks:
            if mark:
                self.effects.setdefault(mark, []).append(resource.id)

    def ledger_balances(self) -> Iterator[tuple[str, int]]:
        """Yield the name and the balance in cents of every ledger account."""
        for account in self.ledger.accounts:
            yield account.name, account.cents


def _named(registry: Registry[N], text: str, kind: str) -> N:
    found = registry.find(text) or next((one for one in registry.values() if one.name == text), None)
    if found is None:
        names = sorted({one.name for one in registry.values() if one.name})
        shown = names if len(names) <= _NAMES_SHOWN else get_close_matches(text, names, _NAMES_SHOWN) or names
        more = len(names) - len(shown[:_NAMES_SHOWN])
        listed = ", ".join(map(repr, shown[:_NAMES_SHOWN])) + (f" and {more} more" if more else "")
        raise KeyError(f"no {kind} has the ID or name {text!r}. Names: {listed or 'none'}.")
    return found
