"""Each contract of lint-imports reports the imports that it forbids, planted in a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COLORS = re.compile(r"\x1b\[[0-9;]*m")
FORBIDDEN_BY_LAYERS = [
    ("v1.py", "cli.app"),
    ("platform.py", "remote"),
    ("_base.py", "journal"),
    ("resources/remote.py", "_base"),
    ("_endpoints/_runtime.py", "resources.v1"),
    ("pager.py", "_endpoints.v1"),
    ("pager.py", "resources.v1"),
    ("_transport/limiter.py", "pager"),
    ("_transport/session.py", "amounts"),
    ("amounts.py", "_transport.engine"),
    ("_core/keys.py", "_transport.limiter"),
    ("events.py", "_core.keys"),
    ("operations/_runtime.py", "errors"),
    ("models/_runtime.py", "operations._runtime"),
    ("sandbox/ids.py", "models._runtime"),
]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, next to a copy of the contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    copy = Path(shutil.copytree(ROOT / "sequence_async", tmp_path / "sequence_async", ignore=ignored))
    for optional in ("journal.py", "policy.py"):  # The contracts name them already.
        (copy / optional).touch()
    return copy


def plant(package: Path, module: str, statement: str) -> None:
    """Add an import to the end of a module of the copy."""
    with (package / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")


def report(package: Path, contract: str) -> str:
    """Return what lint-imports reports about one contract, which must be broken."""
    linter = shutil.which("lint-imports", path=sysconfig.get_path("scripts"))
    assert linter is not None
    done = subprocess.run(
        [linter, "--no-cache", "--contract", contract],
        cwd=package.parent,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    output = COLORS.sub("", done.stdout)
    assert done.returncode == 1, output
    assert "Contracts: 0 kept, 1 broken." in output, output + done.stderr
    return output


def plant_all(package: Path, imports: Sequence[tuple[str, str]]) -> list[str]:
    """Plant imports, and return how a report names them."""
    for module, imported in imports:
        plant(package, module, f"import sequence_async.{imported}")
    return [
        f"sequence_async.{module.removesuffix('.py').replace('/', '.')} -> sequence_async.{imported} (l"
        for module, imported in imports
    ]


def missing(expected: Sequence[str], output: str) -> list[str]:
    return [one for one in expected if one not in output]


def test_layers_imports_from_above_break_the_contract(package: Path) -> None:
    expected = plant_all(package, FORBIDDEN_BY_LAYERS)
    output = report(package, "layers")
    assert missing(expected, output) == [], output


@pytest.mark.parametrize(
    ("statement", "imported"),
    [
        ("if TYPE_CHECKING:\n    from sequence_async.v1 import SequenceClient", "sequence_async.v1"),
        ("def late():\n    from sequence_async.v1 import SequenceClient", "sequence_async.v1"),
        ("from sequence_async import SequenceClient", "sequence_async"),
    ],
    ids=["for type checking", "inside a function", "from the root"],
)
def test_layers_import_of_any_form_breaks_the_contract(package: Path, statement: str, imported: str) -> None:
    plant(package, "_core/keys.py", statement)
    assert f"sequence_async._core.keys -> {imported} (l" in report(package, "layers")


def test_layers_module_without_a_layer_breaks_the_contract(package: Path) -> None:
    (package / "helpers.py").touch()
    assert "- sequence_async.helpers\n" in report(package, "layers")


@pytest.mark.parametrize("module", ["journal.py", "policy.py"])
def test_protocol_import_of_a_client_breaks_the_contract(package: Path, module: str) -> None:
    expected = plant_all(package, [(module, imported) for imported in ("v1", "platform", "remote", "_base")])
    output = report(package, "protocol")
    assert missing(expected, output) == [], output


def test_sandbox_import_by_another_module_breaks_the_contract(package: Path) -> None:
    importers = ["v1.py", "resources/v1.py", "_core/keys.py", "pinning/pair.py", "errors.py"]
    expected = plant_all(package, [(module, "sandbox.clock") for module in importers])
    output = report(package, "sandbox")
    assert missing(expected, output) == [], output


def test_pinning_import_by_another_module_breaks_the_contract(package: Path) -> None:
    expected = plant_all(package, [(module, "pinning.export") for module in ("v1.py", "pytest_plugin.py")])
    output = report(package, "pinning")
    assert missing(expected, output) == [], output


def test_circles_import_back_breaks_the_contract(package: Path) -> None:
    plant(package, "errors.py", "from sequence_async.events import Event")
    plant(package, "events.py", "from sequence_async.errors import SequenceError")
    plant(package, "cli/terminal.py", "from sequence_async.cli.app import app")
    plant(package, "sandbox/state.py", "if TYPE_CHECKING:\n    from sequence_async.sandbox.world import World")
    output = report(package, "circles")
    assert re.search(r"^- \.(errors -> \.events|events -> \.errors) ", output, re.MULTILINE)
    expected = ["No cycles are allowed in sequence_async.cli.\n", "No cycles are allowed in sequence_async.sandbox.\n"]
    assert missing(expected, output) == [], output
