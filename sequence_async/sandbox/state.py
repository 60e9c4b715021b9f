"""The state of an organization and its clock. No I/O: :meth:`State.catch_up` processes everything that is due."""

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
    """Behavior that the API does not define. Times are seconds of the sandbox's clock."""

    auto_settle: bool = True
    """Whether transfers settle on their own. If not, each waits for ``settle()``."""
    internal_seconds: float = 1.0
    """Duration of a transfer between pods and income sources."""
    push_seconds: float = 8 * 3600.0
    """Duration of a transfer to another bank. A transfer due on a weekend arrives on Monday."""
    pull_seconds: float = 60 * 3600.0
    """Duration of a transfer from another bank."""
    liability_seconds: float = 72 * 3600.0
    """Duration of a payment to a liability."""
    execution_seconds: float = 0.2
    """Delay between the trigger of a rule and its actions."""
    approval_above: int | None = None
    """Transfers of more cents than this wait for approval; ``None`` for no limit."""
    fresh_404: int = 0
    """Number of reads by ID that return 404 for a resource that was just created."""
    amount_seconds: float = 5.0
    """Seconds of real time that a rule waits for your server to return an amount."""
    remote_trigger_limit: tuple[int, float] | None = (60, 60.0)
    """The limit of each rule on the Remote API, as (triggers, seconds)."""


class SettingOptions(TypedDict, total=False):
    """The attributes of :class:`Settings` as keyword arguments."""

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
    """The resources of an organization and its clock. Transfers, executions and cards operate on it."""

    def __init__(
        self, *, seed: int | str, start: datetime, frozen: bool = False, settings: Settings | None = None
    ) -> None:
        self.settings = settings or Settings()
        self.seed = seed
        self.clock = SandboxClock(start, frozen=frozen, on_move=self.catch_up)
        self.now_ms = self.clock.now_ms()
        """The time of the event being processed, in milliseconds since 1970."""
        self.ids = IdFactory(self.random("ids"))
        self._secrets = self.random("secrets")
        self.ledger = Ledger()
        self.scheduler = Scheduler()
        self.accounts: Registry[Account] = Registry()
        self.rules: Registry[Rule] = Registry()
        self.keys = ApiKeyStore()
        self.idempotency_store = IdempotencyStore()
        self.effects: dict[str, list[str]] = {}
        """The IDs of the transfers and executions that a request created, by idempotency key and by request ID."""
        self.audit_log: deque[AuditEntry] = deque(maxlen=_KEPT_AUDIT_ENTRIES)
        self._seq = 0
        self._history = False
        self.lock = RLock()
        """Guards every read and write of the state: the server and the controls may run in different threads."""

    def random(self, purpose: str) -> Random:
        """Return a seeded random generator for one purpose."""
        return Random(f"{self.seed}/{purpose}")  # noqa: S311 - the sandbox has no real secrets

    def next_seq(self) -> int:
        """Return the next sequence number. Lists are ordered by it."""
        self._seq += 1
        return self._seq

    def secret(self, prefix: str) -> str:
        """Return a new credential."""
        return f"{prefix}{self._secrets.getrandbits(160):040x}"

    # Time

    def catch_up(self) -> None:
        """Process everything that is due."""
        with self.lock:
            now_ms = self.clock.now_ms()
            while (due := self.scheduler.take(now_ms)) is not None:
                self.now_ms = max(self.now_ms, due[0])
                due[1]()
            self.now_ms = max(self.now_ms, now_ms)

    @contextmanager
    def at_time(self, now_ms: int) -> Generator[None]:
        """Act at another time, without starting rules."""
        present_ms, self.now_ms = self.now_ms, now_ms
        self._history = True
        try:
            yield
        finally:
            self.now_ms, self._history = present_ms, False

    def after(self, seconds: float) -> int:
        """Return the time ``seconds`` after the event being processed, in milliseconds since 1970."""
        return self.now_ms + round(seconds * 1000)
