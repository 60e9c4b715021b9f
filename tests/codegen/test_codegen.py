"""``python -m codegen``: the same bytes every time, and a check that tells what is stale, edited or missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sample_description import PATH

from codegen.__main__ import main
from codegen.facts import client_method
from codegen.files import descriptions
from sequence_async import PlatformClient, RemoteClient, SequenceClient

PROJECT = Path(__file__).parents[2]
FILES = (
    "sequence_async/models/v1.py",
    "sequence_async/operations/v1.py",
    "sequence_async/_decoders/v1.py",
    "sequence_async/_endpoints/v1.py",
    "sequence_async/_endpoints/v1_attributes.py",
    "sequence_async/sandbox/described/v1.py",
)
PAGE = "# Sample\n\n<!-- operations:begin -->\n<!-- operations:end -->\n\nAfter.\n"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("generated")
    describe(root)
    assert main(["--root", str(root)]) == 0
    return {name: (root / name).read_bytes() for name in (*FILES, "docs/operations.md")}


@pytest.fixture
def project(tmp_path: Path, generated: dict[str, bytes]) -> Path:
    describe(tmp_path)
    for name, content in generated.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def describe(root: Path) -> None:
    (root / "openapi").mkdir()
    (root / "docs").mkdir()
    (root / "openapi" / "v1.yaml").write_text(
        PATH.read_text(encoding="utf-8").replace("x-api: sample", "x-api: v1"), encoding="utf-8"
    )
    (root / "docs/operations.md").write_text(PAGE, encoding="utf-8")


def test_what_was_just_generated_is_fresh(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project), "--check"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    ],
    ids=["seed 1", "seed 4242"],
)
def test_the_bytes_depend_on_nothing_around(project: Path, surroundings: dict[str, str]) -> None:
    command = [sys.executable, "-m", "codegen", "--root", str(project), "--check"]
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **surroundings}, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_each_file_says_what_it_was_generated_from(generated: dict[str, bytes]) -> None:
    for name in FILES:
        first = generated[name].decode().splitlines()[0]
        assert first.startswith("# Generated from openapi/v1.yaml 1.2.0 (SHA-256 ")
        assert first.endswith(") by `python -m codegen`; do not edit.")


def test_edits_by_hand_are_found_and_mended(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {name: (project / name).read_bytes() for name in FILES}
    for name in FILES:
        (project / name).write_bytes(before[name] + b"# mine\n")
    assert main(["--root", str(project), "--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{name} was edited by hand, or the generator has changed: run `python -m codegen`" for name in FILES
    ]
    assert main(["--root", str(project)]) == 0
    assert capsys.readouterr().out.splitlines() == [f"wrote {name}" for name in FILES]
    assert {name: (project / name).read_bytes() for name in FILES} == before


def test_a_changed_description_makes_everything_stale(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "openapi" / "v1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("A thing, in full.", "A thing, complete."), encoding="utf-8"
    )
    assert main(["--root", str(project), "--check"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        f"{name} is stale because its description has changed: run `python -m codegen`"
        for name in (*FILES, "docs/operations.md")
    ]


def test_missing_files_and_other_line_ends_are_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / FILES[0]).write_bytes((project / FILES[0]).read_bytes().replace(b"\n", b"\r\n"))
    (project / FILES[1]).unlink()
    assert main(["--root", str(project), "--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{FILES[0]} was edited by hand, or the generator has changed: run `python -m codegen`",
        f"{FILES[1]} is missing: run `python -m codegen`",
    ]


def test_what_was_left_over_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "sequence_async/models/remote.py").write_text("", encoding="utf-8")
    assert main(["--root", str(project), "--check"]) == 1
    assert capsys.readouterr().err == "sequence_async/models/remote.py no longer has a description: delete it\n"


def test_a_refused_description_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {name: (project / name).read_bytes() for name in FILES}
    path = project / "openapi" / "v1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("amount_in_cents: {type: integer,", "amount_in_cents: {type: number,"),
        encoding="utf-8",
    )
    assert main(["--root", str(project)]) == 2
    assert "openapi/v1.yaml#/components/schemas/ThingDraft/properties/amount_in_cents: " in capsys.readouterr().err
    assert {name: (project / name).read_bytes() for name in FILES} == before


def test_the_page_keeps_what_is_around_the_table(generated: dict[str, bytes]) -> None:
    page = generated["docs/operations.md"].decode()
    assert page.startswith("# Sample\n\n<!-- operations:begin -->\n")
    assert page.endswith("<!-- operations:end -->\n\nAfter.\n")
    row = "| [`makeThing`](https://docs.sample.invalid/makeThing) | `things.create` | `POST /things` |  | coming soon | yes | inferred |"
    assert row in page.splitlines()


def test_a_page_without_markers_is_left_alone(project: Path) -> None:
    (project / "docs/operations.md").write_text("# Nothing here\n", encoding="utf-8")
    assert main(["--root", str(project)]) == 0
    assert (project / "docs/operations.md").read_text(encoding="utf-8") == "# Nothing here\n"


async def test_the_calls_in_the_table_exist() -> None:
    clients: dict[str, Any] = {
        "v1": SequenceClient(api_key="key"),
        "platform": PlatformClient(api_key="key"),
        "remote": RemoteClient(access_token="token"),
    }
    for description in descriptions(PROJECT):
        async with clients[description.api] as client:
            for endpoint in description.endpoints():
                resource, _, method = client_method(endpoint).partition(".")
                assert callable(getattr(getattr(client, resource), method)), endpoint.id


def test_the_files_of_this_project_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().err
