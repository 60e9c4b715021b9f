"""Every code block in the documentation runs, and every command in it exists."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import click
import httpx
import pytest
import typer.main
import yaml
from aiohttp import web
from doc_blocks import PAGES, ROOT, Block, blocks, execute, name_of
from fastapi import FastAPI
from typer.testing import CliRunner

import sequence_async
from sequence_async import PlatformClient, RemoteClient, SequenceClient, errors
from sequence_async.cli.app import app as command_line
from sequence_async.cli.exit_codes import ExitCode
from sequence_async.cli.models import DiffCode
from sequence_async.sandbox import Sandbox

WITH_CODE = [page for page in PAGES if any(block.language in ("python", "console") for block in blocks(page))]
# The placeholders on pages: IDs in the platform's format.
ACCOUNT, OTHER_ACCOUNT = "018cc251-f401-7173-b4ea-c08e209dc69c", "018cc251-f402-7b1f-8d3e-5a0c41d7be92"
RULE = "018cc251-f40e-7c44-9f6b-2d81c3a5e07f"


@asynccontextmanager
async def page_context(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield the names that a page's fragments can use, and the values of its placeholders."""
    async with Sandbox(seed="documentation", internal_seconds=0.0, execution_seconds=0.0) as sandbox:
        monkeypatch.setenv("SEQUENCE_API_KEY", sandbox.api_key)
        monkeypatch.setenv("SEQUENCE_ACCESS_TOKEN", sandbox.access_token)
        monkeypatch.setenv("SEQUENCE_BASE_URL", sandbox.v1_url)
        monkeypatch.setenv("SEQUENCE_PLATFORM_BASE_URL", sandbox.platform_url)
        monkeypatch.setenv("SEQUENCE_REMOTE_BASE_URL", sandbox.remote_url)
        placeholders = {
            ACCOUNT: sandbox.account("Main Operating").id,
            OTHER_ACCOUNT: sandbox.account("Taxes").id,
            RULE: sandbox.rule("Move to savings").id,
        }
        async with PlatformClient() as platform, RemoteClient() as remote:
            client = {"remote_api.md": remote}.get(page.name, platform)
            names = {
                "__name__": "__main__",
                "client": client,
                "sandbox": sandbox,
                "PlatformClient": PlatformClient,
                "RemoteClient": RemoteClient,
                "account_id": placeholders[ACCOUNT],
                "rule_id": placeholders[RULE],
                "secret": sandbox.rule_secret(placeholders[RULE]),
            }
            yield names, placeholders


