"""The whole state of the sandbox. No I/O and no real time: everything happens when :meth:`World.catch_up` is called."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from random import Random
from threading import RLock
from typing import TYPE_CHECKING, Final, TypedDict, TypeVar

from sequence_async.sandbox.agenda import Agenda
from sequence_async.sandbox.cards import Cards
from sequence_async.sandbox.clock import DAY_MS, SandboxClock
from sequence_async.sandbox.directory import Directory
from sequence_async.sandbox.entities import DISABLED, ENABLED, Rule, RuleText
from sequence_async.sandbox.executions import Executions
from sequence_async.sandbox.ids import IdFactory
from sequence_async.sandbox.keys import ApiKey, Bucket, KeyMemory, Keyring, grants_of
from sequence_async.sandbox.ledger import Ledger
from sequence_async.sandbox.transfers import Transfers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Any

    from sequence_async.sandbox.entities import Account, AuditEntry, Execution, Transfer

REFRESH_MS: Final = DAY_MS
_KEPT_AUDIT_ENTRIES: Final = 10_000
_NAMES_SHOWN: Final = 40

N = TypeVar("N", "Account", "Rule")


@dataclass(slots=True, frozen=True, kw_only=True)
class Settings:
    """How the sandbox behaves where the API leaves it open. Times are seconds of the sandbox's clock."""

    auto_settle: bool = True
    """Whether transfers go on by themselves; if not, each waits for ``settle``."""
    internal_seconds: float = 1.0
    """How long a transfer between pods and income sources takes."""
    push_seconds: float = 8 * 3600.0
    """How long a transfer to another bank takes; one that would arrive at a weekend arrives on Monday."""
    pull_seconds: float = 60 * 3600.0
    """How long a transfer from another bank takes."""
    liability_seconds: float = 72 * 3600.0
    """How long a payment on a liability takes."""
    execution_seconds: float = 0.2
    """How long a triggered rule waits before it acts."""
    approval_above: int | None = None
    """A transfer of more cents than this waits for a human; ``None`` for no such limit."""
    fresh_404: int = 0
    """How many times a read by id answers 404 for what was just made."""
    amount_seconds: float = 5.0
    """How many real seconds a rule waits for the answer of a server that it asks for an amount."""
    remote_trigger_limit: tuple[int, float] | None = (60, 60.0)
    """How often the Remote API triggers one rule: so many times in so many seconds."""


class SettingOptions(TypedDict, total=False):
    """The members of :class:`Settings`, as keyword arguments."""

    auto_settle: bool
    internal_seconds: float
    push_seconds: float
    pull_seconds: float
    liability_seconds: float
    execution_seconds: float
    approval_above: int | None
    fresh_404: int
    amount_seconds: float
    remote_trigger_limit: tuple[int, float] | None


