"""Inspect a sandbox and control it: act as a user, a bank or a merchant, and inject faults."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from sequence_async.sandbox.builder import Builder
from sequence_async.sandbox.faults import Fault, FaultPlan, ScheduledFault, Status
from sequence_async.sandbox.threads import SharedDeque, up_to_date

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence

    from sequence_async.sandbox.amount_queries import AmountQuery
    from sequence_async.sandbox.apis.sandbox_api import SandboxApi
    from sequence_async.sandbox.clock import SandboxClock
    from sequence_async.sandbox.entities import Account, CardTransaction, Execution, Rule, Transfer
    from sequence_async.sandbox.ledger import Ledger
    from sequence_async.sandbox.registry import Registry
    from sequence_async.sandbox.request_log import RecordedRequest
    from sequence_async.sandbox.server import Server
    from sequence_async.sandbox.world import World


class Controls:
    """The test controls of a sandbox. All methods are safe to call from any thread.

    Each method first processes everything that is due, so that it acts on the current state.
    """

    def __init__(
        self,
        world: World,
        server: Server,
        *,
        apis: tuple[SandboxApi, ...],
        limits: Mapping[str, tuple[int, float] | None],
    ) -> None:
        self.world = world
        self.apis = apis
        """The APIs that the sandbox serves."""
        self._server = server
        self._builder = Builder(world)
        self._limits = limits
        self._operations = {name for api in apis for one in api.router for name in (one.id, f"{api.name}.{one.id}")}
        world.clock.on_move = self._moved

    def _moved(self) -> None:
        with self.world.lock:
            self.world.catch_up()
        self._server.wake()

    # State

    @property
    def clock(self) -> SandboxClock:
        """The sandbox's clock. ``clock.advance(seconds)`` moves it forward."""
        return self.world.clock

    @property
    @up_to_date
    def accounts(self) -> Registry[Account]:
        """All accounts by ID. Look-ups accept the ID of any API."""
        return self.world.accounts

    @property
    @up_to_date
    def transfers(self) -> Registry[Transfer]:
        """All transfers by ID."""
        return self.world.transfers

    @property
    @up_to_date
    def rules(self) -> Registry[Rule]:
        """All rules by ID."""
        return self.world.rules

    @property
    @up_to_date
    def executions(self) -> Registry[Execution]:
        """All rule executions by ID."""
        return self.world.executions

    @property
    @up_to_date
    def ledger(self) -> Ledger:
        """The double-entry ledger. ``ledger.total_in_cents()`` is always 0."""
        return self.world.ledger

    @up_to_date
    def account(self, id_or_name: str) -> Account:
        """Return the account with this ID, of any API, or this name.

        ``.id`` is the ID that ``PlatformClient`` takes; ``.platform_id``, ``.v1_id`` and ``.remote_id`` are the IDs of
        the three APIs. Raises ``KeyError``, which lists the names.
        """
        return self.world.account(id_or_name)

    @up_to_date
    def rule(self, id_or_name: str) -> Rule:
        """Return the rule with this ID, of any API, or this name. Raises ``KeyError``, which lists the names."""
        return self.world.rule(id_or_name)

    @up_to_date
    def effects(self, key_or_request_id: str) -> Sequence[str]:
        """Return the IDs of the transfers and executions that an idempotency key or a request ID created.

        A correctly retried write has exactly one.
        """
        return tuple(self.world.effects.get(key_or_request_id, ()))

    @property
    def requests(self) -> SharedDeque[RecordedRequest]:
        """The last 10,000 requests, oldest first."""
        return self._server.requests

    @property
    def amount_queries(self) -> SharedDeque[AmountQuery]:
        """The last 1,000 amount requests that rules sent to your server, oldest first."""
        return self._server.amount_client.amount_queries

    async def idle(self) -> None:
        """Wait until no rule is waiting for an amount from your server."""
        self._moved()
        await self._in_server_loop(self._server.amount_client.idle)

    async def _in_server_loop(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Await a coroutine in the event loop that serves, which may belong to another thread."""
        loop = self._server.loop
        if loop is None or loop is asyncio.get_running_loop():
            await work()
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work(), loop))

    @property
    def errors(self) -> list[Exception]:
        """Exceptions inside the sandbox itself. Clear the list if a test expects them."""
        return self._server.errors

    # Keys, accounts and rules

    @up_to_date
    def create_key(
        self,
        scopes: Iterable[str] | Mapping[str, Any] | None = None,
        *,
        apis: Iterable[str] = ("v1", "platform"),
        rate_limit: tuple[int, float] | None = None,
        expires_in: float | None = None,
        name: str = "created",
    ) -> str:
        """Create an API key and return its secret.

        Args:
            scopes: Names of scopes, each for all resources, or a mapping of names to limits. A limit is a list of
                account or rule IDs; for ``MANUAL_TRANSFER``, a list of ``{"source", "target", "max_amount"}``. The
                default is all scopes.
            apis: The APIs that accept the key.
            rate_limit: The limit of the key on each API, as (requests, seconds). The default is the sandbox's limits.
            expires_in: Seconds until the key expires.
            name: The name of the key.

        Raises:
            ValueError: A scope does not exist, or its limit is invalid.
        """
        limits = self._limits if rate_limit is None else {"v1": rate_limit, "platform": rate_limit}
        key = self.world.add_key(scopes=scopes, apis=apis, limits=limits, expires_in=expires_in, name=name)
        return key.secret

    @up_to_date
    def add_key(self, document: Mapping[str, Any]) -> str:
        """Create an API key from a scenario entry and return its secret."""
        return self._builder.key(dict(document), self._limits)

    @up_to_date
    def add_account(self, document: Mapping[str, Any]) -> Account:
        """Create an account from a scenario entry. ``name`` and ``type`` are required."""
        return self._builder.account(dict(document))

    @up_to_date
    def add_rule(self, document: Mapping[str, Any]) -> Rule:
        """Create a rule from a scenario entry, which has the format of api/v1.

        Accounts are IDs or names. In addition to api/v1, an entry accepts ``enabled`` (true by default), ``remote`` and
        ``test_mode`` (false by default), all actions of platform/v1 in lower case, and ``query_remote_api`` with a
        ``url``.
        """
        rule = self._builder.rule(dict(document))
        self._server.wake()
        return rule

    @up_to_date
    def revoke_key(self, secret: str) -> None:
        """Revoke an API key. Raises ``KeyError`` if no key has this secret."""
        key = self.world.keys.get(secret)
        if key is None:
            raise KeyError("no API key has this secret")
        key.revoked = True

    # Actions of users, banks and merchants

    @up_to_date
    def deposit(self, account_id: str, amount_in_cents: int, *, sender: str = "Acme Payroll") -> Transfer:
        """Deposit money from outside and return the transfer. Rules that wait for funds in the account start.

        Raises ``ValueError`` if ``amount_in_cents`` is not a positive integer.
        """
        account = self.account(account_id)
        transfer = self.world.transfers.arrive(
            self.world.ledger.outside, account, amount_in_cents, origin="DIRECT_DEPOSIT", description=sender
        )
        self._server.wake()
        return transfer

    @up_to_date
    def approve(self, transfer_id: str) -> Transfer:
        """Approve a transfer. Raises ``ValueError`` if it does not wait for approval."""
        return self._act_on(transfer_id, self.world.transfers.approve)

    @up_to_date
    def cancel(self, transfer_id: str) -> Transfer:
        """Cancel a transfer and return its money to the source. Raises ``ValueError`` if it has settled."""
        return self._act_on(transfer_id, self.world.transfers.cancel)

    @up_to_date
    def settle(self, transfer_id: str) -> Transfer:
        """Settle a transfer now. Raises ``ValueError`` if it has settled or waits for approval."""
        return self._act_on(transfer_id, self.world.transfers.settle)

    @up_to_date
    def fail(self, transfer_id: str, error_code: str = "PAYMENT_FAILED") -> Transfer:
        """Fail a transfer and return its money to the source. Raises ``ValueError`` if it has settled."""
        return self._act_on(transfer_id, partial(self.world.transfers.fail, error_code=error_code))

    def _act_on(self, transfer_id: str, act: Callable[[Transfer], None]) -> Transfer:
        transfer = self.transfers[transfer_id]
        act(transfer)
        self._server.wake()
        return transfer

    @up_to_date
    def enable_rule(self, rule_id: str) -> Rule:
        """Enable a rule, as a user does in the app. No API can enable rules."""
        rule = self.world.rule(rule_id)
        self.world.enable_rule(rule)
        self._server.wake()
        return rule

    @up_to_date
    def disable_rule(self, rule_id: str) -> Rule:
        """Disable a rule."""
        rule = self.world.rule(rule_id)
        self.world.disable_rule(rule)
        return rule

    @up_to_date
    def refresh(self, account_id: str | None = None) -> None:
        """Refresh the balances of one external account, or of all. The sandbox does so once a day."""
        self.world.refresh(None if account_id is None else self.world.account(account_id))
        self._server.wake()

    @up_to_date
    def spend(self, card_id: str, amount_in_cents: int, merchant: str = "Corner Grocery") -> CardTransaction:
        """Pay with a card and return the transaction.

        Raises ``ValueError`` if the card is not active or the balance of its pod is too low.
        """
        return self.world.cards.spend(self.world.cards[card_id], amount_in_cents, merchant)

    @up_to_date
    def refund(self, card_id: str, amount_in_cents: int, merchant: str = "Corner Grocery") -> CardTransaction:
        """Refund money to a card and return the transaction."""
        return self.world.cards.refund(self.world.cards[card_id], amount_in_cents, merchant)

    # Faults

    @property
    def latency(self) -> float:
        """Seconds of real time that each response takes."""
        return self._server.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._server.latency = seconds

    @property
    def faults(self) -> FaultPlan:
        """The scheduled faults. ``faults.clear()`` removes all of them."""
        return self._server.fault_plan

    @up_to_date
    def fail_next(self, route: str = "*", n: int = 1, fault: Fault | None = None, *, skip: int = 0) -> ScheduledFault:
        """Make the next ``n`` calls of a route fail, after ``skip`` calls that succeed.

        ``route`` is an operation ID (``createTransfer``, ``platform.createTransfer``), ``METHOD /path*``, or ``*``.
        Without ``fault``, they return 500 and have no effect. Raises ``ValueError`` for an unknown operation.
        """
        return self._schedule_fault(route, fault, n=n, skip=skip)

    @up_to_date
    def fail_randomly(
        self, probability: float, route: str = "*", fault: Fault | None = None, *, seed: int | str | None = None
    ) -> ScheduledFault:
        """Make each call of a route fail with a probability from 0 to 1, reproducible with ``seed``."""
        return self._schedule_fault(route, fault, n=None, probability=probability, seed=seed)

    def _schedule_fault(self, route: str, fault: Fault | None, **when: Any) -> ScheduledFault:
        if route != "*" and "/" not in route and not route.endswith(".*") and route not in self._operations:
            raise ValueError(
                f"route must be an operation ID, '*' or a path such as 'POST /api/v1/transfers', not {route!r}"
            )
        return self._server.fault_plan.add(route, fault or Status(status=500), **when)
