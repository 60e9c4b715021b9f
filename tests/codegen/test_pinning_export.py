"""Exported models: one module that stands on its own, the same bytes every time, and as strict as the client."""

from __future__ import annotations

import ast
import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
import yaml
from typer.testing import CliRunner

from sequence_async.cli.app import app
from sequence_async.pinning.export import APIS, export_models

_ROOT = Path(__file__).parents[2]


def _exported(tmp_path: Path, api: str, *, with_codec: bool = False) -> ModuleType:
    name = f"pinned_{api}_{tmp_path.name}{'_codec' if with_codec else ''}".replace("-", "_")
    path = tmp_path / f"{name}.py"
    path.write_text(export_models(api, with_codec=with_codec), "utf-8")
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _imported(text: str) -> set[str]:
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names


@pytest.mark.parametrize("api", APIS)
def test_it_needs_attrs_alone_and_with_the_codec_cattrs(api: str) -> None:
    assert _imported(export_models(api)) == {"attrs"}
    assert _imported(export_models(api, with_codec=True)) == {"attrs", "cattrs"}


@pytest.mark.parametrize("api", APIS)
def test_it_runs_where_nothing_else_can_be_imported(api: str, tmp_path: Path) -> None:
    path = tmp_path / "pinned.py"
    path.write_text(export_models(api), "utf-8")
    code = (
        "import sys, runpy\n"
        "class Guard:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] not in sys.stdlib_module_names | {'attr', 'attrs'}:\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Guard())\n"
        f"found = runpy.run_path({str(path)!r})\n"
        "assert all(name in found for name in found['__all__'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("with_codec", [False, True])
def test_it_is_the_same_text_in_every_process(api: str, with_codec: bool) -> None:
    code = (
        "import hashlib; from sequence_async.pinning.export import export_models;"
        f"print(hashlib.sha256(export_models({api!r}, with_codec={with_codec}).encode()).hexdigest())"
    )
    seen = set()
    for seed in "1", "2":
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            encoding="utf-8",
            check=True,
            cwd=_ROOT,
            env={"PYTHONHASHSEED": seed},
        )
        seen.add(done.stdout)
    assert len(seen) == 1


@pytest.mark.parametrize("api", APIS)
def test_its_head_names_the_description(api: str) -> None:
    models = import_module(f"sequence_async.models.{api}")
    head = "\n".join(export_models(api).splitlines()[:3])
    assert f"openapi/{api}.yaml {models.DESCRIPTION_VERSION} (SHA-256 {models.DESCRIPTION_SHA256})" in head


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("with_codec", [False, True])
def test_it_has_every_model_with_the_same_fields(api: str, with_codec: bool, tmp_path: Path) -> None:
    installed, pinned = import_module(f"sequence_async.models.{api}"), _exported(tmp_path, api, with_codec=with_codec)
    assert set(installed.__all__) <= set(pinned.__all__)
    for name in installed.__all__:
        mine, theirs = getattr(installed, name), getattr(pinned, name)
        if attrs.has(mine) and name not in {"UnknownVariant", "UNIONS"}:
            assert mine is not theirs
            assert mine.__annotations__ == theirs.__annotations__
            assert [(one.name, one.default, one.metadata) for one in attrs.fields(mine)] == [
                (one.name, one.default, one.metadata) for one in attrs.fields(theirs)
            ]


def test_it_keeps_open_enums_masking_mixins_and_immutable_arrays(tmp_path: Path) -> None:
    pinned = _exported(tmp_path, "v1")
    status = pinned.TransferStatus("teleported")
    assert (status, status.is_known, pinned.TransferStatus.COMPLETE.is_known) == ("teleported", False, True)
    execution = pinned.RuleExecution(
        id="rex_1",
        rule_id="rule_1",
        trigger_type=pinned.ExecutionTriggerType.MANUAL,
        status=pinned.RuleExecutionStatus.EXECUTED,
        created_at=None,
        transfer_ids=["txr_1"],
    )
    assert execution.settled
    assert execution.succeeded
    assert execution.transfer_ids == ("txr_1",)
    assert hash(execution) == hash(pickle.loads(pickle.dumps(execution)))
    account = pinned.LinkedAccount(bank_account_number="000123456789")
    assert "0001234567" not in repr(account)
    assert "89" in repr(account)