class World:
    """An organization: its accounts, transfers, rules, cards and keys, and its time."""

    def __init__(
        self, *, seed: int | str, start: datetime, frozen: bool = False, settings: Settings | None = None
    ) -> None:
        self.settings = settings or Settings()
        self.seed = seed
        self.clock = SandboxClock(start, frozen=frozen, on_move=self.catch_up)
        self.now_ms = self.clock.now_ms()
        """The time of what happens at present."""
        self.ids = IdFactory(self.random("ids"))
        self._secrets = self.random("secrets")
        self.ledger = Ledger()
        self.agenda = Agenda()
        self.accounts: Directory[Account] = Directory()
        self.rules: Directory[Rule] = Directory()
        self.keys = Keyring()
        self.key_memory = KeyMemory()
        self.effects: dict[str, list[str]] = {}
        """By idempotency key and by request id: the transfers and executions that came of it."""
        self.audit_log: deque[AuditEntry] = deque(maxlen=_KEPT_AUDIT_ENTRIES)
        self.transfers = Transfers(self)
        self.executions = Executions(self)
        self.cards = Cards(self)
        self._seq = 0
        self._history = False
        self.lock = RLock()
        """Held by whoever reads or changes the world; the server and the controls may be in different threads."""
        self.agenda.add(self.now_ms + REFRESH_MS, self._refresh_daily)

    def random(self, purpose: str) -> Random:
        """Make a seeded source of randomness for one purpose."""
        return Random(f"{self.seed}/{purpose}")  # noqa: S311 - a sandbox has nothing to hide

    def next_seq(self) -> int:
        """Count on: lists are ordered by this number."""
        self._seq += 1
        return self._seq

    def secret(self, prefix: str) -> str:
        """Make a credential."""
        return f"{prefix}{self._secrets.getrandbits(160):040x}"

    # Time

    def catch_up(self) -> None:
        """Let everything happen that has fallen due."""
        with self.lock:
            now_ms = self.clock.now_ms()
            while (due := self.agenda.take(now_ms)) is not None:
                self.now_ms = max(self.now_ms, due[0])
                due[1]()
            self.now_ms = max(self.now_ms, now_ms)

    @contextmanager
    def pretending(self, now_ms: int) -> Generator[None]:
        """Do things as if it were another time, one at which no rule runs."""
        present_ms, self.now_ms = self.now_ms, now_ms
        self._history = True
        try:
            yield
        finally:
            self.now_ms, self._history = present_ms, False

    def after(self, seconds: float) -> int:
        """Give the time so many seconds from what happens at present."""
        return self.now_ms + round(seconds * 1000)

    def _refresh_daily(self) -> None:
        self.agenda.add(self.now_ms + REFRESH_MS, self._refresh_daily)
        self.refresh()

    def refresh(self, account: Account | None = None) -> None:
        """Read the balances of external accounts anew, as happens daily; rules that wait for money there then run."""
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
        """Take in an account with an opening balance (negative for a debt)."""
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

    def add_rule(self, text: RuleText) -> Rule:
        """Write a rule; it is disabled."""
        rule = Rule(
            id=self.ids.make("rule"),
            seq=self.next_seq(),
            name=text.name,
            description=text.description,
            status=DISABLED,
            trigger=text.trigger,
            steps=text.steps,
            created_ms=self.now_ms,
            updated_ms=self.now_ms,
        )
        return self.rules.add(rule)

    def rule(self, text: str) -> Rule:
        """Return the rule with this ID, in any form, or this name. Raises :class:`KeyError`."""
        return _named(self.rules, text, "rule")

    def change_rule(self, rule: Rule, text: RuleText) -> None:
        """Put other words in a rule's place; it is disabled until a human enables it again."""
        rule.name, rule.description, rule.trigger, rule.steps = text.name, text.description, text.trigger, text.steps
        self.disable_rule(rule)

    def enable_rule(self, rule: Rule) -> None:
        """Do what only a human can do in the app."""
        rule.status = ENABLED
        rule.updated_ms = self.now_ms
        rule.revision += 1
        if not self._history:
            self.executions.schedule(rule)

    def disable_rule(self, rule: Rule) -> None:
        """Take a rule out of use; runs that have begun go on."""
        rule.status = DISABLED
        rule.updated_ms = self.now_ms
        rule.revision += 1

    def delete_rule(self, rule: Rule) -> None:
        """Hide a rule; its runs stay readable."""
        self.disable_rule(rule)
        rule.deleted_ms = self.now_ms

    def open_to_remote(self, rule: Rule, *, test_mode: bool = False) -> str:
        """Let the Remote API trigger a rule; give the secret to do it with."""
        limit = self.settings.remote_trigger_limit
        rule.bucket = None if limit is None else Bucket(*limit, self.now_ms)
        rule.test_mode = test_mode
        rule.secret = rule.secret or self.secret("rs_")
        return rule.secret

    # Keys

    def add_key(
        self,
        *,
        scopes: Iterable[str] | Mapping[str, Any] | None = None,
        surfaces: Iterable[str] = ("v1", "platform"),
        limits: Mapping[str, tuple[int, float] | None],
        expires_in: float | None = None,
        name: str = "sandbox",
    ) -> ApiKey:
        """Make a key. Raises ``ValueError`` for scopes that do not exist."""
        grants, transfers = grants_of(scopes, self._canonical)
        key = ApiKey(
            id=self.ids.make("key"),
            name=name,
            secret=self.secret("sk_"),
            grants=grants,
            transfers=transfers,
            surfaces=frozenset(surfaces),
            limits={surface: Bucket(*limit, self.now_ms) for surface, limit in limits.items() if limit is not None},
            expires_ms=None if expires_in is None else self.after(expires_in),
        )
        self.keys.add(key)
        return key

    def _canonical(self, text: str) -> str:
        found: Account | Rule | None = self.accounts.find(text) or self.rules.find(text)
        return text if found is None else found.id

    def note_effect(self, thing: Transfer | Execution, *marks: str | None) -> None:
        """Note what came of a request, by its idempotency key and its request id."""
        for mark in marks:
            if mark:
                self.effects.setdefault(mark, []).append(thing.id)

    def books(self) -> Iterator[tuple[str, int]]:
        """Give the name and the cents of every book."""
        for book in self.ledger.books:
            yield book.name, book.cents


def _named(things: Directory[N], text: str, kind: str) -> N:
    found = things.find(text) or next((one for one in things.values() if one.name == text), None)
    if found is None:
        names = sorted({one.name for one in things.values() if one.name})
        shown = names if len(names) <= _NAMES_SHOWN else get_close_matches(text, names, _NAMES_SHOWN) or names
        more = len(names) - len(shown[:_NAMES_SHOWN])
        listed = ", ".join(map(repr, shown[:_NAMES_SHOWN])) + (f" and {more} more" if more else "")
        raise KeyError(f"no {kind} has the ID or name {text!r}. Names: {listed or 'none'}.")
    return found
