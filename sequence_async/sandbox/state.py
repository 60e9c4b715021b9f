"""The state of an organization and its time. No I/O: everything happens when :meth:`State.catch_up` is called."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from threading import RLock
from typing import TYPE_CHECKING, Final, TypedDict

from sequence_async.sandbox.api_keys import ApiKeyStore
from sequence_async.sandbox.clock import SandboxClock
from sequence_async.sandbox.idempotency import IdempotencyStore
from sequence_async.sandbox.ids import IdFactory
from sequence_async.sandbox.ledger import Ledger
from sequence_async.sandbox.registry import Registry
from sequence_async.sandbox.scheduler import Scheduler

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from sequence_async.sandbox.entities import Account, AuditEntry, Rule

_KEPT_AUDIT_ENTRIES: Final = 10_000


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


class State:
    """What an organization has, and its time. Transfers, executions and cards act on it."""

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
        self.scheduler = Scheduler()
        self.accounts: Registry[Account] = Registry()
        self.rules: Registry[Rule] = Registry()
        self.keys = ApiKeyStore()
        self.idempotency_store = IdempotencyStore()
        self.effects: dict[str, list[str]] = {}
        """By idempotency key and by request id: the transfers and executions that came of it."""
        self.audit_log: deque[AuditEntry] = deque(maxlen=_KEPT_AUDIT_ENTRIES)
        self._seq = 0
        self._history = False
        self.lock = RLock()
        """Held by every reader and writer of the state; the server and the controls may be in different threads."""

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
            while (due := self.scheduler.take(now_ms)) is not None:
                self.now_ms = max(self.now_ms, due[0])
                due[1]()
            self.now_ms = max(self.now_ms, now_ms)

    @contextmanager
    def at_time(self, now_ms: int) -> Generator[None]:
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
