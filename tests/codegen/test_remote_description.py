"""The generated table says what is special about the Remote API."""

from __future__ import annotations

from sequence_async.operations import platform, remote, v1


def test_the_table_knows_what_is_special_about_this_api() -> None:
    assert remote.API.exact_numbers
    assert not v1.API.exact_numbers
    assert not platform.API.exact_numbers
    assert (remote.LIST_ACCOUNTS.method, remote.LIST_ACCOUNTS.effect) == ("POST", "read")
    assert remote.LIST_ACCOUNTS.legacy_names == {"balances": "accounts"}
    assert remote.TRIGGER_RULE.outside_data == ("requestId", "message")
    assert (remote.LIST_ACCOUNTS.credential, remote.TRIGGER_RULE.credential) == ("access-token", "rule-secret")