@pytest.mark.parametrize("page", WITH_CODE, ids=name_of)
async def test_page_code_runs_in_order(
    page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    async with page_context(page, monkeypatch) as (names, placeholders), asyncio.timeout(20):
        for block in blocks(page):
            if block.language == "console":
                run_exports(block)
                await run_curl(block, names["sandbox"])
            if block.language != "python" or block.is_test:
                continue
            # A fragment continues the fragments above it, as it does for a reader. A program is independent of them.
            space = {"__name__": "__main__"} if block.is_script else names
            try:
                await execute(block, space, placeholders)
            except Exception as error:  # noqa: BLE001 - any error is a bug in the page
                pytest.fail(f"{block}\n{''.join(traceback.format_exception(error))}", pytrace=False)
            await start_services(block, space)


def run_exports(block: Block) -> None:
    """Run the `models` commands of a block, because later blocks import the modules that they write."""
    for _, words in commands(block):
        if words[:2] == ["sequence-async", "models"]:
            done = CliRunner().invoke(command_line, words[1:])
            assert done.exit_code == 0, f"{block}: {words}: {done.output}"


async def run_curl(block: Block, sandbox: Sandbox) -> None:
    """Send the curl requests of a block to a sandbox, in place of the port 4010."""
    for place, words in commands(block):
        if words[0] == "curl":
            method = words[words.index("--request") + 1] if "--request" in words else "GET"
            body = words[words.index("--data") + 1] if "--data" in words else None
            (path,) = (word.partition("localhost:4010")[2] for word in words if "localhost:4010" in word)
            async with httpx.AsyncClient() as session:
                response = await session.request(method, f"{sandbox.url}{path}", content=body)
            assert response.is_success, f"{place}: {response.status_code} {response.text}"


async def start_services(block: Block, space: dict[str, Any]) -> None:
    """Start and stop every service that a block creates, and send it requests."""
    for name, thing in list(space.items()):
        if not re.search(rf"^{name} = ", block.text, re.MULTILINE):
            continue
        if isinstance(thing, FastAPI):
            await request_all(thing)
        elif isinstance(thing, web.Application):
            runner = web.AppRunner(thing)
            await runner.setup()
            await runner.cleanup()


async def request_all(service: FastAPI) -> None:
    """Send a request to every GET path of a service that has no parameters."""
    transport = httpx.ASGITransport(service)
    async with (
        service.router.lifespan_context(service),
        httpx.AsyncClient(transport=transport, base_url="http://service") as session,
    ):
        for path, methods in service.openapi()["paths"].items():
            if "get" in methods and "{" not in path:
                (await session.get(path)).raise_for_status()


def test_page_tests_pass(tmp_path: Path) -> None:
    shown = [block for block in blocks(*PAGES) if block.language == "python" and block.is_test]
    assert shown
    for number, block in enumerate(shown):
        (tmp_path / f"test_{block.page.stem}_{number}.py").write_text(f"# {block}\n{block.text}", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\nfilterwarnings =\n"
        # Starlette warns that its TestClient should use another HTTP client.
        "    error\n    ignore:Using .httpx. with\n",
        encoding="utf-8",
    )
    plugins = ["-p", "no:cacheprovider", "-p", "pytest_asyncio.plugin", "-p", "sequence_async.pytest_plugin"]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", *plugins]
    done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    written = sum(block.text.count("def test_") for block in shown)
    assert f"{written} passed" in done.stdout


def commands(*some: Block) -> Iterator[tuple[str, list[str]]]:
    """Yield the location and the words of each command after a dollar sign."""
    for block in some:
        for offset, line in enumerate(block.text.splitlines()):
            if line.startswith("$ "):
                words = shlex.split(line[2:], comments=True)
                while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                    del words[0]
                for part in split_commands(words):
                    yield f"{name_of(block.page)}:{block.line + offset}", part


def split_commands(words: list[str]) -> list[list[str]]:
    """Split the words of a line at pipes and redirections."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word in ("|", "&&", "||", ">", ">>"):
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def usage_problem(arguments: list[str]) -> str | None:
    """Return why the command line rejects these arguments, or ``None`` if it accepts them."""
    command: click.Command = typer.main.get_command(command_line)
    context: Any = None
    name = "sequence-async"
    try:
        while True:
            context = command.make_context(name, list(arguments), parent=context)
            if not hasattr(command, "resolve_command"):
                return None
            name, found, arguments = command.resolve_command(context, [*context._protected_args, *context.args])
            assert found is not None
            command = found
    except SystemExit:
        return None  # an option such as --version
    except Exception as error:  # noqa: BLE001 - typer raises exceptions of a copy of click's own
        return str(error) or type(error).__name__


def test_page_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    problems: list[str] = []
    seen = 0
    for place, words in commands(*(block for block in blocks(*PAGES) if block.language == "console")):
        match words:
            case ["sequence-async", "--install-completion"]:
                pass  # parsing this option would install the completion
            case ["sequence-async", *arguments]:
                seen += 1
                if problem := usage_problem(arguments):
                    problems.append(f"{place}: {' '.join(words)}: {problem}")
            case ["make", *targets]:
                checked = [one for one in targets if "=" not in one]
                problems += [f"{place}: no target {one}" for one in checked if f"\n{one}:" not in makefile]
            case ["pip", "install", *packages]:
                extras = re.findall(r"sequence-async\[([a-z,]+)\]", " ".join(packages))
                known = project["optional-dependencies"]
                problems += [
                    f"{place}: no extra {one}" for some in extras for one in some.split(",") if one not in known
                ]
            case ["python", script, *_] if script.endswith(".py") and not (ROOT / script).exists():
                problems.append(f"{place}: no {script}")
            case ["python", "-m", module, *_] if importlib.util.find_spec(module) is None:
                problems.append(f"{place}: no module {module}")
            case _:
                pass
    assert not problems, "\n".join(problems)
    assert seen > 10


@pytest.mark.parametrize("arguments", ["balances --no-such-option", "no-such-command", "transfers create onlyone"])
def test_usage_problem_unknown_command_is_reported(arguments: str) -> None:
    assert usage_problem(arguments.split()) is not None


PARSERS = {"json": json.loads, "toml": tomllib.loads, "yaml": yaml.safe_load}


def test_page_blocks_parse_as_their_language() -> None:
    known = {"python", "console", "text", "diff", "promql", *PARSERS}
    for block in blocks(*PAGES):
        assert block.language in known, f"{block}: {block.language!r} is not in {known}"
        if block.language in PARSERS:
            PARSERS[block.language](block.text)


def test_navigation_lists_exactly_the_pages() -> None:
    nav = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]
    listed = {name for name in navigation_entries(nav) if not name.startswith("https://")}
    assert listed == {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")}


def test_reference_contains_every_public_name() -> None:
    shown = names_in_reference()
    for name in set(sequence_async.__all__) - {"__version__"}:
        module = f"sequence_async.{sequence_async._MODULE_OF[name]}"
        assert {f"sequence_async.{name}", module} & shown, f"{name} is in no page of docs/reference/"


def test_errors_page_names_every_class() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    classes = [name for name, thing in vars(errors).items() if isinstance(thing, type)]
    assert [name for name in classes if f"`{name}`" not in page] == []


def test_command_line_page_names_every_command_and_exit_code() -> None:
    page = (ROOT / "docs" / "command_line.md").read_text(encoding="utf-8")
    names: dict[str, Any] = typer.main.get_command(command_line).commands
    assert [name for name in names if f"sequence-async {name}" not in page] == []
    assert [code for code in ExitCode if f"| {code:d} |" not in page] == []
    pinning = (ROOT / "docs" / "pinning.md").read_text(encoding="utf-8")
    assert [code for code in DiffCode if f"| {code:d} |" not in pinning] == []


@pytest.mark.parametrize("client", [PlatformClient, SequenceClient, RemoteClient])
def test_reference_contains_every_resource_of_a_client(client: Callable[[str], object]) -> None:
    resources = [type(thing) for name, thing in vars(client("sk_test")).items() if not name.startswith("_")]
    assert resources
    missing = [
        kind for kind in resources if not {kind.__module__, f"{kind.__module__}.{kind.__name__}"} & names_in_reference()
    ]
    assert not missing


def names_in_reference() -> set[str]:
    """Return the names of the modules, classes and functions in the API reference."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))
    return set(re.findall(r"^::: (\S+)$", pages, re.MULTILINE))


def test_examples_readme_lists_every_example() -> None:
    listed = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    for example in (ROOT / "examples").iterdir():
        assert example.name in {"README.md", "__pycache__"} or f"]({example.name})" in listed


def navigation_entries(nav: Any) -> Iterator[str]:
    """Yield the pages in the navigation."""
    if isinstance(nav, str):
        yield nav
    else:
        for entry in nav.values() if isinstance(nav, dict) else nav:
            yield from navigation_entries(entry)


def test_page_scenarios_can_be_loaded(tmp_path: Path) -> None:
    shown = [block for block in blocks(*PAGES) if block.language == "yaml" and "\naccounts:" in block.text]
    assert shown
    for block in shown:
        (tmp_path / "scenario.yaml").write_text(block.text, encoding="utf-8")
        assert len(Sandbox(scenario=tmp_path / "scenario.yaml").accounts) == len(yaml.safe_load(block.text)["accounts"])


async def test_error_in_a_block_reports_the_page_and_line(tmp_path: Path) -> None:
    page = ROOT / "README.md"
    with pytest.raises(ZeroDivisionError) as caught:
        await execute(Block(page, 7, "python", "x = 1\nx / 0\n"), {}, {})
    assert (caught.traceback[-1].path, caught.traceback[-1].lineno) == (page, 7)
    with pytest.raises(AssertionError, match=r"README.md:7: what does acc_9 stand for"):
        await execute(Block(page, 7, "python", 'client.accounts.get("acc_9")'), {}, {})
