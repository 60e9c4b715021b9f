"""Money movements of one account, merged from all its lists, newest first."""

from __future__ import annotations

import heapq
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, aclosing
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, TypeVar, cast

import attrs

from sequence_async.errors import ArgumentError
from sequence_async.models.platform import AccountType, CardTransaction, ExternalTransaction, Transfer
from sequence_async.pager import Pager

T = TypeVar("T", Transfer, ExternalTransaction, CardTransaction)

Entry: TypeAlias = Transfer | ExternalTransaction | CardTransaction


class MovementKind(StrEnum):
    """The list that a movement comes from."""

    TRANSFER = "transfer"
    EXTERNAL_TRANSACTION = "external_transaction"
    CARD_TRANSACTION = "card_transaction"


def kinds_of(account_type: AccountType) -> Sequence[MovementKind]:
    """Return the kinds of movements that an account of this type can have."""
    match account_type:
        case AccountType.POD:
            return (MovementKind.TRANSFER, MovementKind.CARD_TRANSACTION)
        case AccountType.EXTERNAL_ACCOUNT:
            return (MovementKind.TRANSFER, MovementKind.EXTERNAL_TRANSACTION)
        case _:
            return (MovementKind.TRANSFER,)


def check_kinds(kinds: object) -> Sequence[MovementKind]:
    """Return the kinds of movements without duplicates.

    Raises:
        ArgumentError: ``kinds`` is not a collection of kinds, or is empty.

    """
    known = ", ".join(repr(str(kind)) for kind in MovementKind)
    if isinstance(kinds, str) or not isinstance(kinds, Collection) or not kinds:
        raise ArgumentError(f"kinds must be a collection with at least one of {known}.")
    chosen = list(dict.fromkeys(cast("Collection[object]", kinds)))
    if any(kind not in list(MovementKind) for kind in chosen):
        raise ArgumentError(f"kinds must contain only {known}.")
    return [MovementKind(str(kind)) for kind in chosen]


@attrs.frozen(kw_only=True)
class Movement:
    """Money that came into an account or left it."""

    kind: MovementKind
    amount_in_cents: int | None
    """Positive for money in, negative for money out; ``None`` for a direction that this release does not know."""
    occurred_at: datetime
    """When a transfer or a card transaction was created, or the date of an external transaction."""
    entry: Entry
    """The transfer or transaction. Check its ``status`` before you count it."""

    @property
    def id(self) -> str:
        """The ID of the entry."""
        return self.entry.id


def of_transfers(account_id: str, pager: Pager[Transfer]) -> AsyncGenerator[Movement, None]:
    """Yield the transfers of an account as movements."""

    def movement(transfer: Transfer) -> Movement:
        return Movement(
            kind=MovementKind.TRANSFER,
            amount_in_cents=_signed(transfer.amount_in_cents, _side(account_id, transfer)),
            occurred_at=transfer.created_at,
            entry=transfer,
        )

    return _by_page(pager, movement)


def of_external_transactions(pager: Pager[ExternalTransaction]) -> AsyncGenerator[Movement, None]:
    """Yield the transactions that a bank reports as movements."""

    def movement(transaction: ExternalTransaction) -> Movement:
        return Movement(
            kind=MovementKind.EXTERNAL_TRANSACTION,
            amount_in_cents=_signed(transaction.amount_in_cents, transaction.direction),
            occurred_at=transaction.transaction_date,
            entry=transaction,
        )

    return _by_page(pager, movement)


def of_card_transactions(pager: Pager[CardTransaction]) -> AsyncGenerator[Movement, None]:
    """Yield card transactions as movements."""

    def movement(transaction: CardTransaction) -> Movement:
        return Movement(
            kind=MovementKind.CARD_TRANSACTION,
            amount_in_cents=_signed(transaction.amount_in_cents, transaction.direction),
            occurred_at=transaction.created_at,
            entry=transaction,
        )

    return _by_page(pager, movement)


async def merged(lists: Sequence[AsyncGenerator[Movement, None]]) -> AsyncGenerator[Movement, None]:
    """Yield the movements of several lists, newest first. A page is read only when its first item is due."""
    async with AsyncExitStack() as stack:
        for one in lists:
            await stack.enter_async_context(aclosing(one))
        heads = [head for number, one in enumerate(lists) if (head := await _head(number, one)) is not None]
        heapq.heapify(heads)
        while heads:
            _, number, movement = heads[0]
            following = await _head(number, lists[number])
            if following is None:
                heapq.heappop(heads)
            else:
                heapq.heapreplace(heads, following)
            yield movement


async def _head(number: int, one: AsyncIterator[Movement]) -> tuple[float, int, Movement] | None:
    movement = await anext(one, None)
    return None if movement is None else (-movement.occurred_at.timestamp(), number, movement)


async def _by_page(pager: Pager[T], movement: Callable[[T], Movement]) -> AsyncGenerator[Movement, None]:
    # The lists are newest first, but only the documentation of transfers says so. Each page is therefore sorted again.
    async with aclosing(pager.pages()) as pages:
        async for page in pages:
            for one in sorted(map(movement, page.items), key=lambda found: found.occurred_at, reverse=True):
                yield one


def _side(account_id: str, transfer: Transfer) -> str:
    if transfer.destination is not None and transfer.destination.id == account_id:
        return "MONEY_IN"
    if transfer.source is not None and transfer.source.id == account_id:
        return "MONEY_OUT"
    return transfer.direction


def _signed(amount: int, direction: str) -> int | None:
    match direction:
        case "MONEY_IN":
            return amount
        case "MONEY_OUT":
            return -amount
        case _:
            return None