def test_there_is_no_such_api() -> None:
    with pytest.raises(ValueError, match="platform, v1, remote"):
        export_models("v3")


def _examples(api: str) -> list[tuple[str, Any]]:
    """Give the result type of each operation, with each documented example of its answer."""
    described: dict[str, Any] = yaml.safe_load((_ROOT / "openapi" / f"{api}.yaml").read_text("utf-8"))
    found: list[tuple[str, Any]] = []
    for methods in described["paths"].values():
        for operation in methods.values():
            if not isinstance(operation, dict) or "operationId" not in operation:
                continue
            for status, answer in operation["responses"].items():
                if not str(status).startswith("2"):
                    continue
                for content in answer.get("content", {}).values():
                    for example in content.get("examples", {}).values():
                        found.append((operation["operationId"], example["value"]["data"]))  # noqa: PERF401
    return found


def _result_type(api: str, operation_id: str, pinned: ModuleType) -> Any:
    """Give the type that the operation's answer decodes to, made of the exported models."""
    result: Any = import_module(f"sequence_async.operations.{api}").OPERATIONS[operation_id].result
    inner = getattr(result, "__args__", None)
    return Sequence[getattr(pinned, inner[0].__name__)] if inner else getattr(pinned, result.__name__)


def _exactly(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str), parse_float=Decimal)


@pytest.mark.parametrize("api", APIS)
def test_the_pair_reads_every_documented_answer_and_writes_it_back(api: str, tmp_path: Path) -> None:
    pinned = _exported(tmp_path, api, with_codec=True)
    examples = _examples(api)
    assert len(examples) >= 1
    for operation_id, example in examples:
        raw = _exactly(example) if api == "remote" else json.loads(json.dumps(example, default=str))
        expected = _result_type(api, operation_id, pinned)
        value = pinned.structure(raw, expected)
        assert pinned.structure(pinned.unstructure(value), expected) == value


_TRANSFER = {"id": "t", "amount_in_cents": 100, "direction": "internal", "origin": "user", "status": "complete"}


@pytest.mark.parametrize("amount", ["100", 100.0, True, None])
def test_the_pair_coerces_nothing_and_says_where(amount: object, tmp_path: Path) -> None:
    pinned = _exported(tmp_path, "v1", with_codec=True)
    with pytest.raises(pinned.DecodeError, match=r"\$\.amount_in_cents should be an integer"):
        pinned.structure({**_TRANSFER, "amount_in_cents": amount}, pinned.Transfer)
    with pytest.raises(pinned.DecodeError, match=r"\$\.status is missing"):
        pinned.structure({name: value for name, value in _TRANSFER.items() if name != "status"}, pinned.Transfer)


def test_the_pair_keeps_what_it_does_not_know(tmp_path: Path) -> None:
    pinned = _exported(tmp_path, "v1", with_codec=True)
    assert pinned.structure({**_TRANSFER, "new": 1}, pinned.Transfer).amount_in_cents == 100
    variant = pinned.structure({"type": "ON_FULL_MOON", "phase": 1}, pinned.Trigger)
    assert isinstance(variant, pinned.UnknownVariant)
    assert pinned.unstructure(variant) == {"type": "ON_FULL_MOON", "phase": 1}


def test_the_command_writes_these_bytes(tmp_path: Path) -> None:
    wanted = export_models("platform", with_codec=True).encode()
    printed = CliRunner().invoke(app, ["models", "export", "--api", "platform", "--with-codec"])
    assert (printed.exit_code, printed.stdout_bytes) == (0, wanted)
    path = tmp_path / "platform.py"
    written = CliRunner().invoke(app, ["models", "export", "--api", "platform", "--with-codec", "--out", str(path)])
    assert (written.exit_code, written.stdout_bytes, path.read_bytes()) == (0, b"", wanted)


def test_the_command_says_when_it_cannot_write(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["models", "export", "--api", "v1", "--out", str(tmp_path / "missing" / "v1.py")])
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.output
