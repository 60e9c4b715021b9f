"""What tests see of a sandbox from inside, and what they do in the place of humans, banks and merchants."""

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
    """The inside of a sandbox. Everything that has fallen due happens before anything is shown or done.

    Every method may be called from any thread.
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
        """The APIs that it speaks."""
        self._server = server
        self._builder = Builder(world)
        self._limits = limits
        self._operations = {name for api in apis for one in api.router for name in (one.id, f"{api.name}.{one.id}")}
        world.clock.on_move = self._moved

    def _moved(self) -> None:
        with self.world.lock:
            self.world.catch_up()
        self._server.wake()

    # What is inside

    @property
    def clock(self) -> SandboxClock:
        """The sandbox's time; ``clock.advance(seconds)`` moves it on."""
        return self.world.clock

    @property
    @up_to_date
    def accounts(self) -> Registry[Account]:
        """All accounts by id, in the form of any surface."""
        return self.world.accounts

    @property
    @up_to_date
    def transfers(self) -> Registry[Transfer]:
        """All transfers by id."""
        return self.world.transfers

    @property
    @up_to_date
    def rules(self) -> Registry[Rule]:
        """All rules by id."""
        return self.world.rules

    @property
    @up_to_date
    def executions(self) -> Registry[Execution]:
        """All runs of rules by id."""
        return self.world.executions

    @property
    @up_to_date
    def ledger(self) -> Ledger:
        """The books; ``ledger.total_in_cents()`` is 0."""
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
        """Give the transfers and runs that came of an idempotency key, or of a request id: one each, if all is well."""
        return tuple(self.world.effects.get(key_or_request_id, ()))

    @property
    def requests(self) -> SharedDeque[RecordedRequest]:
        """What arrived, oldest first; the newest 10,000 are kept."""
        return self._server.requests

    @property
    def amount_queries(self) -> SharedDeque[AmountQuery]:
        """What rules asked other servers, oldest first."""
        return self._server.asker.amount_queries

    async def idle(self) -> None:
        """Wait until no rule waits for an answer from outside."""
        self._moved()
        await self._in_server_loop(self._server.asker.idle)

    async def _in_server_loop(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Await something in the event loop that serves: this one, or another thread's."""
        loop = self._server.loop
        if loop is None or loop is asyncio.get_running_loop():
            await work()
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work(), loop))

    @property
    def errors(self) -> list[Exception]:
        """What went wrong inside the sandbox itself; clear it where a test expects that."""
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
        """Make another key and give its secret.

        ``scopes`` are names, each then for everything, or names with what they are limited to: lists of account or
        rule ids, and for ``MANUAL_TRANSFER`` a list of ``{"source", "target", "max_amount"}``. Without ``scopes`` it
        has all of them.
        ``rate_limit`` is so many calls in so many seconds; ``expires_in`` is seconds.
        """
        limits = self._limits if rate_limit is None else {"v1": rate_limit, "platform": rate_limit}
        key = self.world.add_key(scopes=scopes, apis=apis, limits=limits, expires_in=expires_in, name=name)
        return key.secret

    @up_to_date
    def add_key(self, document: Mapping[str, Any]) -> str:
        """Make a key from a document as it stands in a scenario, and give its secret."""
        return self._builder.key(dict(document), self._limits)

    @up_to_date
    def add_account(self, document: Mapping[str, Any]) -> Account:
        """Open an account from a document as it stands in a scenario; ``name`` and ``type`` are required."""
        return self._builder.account(dict(document))

    @up_to_date
    def add_rule(self, document: Mapping[str, Any]) -> Rule:
        """Write a rule from a document as it stands in a scenario, in the words of api/v1.

        Accounts are ids or names. Beyond api/v1, ``enabled`` (true), ``remote`` and ``test_mode`` (false) may be given,
        every action of platform/v1 in lower case, and ``query_remote_api`` with a ``url``.
        """
        rule = self._builder.rule(dict(document))
        self._server.wake()
        return rule

    @up_to_date
    def revoke_key(self, secret: str) -> None:
        """Make a key worthless. Raises ``KeyError`` for a secret that is none."""
        key = self.world.keys.get(secret)
        if key is None:
            raise KeyError("no such key")
        key.revoked = True

    # What a human, a bank or a merchant does

    @up_to_date
    def deposit(self, account_id: str, amount_in_cents: int, *, sender: str = "Acme Payroll") -> Transfer:
        """Let money come in from outside, which sets off the rules that wait for it."""
        account = self.account(account_id)
        transfer = self.world.transfers.arrive(
            self.world.ledger.outside, account, amount_in_cents, origin="DIRECT_DEPOSIT", description=sender
        )
        self._server.wake()
        return transfer

    @up_to_date
    def approve(self, transfer_id: str) -> Transfer:
        """Approve a transfer that waits for a human."""
        return self._act_on(transfer_id, self.world.transfers.approve)

    @up_to_date
    def cancel(self, transfer_id: str) -> Transfer:
        """Cancel a transfer that has not settled; its money goes back."""
        return self._act_on(transfer_id, self.world.transfers.cancel)

    @up_to_date
    def settle(self, transfer_id: str) -> Transfer:
        """End a transfer now instead of later."""
        return self._act_on(transfer_id, self.world.transfers.settle)

    @up_to_date
    def fail(self, transfer_id: str, error_code: str = "PAYMENT_FAILED") -> Transfer:
        """Let a transfer fail; its money goes back."""
        return self._act_on(transfer_id, partial(self.world.transfers.fail, error_code=error_code))

    def _act_on(self, transfer_id: str, act: Callable[[Transfer], None]) -> Transfer:
        transfer = self.transfers[transfer_id]
        act(transfer)
        self._server.wake()
        return transfer

    @up_to_date
    def enable_rule(self, rule_id: str) -> Rule:
        """Enable a rule, as only a human can in the app."""
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
        """Read the balances of external accounts anew, as happens once a day by itself."""
        self.world.refresh(None if account_id is None else self.world.account(account_id))
        self._server.wake()

    @up_to_date
    def spend(self, card_id: str, amount_in_cents: int, merchant: str = "Corner Grocery") -> CardTransaction:
        """Pay with a card."""
        return self.world.cards.spend(self.world.cards[card_id], amount_in_cents, merchant)

    @up_to_date
    def refund(self, card_id: str, amount_in_cents: int, merchant: str = "Corner Grocery") -> CardTransaction:
        """Let a merchant give money back to a card."""
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

    @up_to_date
    def fail_next(self, route: str = "*", n: int = 1, fault: Fault | None = None, *, skip: int = 0) -> ScheduledFault:
        """Let the next ``n`` calls of a route go wrong, after ``skip`` that go well.

        A route is an operation id (``createTransfer``, ``platform.createTransfer``), ``METHOD /path*``, or ``*``.
        Without ``fault`` they answer 500 and have no effect. Raises ``ValueError`` for an unknown operation.
        """
        return self._plan(route, fault, n=n, skip=skip)

    @up_to_date
    def fail_randomly(
        self, probability: float, route: str = "*", fault: Fault | None = None, *, seed: int | str | None = None
    ) -> ScheduledFault:
        """Let a part of all calls of a route go wrong, chosen with a seed."""
        return self._plan(route, fault, n=None, probability=probability, seed=seed)

    def _plan(self, route: str, fault: Fault | None, **when: Any) -> ScheduledFault:
        if route != "*" and "/" not in route and not route.endswith(".*") and route not in self._operations:
            raise ValueError(f"{route!r} is not an operation, '*', or a path such as 'POST /api/v1/transfers'")
        return self._server.plan.add(route, fault or Status(status=500), **when)
