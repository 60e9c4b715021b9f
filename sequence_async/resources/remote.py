"""The resources of :class:`~sequence_async.RemoteClient`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from sequence_async._core.redaction import Secret
from sequence_async._transport.caller import Caller
from sequence_async.balances import PASSING, AccountBalance, Deliver
from sequence_async.errors import ArgumentError, ConfigurationError, NotFoundError
from sequence_async.models import remote
from sequence_async.operations import remote as operations
from sequence_async.resources.resource import Resource


class Accounts(Resource):
    """Pods, income sources and external accounts of one beneficiary."""

    async def list(self) -> remote.AccountsSnapshot:
        """Read all accounts with their balances, in one call.

        ``errors`` holds what went wrong on the API's side; an account that could not be read is in ``accounts`` with
        amounts of ``None`` and its ``balance.error``. Accounts that are connected through Spinwheel are left out.

        Source: https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview

        Raises:
            ConfigurationError: the client has no access token.

        """
        return (await self._caller.call(operations.LIST_ACCOUNTS)).data


class Rules(Resource):
    """Rules whose trigger is the Remote API."""

    async def trigger(
        self,
        rule_id: str,
        payload: Mapping[str, Any] | None = None,
        *,
        secret: str | None = None,
        idempotency_key: str | None = None,
    ) -> remote.TriggeredRule:
        """Run a rule. ``payload`` is a JSON object for the rule; most rules need none.

        The answer says that the rule will run, not what came of it. A rule in test mode answers the same way and does
        nothing: look at ``test_mode``. A rule may be triggered so often a minute; how often is not published.

        Args:
            rule_id: The rule's id.
            payload: What the rule expects, if anything.
            secret: The rule's API secret; default: the client's ``rule_secrets[rule_id]``.
            idempotency_key: The same rule with the same key is not run again; default a fresh one.

        Source: https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview

        Raises:
            ArgumentError: nothing was sent; the message names the argument and the rule.
            ConfigurationError: there is no secret for this rule.
            SequenceError: look at ``in_doubt`` before you do anything else.

        """
        given, secret = Secret(secret) if secret is not None else None, None
        if payload is not None and not isinstance(cast("object", payload), Mapping):
            raise ArgumentError(f"payload must be a JSON object: a mapping, not {type(payload).__name__}.")
        if given is not None:
            _check_secret(given)
        response = await self._caller.call(
            operations.TRIGGER_RULE,
            path={"ruleId": rule_id},
            body=payload,
            idempotency_key=idempotency_key,
            secret=given,
        )
        return response.data


def _check_secret(secret: Secret) -> None:
    try:
        secret.checked("secret")
    except ConfigurationError as error:
        raise ArgumentError(str(error)) from None


class RemoteBalances:
    """The source of balances of this API: one call gives them all."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def sweep(
        self,
        account_ids: Sequence[str] | None,
        concurrency: int,  # noqa: ARG002 - as the protocol has it
        deliver: Deliver,
        known: Collection[str] = (),
    ) -> None:
        """Read all accounts, and hand over those that were asked for."""
        if account_ids is not None and not account_ids:
            return
        wanted = known if account_ids is None else account_ids
        try:
            accounts = (await self._caller.call(operations.LIST_ACCOUNTS)).data.accounts
        except PASSING as error:
            if not wanted:
                raise
            for account_id in wanted:
                deliver(account_id, error)
            return
        found = {account.id: account for account in accounts}
        if account_ids is None:
            account_ids = list(found)
        for account_id in account_ids:
            deliver(account_id, _balance(found[account_id]) if account_id in found else _missing(account_id))


def _balance(account: remote.RemoteAccount) -> AccountBalance:
    balance = account.balance
    unread = balance.amount_in_dollars is None
    return AccountBalance(
        account_id=account.id,
        name=account.name,
        balance_in_cents=balance.amount_in_cents,
        is_liability=None,  # A credit card has the same type as a bank account.
        error=balance.error or ("The API gave no balance." if unread else None),
    )


def _missing(account_id: str) -> NotFoundError:
    error = NotFoundError(f"listAccounts: the answer holds no account {account_id!r}.", status=404)
    error.operation = operations.LIST_ACCOUNTS.id
    return error
