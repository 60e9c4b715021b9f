"""``python -m codegen.policy``: a breaking change of a model needs a word in CHANGELOG.md, and a version that allows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.policy import allows_breaking, listed_as_breaking, main, release_blockers, violations
from sequence_async import __version__
from sequence_async.pinning.export import export_models

CHANGELOG = f"# Changes\n\n## {__version__}\n\nThe first release.\n"


@pytest.fixture(scope="module")
def released() -> dict[str, str]:
    return {"platform": export_models("platform")}


def found(released: dict[str, str], old: str, new: str, changelog: str = CHANGELOG, version: str = "") -> list[str]:
    """Check the released models against those that differ from them in one place."""
    text = released["platform"]
    assert text.count(old) >= 1, "the models have changed; choose another place"
    present = {"platform": text.replace(old, new, 1)}
    return list(violations(released, present, changelog, version or __version__))


FIELD = '    transfers_attempted: int = attrs.field(metadata={"json": "transfersAttempted"})\n'
REMOVED = (FIELD, "")
ADDED = (FIELD, f"{FIELD}    transfers_skipped: int | None = None\n")


def test_an_addition_needs_no_word(released: dict[str, str]) -> None:
    assert found(released, *ADDED) == []


def test_a_breaking_change_needs_its_name_in_the_changelog(released: dict[str, str]) -> None:
    (fault,) = found(released, *REMOVED)
    place, entry = fault.split("\n")
    assert place == f'CHANGELOG.md is missing an entry under "### Breaking" above {__version__}:'
    assert entry.startswith("- `platform.RuleExecution.transfers_attempted`: field removed")


@pytest.mark.parametrize(
    ("entry", "enough"),
    [
        ("## Unreleased\n\n### Breaking\n\n- `platform.RuleExecution.transfers_attempted`: gone.\n\n", True),
        ("## Unreleased\n\n### Breaking\n\n- `platform.RuleExecution.transfers_failed`: gone.\n\n", False),
        ("## Unreleased\n\n### Breaking\n\n- platform.RuleExecution.transfers_attempted is gone.\n\n", False),
        ("## Unreleased\n\n### New\n\n- `platform.RuleExecution.transfers_attempted`: gone.\n\n", False),
        ("## Unreleased\n\n### Breaking\n\n### New\n\n- `platform.RuleExecution.transfers_attempted`.\n\n", False),
    ],
    ids=["named", "another is named", "without quotes", "under another heading", "after the next heading"],
)
def test_the_entry_that_counts(released: dict[str, str], entry: str, *, enough: bool) -> None:
    changelog = CHANGELOG.replace(f"## {__version__}", f"{entry}## {__version__}")
    assert (found(released, *REMOVED, changelog) == []) is enough


def test_an_entry_of_an_earlier_release_counts_no_more(released: dict[str, str]) -> None:
    changelog = f"{CHANGELOG}\n### Breaking\n\n- `platform.RuleExecution.transfers_attempted`: gone.\n"
    assert len(found(released, *REMOVED, changelog)) == 1


def test_a_version_that_promises_no_break_is_refused(released: dict[str, str]) -> None:
    major, minor, patch = (int(part) for part in __version__.split("."))
    entry = "### Breaking\n\n- `platform.RuleExecution.transfers_attempted`: gone.\n\n"
    small, large = f"{major}.{minor}.{patch + 1}", f"{major + 1}.0.0"
    changelog = CHANGELOG.replace(f"## {__version__}", f"## Next\n\n{entry}## {__version__}")
    assert found(released, *REMOVED, changelog, large) == []
    (fault,) = found(released, *REMOVED, changelog, small)
    assert fault.endswith(f"which a step from {__version__} to {small} does not allow")


@pytest.mark.parametrize(
    ("last", "version", "allowed"),
    [
        ("0.1.0", "0.1.1", False),
        ("0.1.9", "0.2.0", True),
        ("0.9.0", "0.10.0", True),
        ("0.9.0", "1.0.0", True),
        ("1.2.0", "1.3.0", False),
        ("1.9.3", "2.0.0", True),
        ("1.9.3", "1.9.3", False),
        ("2.0.0", "2.0.1rc1", False),
    ],
)
def test_which_versions_may_break(last: str, version: str, *, allowed: bool) -> None:
    assert allows_breaking(last, version) is allowed


def test_headings_with_dates_and_links_are_understood() -> None:
    changelog = (
        "## [Unreleased]\n### Breaking changes\n- `a.B`\n  and `a.C`\n"
        "## [0.2.0] - 2027-01-01\n### Breaking\n- `a.D`\n"
        "## 0.1.0 (2026)\n### Breaking\n- `a.E`\n"
    )
    assert listed_as_breaking(changelog, "0.1.0") == {"a.B", "a.C", "a.D"}


def test_a_release_is_made_once_and_has_its_section(released: dict[str, str]) -> None:
    changed = {"platform": released["platform"].replace(*ADDED)}
    assert list(release_blockers({}, released, CHANGELOG, __version__)) == []
    assert list(release_blockers(released, released, CHANGELOG, __version__)) == []
    assert list(release_blockers(released, changed, CHANGELOG, __version__)) == [
        f"The models of platform were already released as {__version__}: raise the version"
    ]
    assert list(release_blockers({}, released, "# Changes\n", __version__)) == [
        f'CHANGELOG.md has no section "## {__version__}"'
    ]


def test_the_command_writes_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    root = ["--root", str(tmp_path)]
    assert main(root) == 1
    assert "released/platform.py is missing" in capsys.readouterr().err
    assert main([*root, "--release"]) == 0
    assert main(root) == 0
    older = (tmp_path / "released" / "v1.py").read_text(
        encoding="utf-8"
    ) + "\n\n@attrs.frozen\nclass Gone:\n    id: str\n"
    (tmp_path / "released" / "v1.py").write_text(older, encoding="utf-8")
    assert main(root) == 1
    assert "- `v1.Gone`: model removed" in capsys.readouterr().err
    assert main([*root, "--release"]) == 1


def test_this_project_keeps_the_policy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0, capsys.readouterr().err
