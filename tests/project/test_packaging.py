"""What is built to be installed: what is in it, what is not, and that it works from there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

from sequence_async import __version__

ROOT = Path(__file__).parents[2]
HOME = "https://github.com/sequence-async/sequence-async"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a source distribution, and a wheel from that: so nothing that the wheel needs is missing in it."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(built / f"sequence_async-{__version__}-py3-none-any.whl")


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    return message_from_string(wheel.read(f"sequence_async-{__version__}.dist-info/METADATA").decode())


def files_of_package() -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / "sequence_async").rglob("*.py")}


def test_the_wheel_holds_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    info = f"sequence_async-{__version__}.dist-info/"
    names = {name for name in wheel.namelist() if not name.startswith(info)}
    assert names >= files_of_package()
    assert all(name.startswith("sequence_async/") and name.endswith((".py", "py.typed")) for name in names)
    assert not [name for name in names if "test" in name and name != "sequence_async/pytest_plugin.py"]
    assert "sequence_async/py.typed" in names
    assert f"{info}licenses/LICENSE" in wheel.namelist()


def test_the_source_distribution_holds_what_a_contributor_needs(built: Path) -> None:
    top = f"sequence_async-{__version__}/"
    with tarfile.open(built / f"sequence_async-{__version__}.tar.gz", encoding="utf-8") as archive:
        names = {name.removeprefix(top) for name in archive.getnames()}
    assert {
        "pyproject.toml", "Makefile", "zensical.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE",
        "openapi/platform.yaml", "released/platform.py", "codegen/__main__.py", "tests/conftest.py", "examples/payroll.py",
        "docs/index.md", "sequence_async/py.typed", ".github/workflows/ci.yml",
    } <= names  # fmt: skip
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "site/", ".git/"))]


def test_the_metadata_say_what_it_is(metadata: Message) -> None:
    assert metadata["Name"] == "sequence-async"
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    urls = dict(url.split(", ") for url in metadata.get_all("Project-URL", []))
    assert set(urls) == {"Homepage", "Documentation", "Changelog", "Issues"}
    assert all(url.startswith(HOME) for url in urls.values())
    classifiers = metadata.get_all("Classifier", [])
    assert {"Typing :: Typed", "Framework :: AsyncIO", "Framework :: Pytest"} <= set(classifiers)
    for version in ("3.11", "3.12", "3.13"):
        assert f"Programming Language :: Python :: {version}" in classifiers


def test_every_link_of_the_description_works_from_elsewhere(metadata: Message) -> None:
    links = re.findall(r"\]\(([^)]+)\)", str(metadata.get_payload()))
    assert f"{HOME}/blob/main/docs/moving_between_apis.md" in links
    assert [link for link in links if not link.startswith(("https://", "#"))] == []


def test_the_extras_are_those_of_the_documentation(metadata: Message) -> None:
    assert set(metadata.get_all("Provides-Extra", [])) == {"cli", "speed"}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"sequence-async[{extra}]" in readme for extra in metadata.get_all("Provides-Extra", []))
    plain = {line.split(";")[0].split(">")[0] for line in metadata.get_all("Requires-Dist", []) if "extra" not in line}
    assert plain == {"aiohttp", "attrs", "cattrs", "backoff", "python-backoff", "orjson"}


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder of its own."""
    place = tmp_path_factory.mktemp("installed")
    (wheel,) = built.glob("*.whl")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", place, wheel]
    subprocess.run(command, capture_output=True, check=True)
    return place


def run(installed: Path, *command: str | Path, cwd: Path) -> str:
    """Run something with the wheel instead of the working tree."""
    surroundings = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_plugin_of_pytest_works_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n", encoding="utf-8")
    (tmp_path / "test_it.py").write_text(
        "import sequence_async\n"
        "async def test_fixtures(sequence_sandbox, sequence_client):\n"
        f"    assert sequence_async.__file__.startswith({str(installed)!r})\n"
        "    assert await sequence_client.accounts.list().collect()\n",
        encoding="utf-8",
    )
    slow = (f"-pno:{name}" for name in ("cacheprovider", "schemathesis", "hypothesispytest", "xdist", "anyio"))
    assert "1 passed" in run(installed, sys.executable, "-m", "pytest", *slow, cwd=tmp_path)


def test_the_command_works_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    command = shutil.which("sequence-async", path=installed / "bin")
    assert command is not None
    assert run(installed, command, "--version", cwd=tmp_path) == f"sequence-async {__version__}\n"
    exported = run(installed, command, "models", "export", "--api", "remote", cwd=tmp_path)
    assert exported.startswith("# Exported from openapi/remote.yaml")
