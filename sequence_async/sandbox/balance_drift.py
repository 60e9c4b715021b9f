"""Balances that change on their own, to demonstrate watching them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sequence_async.sandbox.world import World

_BEAT_MS: Final = (150, 700)
# After a long jump of the clock, only the last seconds are simulated.
_LOOK_BACK_MS: Final = 10_000


class BalanceDrift:
    """Makes small, seeded deposits, purchases and transfers, about every half second."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random = world.random("drift")
        self._next()

    def _next(self) -> None:
        world = self._world
        begin_ms = max(world.now_ms, world.clock.now_ms() - _LOOK_BACK_MS)
        world.scheduler.add(begin_ms + self._random.randint(*_BEAT_MS), self._beat)

    def _beat(self) -> None:
        world, random = self._world, self._random
        self._next()
        inside = [one for one in world.accounts.values() if not one.is_external and one.deleted_ms is None]
        if not inside:
            return
        account, amount = random.choice(inside), random.randrange(500, 20_000)
        kind = random.randrange(3)
        cards = [card for card in world.cards.values() if card.status == "ACTIVE" and card.account.cents >= amount]
        if kind == 0 and cards:
            world.cards.spend(random.choice(cards), amount, "Corner Grocery")
        elif kind == 1 and account.cents >= amount and len(inside) > 1:
            other = random.choice([one for one in inside if one is not account])
            world.transfers.create(account, other, amount)
        else:
            world.transfers.arrive(world.ledger.outside, account, amount, origin="CHECK_DEPOSIT", description="Deposit")
