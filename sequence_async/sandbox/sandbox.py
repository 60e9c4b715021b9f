"""The sandbox as tests and people use it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from sequence_async.sandbox.drifting import Drift
from sequence_async.sandbox.faults import Fault, FaultPlan, Order, Status
from sequence_async.sandbox.household import Household
from sequence_async.sandbox.server import HOST, Server
from sequence_async.sandbox.surfaces.platform import Platform
from sequence_async.sandbox.surfaces.remote import Remote
from sequence_async.sandbox.surfaces.v1 import V1
from sequence_async.sandbox.world import Settings, World

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType

    from sequence_async.sandbox.asking import AskedAmount
    from sequence_async.sandbox.clock import SandboxClock
    from sequence_async.sandbox.directory import Directory
    from sequence_async.sandbox.entities import Account, CardTransaction, Execution, Transfer
    from sequence_async.sandbox.journal import RecordedRequest
    from sequence_async.sandbox.ledger import Ledger
    from sequence_async.sandbox.rulebook import Rule
    from sequence_async.sandbox.surfaces.surface import Surface

PLATFORM_LIMIT: Final = (100, 60.0)


class Sandbox:
    """A Sequence of one's own on a free loopback port: ``async with Sandbox() as sandbox``.

    The same ``seed`` gives the same ids, names and history. Dates lie relative to the day it starts on; give ``start``
    to fix them too. Amounts are cents, times are seconds of :attr:`clock`, which follows real time unless ``frozen``.

    An unexpected exception inside becomes a 500 for the caller, stands in :attr:`errors`, and is raised again on
    leaving.
    """

    def __init__(
        self,
        seed: int | str = 0,
        *,
        accounts: int | None = None,
        history: int = 40,
        port: int = 0,
        frozen: bool = False,
        start: datetime | None = None,
        drift: bool = False,
        latency: float = 0.0,
        rate_limit: tuple[int, float] | None = None,
        platform_rate_limit: tuple[int, float] | None = PLATFORM_LIMIT,
        **settings: Any,
    ) -> None:
        began = start or datetime.now(UTC)
        today = began.replace(hour=0, minute=0, second=0, microsecond=0)
        # History hangs on midnight, so that it is the same however late on a day a sandbox is started.
        if start is None and frozen:
            began = today
        self._limits = {"v1": rate_limit, "platform": platform_rate_limit}
        self.world = World(seed=seed, start=began, frozen=frozen, settings=Settings(**settings))
        self.world.now_ms = int(today.timestamp() * 1000) if start is None else self.world.now_ms
        Household(self.world, accounts=accounts).fill(history=history)
        self.world.now_ms = self.world.clock.now_ms()
        self._default_key = self.world.add_key(limits=self._limits)
        self._access_token = self.world.secret("at_")
        remote = Remote(self.world, self._access_token)
        surfaces: dict[tuple[str, ...], Surface] = {
            ("api", "v1"): V1(self.world),
            ("platform", "v1"): Platform(self.world),
            ("remote-api",): remote,
            (): remote,
        }
        self._operations = {
            name
            for surface in surfaces.values()
            for one in surface.routes
            for name in (one.id, f"{surface.name}.{one.id}")
        }
        self._server = Server(self.world, surfaces, FaultPlan(self.world.random("faults")))
        self._server.port = port
        self._server.latency = latency
        self.world.clock.on_move = self._moved
        if drift:
            Drift(self.world)

    def _moved(self) -> None:
        self.world.catch_up()
        self._server.wake()

    # Lifecycle

    async def start(self) -> Self:
        """Listen; after a stop, on the same port and with the same state."""
        if not self._server.running:
            await self._server.start()
        return self

    async def stop(self) -> None:
        """Stop listening and cut all connections, as a killed server would; the state stays."""
        await self._server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()
        if error is None and self.errors:
            raise ExceptionGroup("the sandbox failed while it answered", list(self.errors))

    # Where it is, and how to get in

    @property
    def url(self) -> str:
        """The address of the server, without a path."""
        return f"http://{HOST}:{self._server.port}"

    @property
    def v1_url(self) -> str:
        """The base URL for ``SequenceClient``."""
        return f"{self.url}/api/v1"

    @property
    def platform_url(self) -> str:
        """The base URL for ``PlatformClient``."""
        return f"{self.url}/platform/v1"

    @property
    def remote_url(self) -> str:
        """The base URL for ``RemoteClient``."""
        return self.url

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.port

    @property
    def api_key(self) -> str:
        """A key with every scope for everything, for both REST APIs."""
        return self._default_key.secret

    @property
    def access_token(self) -> str:
        """The access token of the Remote API."""
        return self._access_token

    def rule_secret(self, rule_id: str) -> str:
        """Give the secret that triggers a rule through the Remote API. Raises ``KeyError`` where there is none."""
        secret = self.world.rules[rule_id].secret
        if secret is None:
            raise KeyError(rule_id)
        return secret

    @property
    def rule_secrets(self) -> Mapping[str, str]:
        """The secrets of all rules that the Remote API can trigger, by rule id."""
        return {rule.id: rule.secret for rule in self.world.rules.values() if rule.secret is not None}

    def create_key(
        self,
        scopes: Iterable[str] | Mapping[str, Any] | None = None,
        *,
        surfaces: Iterable[str] = ("v1", "platform"),
        rate_limit: tuple[int, float] | None = None,
        expires_in: float | None = None,
        name: str = "created",
    ) -> str:
        """Make another key and give its secret.

        ``scopes`` are names, each then for everything, or names with what they are limited to: lists of account or
        rule ids, and for ``MANUAL_TRANSFER`` a list of ``{"source", "target", "max_amount"}``. Without ``scopes`` it
        has all of them.
        ``rate_limit`` is so many calls in so many seconds; ``expires_in`` is seconds.
        """
        limits = self._limits if rate_limit is None else {"v1": rate_limit, "platform": rate_limit}
        key = self.world.add_key(scopes=scopes, surfaces=surfaces, limits=limits, expires_in=expires_in, name=name)
        return key.secret

    def revoke_key(self, secret: str) -> None:
        """Make a key worthless. Raises ``KeyError`` for a secret that is none."""
        key = self.world.keys.get(secret)
        if key is None:
            raise KeyError("no such key")
        key.revoked = True

    # What is inside

    @property
    def clock(self) -> SandboxClock:
        """The sandbox's time; ``clock.advance(seconds)`` moves it on."""
        return self.world.clock

    @property
    def accounts(self) -> Directory[Account]:
        """All accounts by id, in the form of any surface."""
        self.world.catch_up()
        return self.world.accounts

    @property
    def transfers(self) -> Directory[Transfer]:
        """All transfers by id."""
        self.world.catch_up()
        return self.world.transfers

    @property
    def rules(self) -> Directory[Rule]:
        """All rules by id."""
        return self.world.rules

    @property
    def executions(self) -> Directory[Execution]:
        """All runs of rules by id."""
        self.world.catch_up()
        return self.world.executions

    @property
    def ledger(self) -> Ledger:
        """The books; ``ledger.total_in_cents()`` is 0."""
        self.world.catch_up()
        return self.world.ledger

    def account(self, id_or_name: str) -> Account:
        """Find an account by its id, else by its name. Raises ``KeyError``."""
        self.world.catch_up()
        return self.world.account(id_or_name)

    def effects(self, key_or_request_id: str) -> Sequence[str]:
        """Give the transfers and runs that came of an idempotency key, or of a request id: one each, if all is well."""
        return tuple(self.world.effects.get(key_or_request_id, ()))

    @property
    def requests(self) -> deque[RecordedRequest]:
        """What arrived, oldest first; the newest 10,000 are kept."""
        return self._server.requests

    @property
    def asked(self) -> deque[AskedAmount]:
        """What rules asked other servers, oldest first."""
        return self._server.asker.asked

    async def idle(self) -> None:
        """Wait until no rule waits for an answer from outside."""
        self._moved()
        await self._server.asker.idle()

    @property
    def errors(self) -> list[Exception]:
        """What went wrong inside the sandbox itself; clear it where a test expects that."""
        return self._server.errors

    # What a human, a bank or a merchant does

    def deposit(self, account_id: str, amount_in_cents: int, *, sender: str = "Acme Payroll") -> Transfer:
        """Let money come in from outside, which sets off the rules that wait for it."""
        account = self.account(account_id)
        transfer = self.world.transfers.arrive(
            self.world.ledger.outside, account, amount_in_cents, origin="DIRECT_DEPOSIT", description=sender
        )
        self._server.wake()
        return transfer

    def approve(self, transfer_id: str) -> Transfer:
        """Approve a transfer that waits for a human."""
        return self._act_on(transfer_id, self.world.transfers.approve)

    def cancel(self, transfer_id: str) -> Transfer:
        """Cancel a transfer that has not settled; its money goes back."""
        return self._act_on(transfer_id, self.world.transfers.cancel)

    def settle(self, transfer_id: str) -> Transfer:
        """End a transfer now instead of later."""
        return self._act_on(transfer_id, self.world.transfers.settle)

    def fail(self, transfer_id: str, error_code: str = "PAYMENT_FAILED") -> Transfer:
        """Let a transfer fail; its money goes back."""
        return self._act_on(transfer_id, partial(self.world.transfers.fail, error_code=error_code))

    def _act_on(self, transfer_id: str, act: Callable[[Transfer], None]) -> Transfer:
        transfer = self.transfers[transfer_id]
        act(transfer)
        self._server.wake()
        return transfer

    def enable_rule(self, rule_id: str) -> Rule:
        """Enable a rule, as only a human can in the app."""
        rule = self.world.rules[rule_id]
        self.world.catch_up()
        self.world.enable_rule(rule)
        self._server.wake()
        return rule

    def disable_rule(self, rule_id: str) -> Rule:
        """Disable a rule."""
        rule = self.world.rules[rule_id]
        self.world.catch_up()
        self.world.disable_rule(rule)
        return rule

    def refresh(self, account_id: str | None = None) -> None:
        """Read the balances of external accounts anew, as happens once a day by itself."""
        self.world.catch_up()
        self.world.refresh(None if account_id is None else self.world.account(account_id))
        self._server.wake()

    def spend(self, card_id: str, amount_in_cents: int, merchant: str = "Corner Grocery") -> CardTransaction:
        """Pay with a card."""
        self.world.catch_up()
        return self.world.cards.spend(self.world.cards[card_id], amount_in_cents, merchant)

    def refund(self, card_id: str, amount_in_cents: int, merchant: str = "Corner Grocery") -> CardTransaction:
        """Let a merchant give money back to a card."""
        self.world.catch_up()
        return self.world.cards.refund(self.world.cards[card_id], amount_in_cents, merchant)

    # Faults

    @property
    def latency(self) -> float:
        """Real seconds that every answer takes."""
        return self._server.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._server.latency = seconds

    @property
    def faults(self) -> FaultPlan:
        """The plan of what is to go wrong; ``faults.clear()`` lets everything work again."""
        return self._server.plan

    def fail_next(self, route: str = "*", n: int = 1, fault: Fault | None = None, *, skip: int = 0) -> Order:
        """Let the next ``n`` calls of a route go wrong, after ``skip`` that go well.

        A route is an operation id (``createTransfer``, ``platform.createTransfer``), ``METHOD /path*``, or ``*``.
        Without ``fault`` they answer 500 and have no effect. Raises ``ValueError`` for an unknown operation.
        """
        return self._plan(route, fault, n=n, skip=skip)

    def fail_randomly(
        self, probability: float, route: str = "*", fault: Fault | None = None, *, seed: int | str | None = None
    ) -> Order:
        """Let a part of all calls of a route go wrong, chosen with a seed."""
        return self._plan(route, fault, n=None, probability=probability, seed=seed)

    def _plan(self, route: str, fault: Fault | None, **when: Any) -> Order:
        if route != "*" and "/" not in route and not route.endswith(".*") and route not in self._operations:
            raise ValueError(f"{route!r} is not an operation, '*', or a path such as 'POST /api/v1/transfers'")
        return self._server.plan.add(route, fault or Status(status=500), **when)
