"""Scenario files: the worked example, and what is said about files that are wrong."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from sandbox_http import wires

from sequence_async.sandbox import Sandbox, ScenarioError

EXAMPLE = Path(__file__).parents[2] / "examples" / "scenario.yaml"

GOOD = """\
accounts:
  - name: Salary
    type: income_source
    balance_in_cents: 100000
  - name: Savings
    type: pod
rules:
  - nickname: Save
    trigger: {type: MANUAL, account_id: Salary}
    steps:
      - actions:
          - type: fixed_amount
            amount_in_cents: 500
            source: Salary
            destination: Savings
"""


async def test_the_worked_example() -> None:
    async with Sandbox(scenario=EXAMPLE) as sandbox, wires(sandbox) as apis:
        assert sandbox.seed == "studio"
        listed = (await apis["v1"]("GET", "/accounts")).data
        assert [one["name"] for one in listed][:3] == ["Client Payments", "Operating", "Taxes"]
        sandbox.deposit("Client Payments", 400_000)
        sandbox.clock.advance(5)
        assert sandbox.account("Taxes").cents == 310_000 + 100_000
        assert sandbox.account("Client Payments").cents == 200_000
        agent = sandbox.scenario_keys[1]
        transfer = {
            "source_account_id": sandbox.account("Operating").id,
            "destination_account_id": sandbox.account("Agent Budget").id,
            "amount_in_cents": 30_000,
        }
        async with wires(sandbox, key=agent) as limited:
            assert (await limited["v1"]("POST", "/transfers", transfer)).status == 201
            assert (await limited["v1"]("POST", "/transfers", transfer | {"amount_in_cents": 30_001})).status == 403
        assert len(sandbox.rule_secrets) == 2
        assert len(sandbox.world.cards) == 1


def load(tmp_path: Path, text: str) -> Sandbox:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    return Sandbox(scenario=file)


def test_a_good_file(tmp_path: Path) -> None:
    sandbox = load(tmp_path, GOOD)
    assert [one.name for one in sandbox.rules.values()] == ["Save"]
    assert sandbox.ledger.total_in_cents() == 0
    assert len(sandbox.transfers) == 0


def test_an_empty_file_is_an_organization_without_anything(tmp_path: Path) -> None:
    assert len(load(tmp_path, "# nothing\n").accounts) == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("type: income_source", "type: incomes", 3, "accounts[0].type: must be one of income_source, pod"),
        ("cents: 100000", "cents: 1000.50", 4, "accounts[0].balance_in_cents: must be a whole number"),
        ("balance_in_cents: 100000", "balance: 100000", 4, "accounts[0].balance: is not a known field"),
        ("name: Savings", "name: Salary", 5, "accounts[1].name: must be unique"),
        ("  - name: Savings\n    type: pod", "  - name: Savings", 5, "accounts[1].type: is required"),
        ("account_id: Salary", "account_id: Salry", 9, "rules[0].trigger.account_id: is not an account: 'Salry'"),
        ("type: fixed_amount", "type: fixed", 12, "rules[0].steps[0].actions[0].type: must be one of"),
        ("cents: 500", "cents: 0", 13, "rules[0].steps[0].actions[0].amount_in_cents: must be at least 1"),
        ("amount_in_cents: 500", "amount: 500", 13, "rules[0].steps[0].actions[0].amount: is not a known field"),
        ("tion: Savings", "tion: Salary", 15, "rules[0].steps[0].actions[0].destination: must not be the source"),
        ("rules:", "rule:", 7, "rule: is not a known field"),
        ("      - actions:", "      - when: 1\n        actions:", 11, "rules[0].steps[0].when: is not a known field"),
        ("    steps:", "    status: enabled\n    steps:", 10, "rules[0].status: is not a known field"),
        ("    type: pod", "    type: pod\n    type: pod", 7, "accounts[1].type: appears twice"),
        ("  - name: Salary", "  - name: [Salary", 3, "is not valid YAML"),
        ("accounts:", "seed: [1]\naccounts:", 1, "seed: must be a whole number"),
    ],
)
def test_a_wrong_file_names_the_line_the_place_and_the_rule(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.line == line
    assert f"mine.yaml, line {line}: " in str(caught.value)
    assert told in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.line) == (str(caught.value), caught.value.line)


@pytest.mark.parametrize("text", ["- a list\n", "just text\n", "5\n"])
def test_a_file_that_is_not_a_mapping(tmp_path: Path, text: str) -> None:
    with pytest.raises(ScenarioError, match="line 1: must be an object"):
        load(tmp_path, text)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"accounts: \x00"])
def test_a_file_that_is_not_text(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "binary.yaml"
    file.write_bytes(content)
    with pytest.raises(ScenarioError, match=r"binary\.yaml"):
        Sandbox(scenario=file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        Sandbox(scenario=tmp_path / "none.yaml")


def test_keys_and_cards_are_checked_too(tmp_path: Path) -> None:
    for more, line, complaint in (
        ("keys:\n  - scopes: [READ]\n", 17, "'READ' is not a scope"),
        ("keys:\n  - scopes:\n      READ: []\n", 18, "is not a known field"),
        ("keys:\n  - apis: [v3]\n", 17, "must be one of v1, platform"),
        ("cards:\n  - account: Salary\n", 17, "must be a pod"),
    ):
        with pytest.raises(ScenarioError, match=complaint) as caught:
            load(tmp_path, GOOD + more)
        assert caught.value.line == line
