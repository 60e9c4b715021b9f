"""What ``models diff`` says about two exported modules, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sequence_async.cli.app import app
from sequence_async.pinning.changes import compare
from sequence_async.pinning.export import APIS, export_models
from sequence_async.pinning.shape import read_shape

BEFORE = """
# Exported from openapi/v1.yaml 1.0.0 (SHA-256 {sha})
from __future__ import annotations
__all__ = ["Color", "Paint", "Finish", "mix"]
DESCRIPTION_VERSION: Final = "1.0.0"
DESCRIPTION_SHA256: Final = "{sha}"
class OpenStrEnum(StrEnum):
    @property
    def is_known(self) -> bool: ...
class Drying:
    @property
    def dry(self) -> bool: ...
class Color(OpenStrEnum):
    RED = "red"
    BLUE = "blue"
@attrs.frozen(kw_only=True)
class Paint(Drying):
    id: str
    color: Color
    liters: int = attrs.field(metadata={{"minimum": 1, "maximum": 9}})
    name: str | None = None
    batch: str | None = attrs.field(default=None, metadata={{"json": "batchNumber"}})
    tags: Sequence[str] = ()
@attrs.frozen(kw_only=True)
class Gloss:
    kind: Literal["gloss"] = "gloss"
@attrs.frozen(kw_only=True)
class Matt:
    kind: Literal["matt"] = "matt"
Finish: TypeAlias = Gloss | Matt | UnknownVariant
UNIONS: Final = (TaggedUnion(union=Finish, tag="kind", variants={{"gloss": Gloss, "matt": Matt}}),)
def mix(one: Paint) -> Paint: ...
""".format(sha="a" * 64)


def _changes(old: str, new: str) -> list[str]:
    assert old in BEFORE
    found = compare(read_shape(BEFORE), read_shape(BEFORE.replace(old, new)))
    return [f"{'breaking' if change.breaking else 'additive'} {change}" for change in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    id: str\n", "", ["breaking Paint.id: field removed (str)"]),
        ("    id: str\n", "    id: int\n", ["breaking Paint.id: field retyped (str → int)"]),
        ("    id: str\n", "    id: str | None\n", ["breaking Paint.id: field made nullable (str → str | None)"]),
        ("    name: str | None = None", "    name: str = None", ["breaking Paint.name: field made non-null (str | None → str)"]),
        ("    id: str\n", "    id: str = 'x'\n", ["additive Paint.id: field made optional"]),
        ("    name: str | None = None\n", "    name: str | None\n", ["breaking Paint.name: field made required"]),
        ("    id: str\n", "    id: str\n    age: int | None = None\n", ["additive Paint.age: field added (int | None)"]),
        ("    id: str\n", "    id: str\n    age: int\n", ["breaking Paint.age: required field added (int)"]),
        ("= ()", "= (1,)", ["breaking Paint.tags: field default changed (() → (1,))"]),
        ('"batchNumber"', '"lot"', ["breaking Paint.batch: field renamed on the wire (batchNumber → lot)"]),
        ('"minimum": 1', '"minimum": 2', ["breaking Paint.liters: minimum constrained (1 → 2)"]),
        ('"minimum": 1', '"minimum": 0', ["additive Paint.liters: minimum relaxed (1 → 0)"]),
        ('"maximum": 9', '"maximum": 8', ["breaking Paint.liters: maximum constrained (9 → 8)"]),
        ('"minimum": 1, ', "", ["additive Paint.liters: minimum relaxed (1)"]),
        ('"maximum": 9', '"maximum": 9, "pattern": "x"', ["breaking Paint.liters: pattern constrained ('x')"]),
        ("attrs.field(default=None, ", "attrs.field(default=None, repr=masked, ", ["additive Paint.batch: field masked"]),
        ('    RED = "red"\n', '    RED = "red"\n    GREEN = "green"\n', ["additive Color.GREEN: member added"]),
        ('    RED = "red"\n', "", ["breaking Color.RED: member removed"]),
        ('"red"', '"RED"', ["breaking Color.RED: member value changed ('red' → 'RED')"]),
        ("class Color(OpenStrEnum)", "class Color(StrEnum)", ["breaking Color.OpenStrEnum: base removed", "additive Color.StrEnum: base added"]),
        ("class Paint(Drying)", "class Paint", ["breaking Paint.Drying: base removed"]),
        ("    def dry", "    def wet", ["breaking Drying.dry: method removed", "additive Drying.wet: method added"]),
        ("Gloss | Matt |", "Gloss |", ["breaking Finish.Matt: variant removed"]),
        ("Gloss | Matt |", "Gloss | Matt | Satin |", ["additive Finish.Satin: variant added"]),
        ('"matt": Matt', '"flat": Matt', ["breaking Finish.Matt: variant renamed on the wire (matt → flat)"]),
        ('tag="kind"', 'tag="type"', ["breaking Finish: tag renamed on the wire (kind → type)"]),
        ("| UnknownVariant", "", ["breaking Finish: alias retyped (Gloss | Matt | UnknownVariant → Gloss | Matt)"]),
        ("class Color(OpenStrEnum)", "class Tint(OpenStrEnum)", ["breaking Color: enum removed", "additive Tint: enum added"]),
        ("@attrs.frozen(kw_only=True)\nclass Matt", "class Matt", ["breaking Matt: model retyped (model → class)"]),
        ("one: Paint)", "one: Paint, two: Paint)", ["breaking mix: function retyped (one: Paint → one: Paint, two: Paint)"]),
        ("color: Color", "color: 'Color'", []),
        ("id: str", "id: (str)", []),
        ("Gloss | Matt |", "Matt | Gloss |", []),
        ("class Drying:", "class Drying:\n    '''Another docstring.'''", []),
    ],
)  # fmt: skip
def test_a_change_is_named_and_judged(old: str, new: str, expected: list[str]) -> None:
    assert _changes(old, new) == expected


def _run(tmp_path: Path, *arguments: str, old: str = BEFORE, new: str | None = None) -> tuple[int, str, str]:
    (tmp_path / "old.py").write_text(old, "utf-8")
    paths = [str(tmp_path / "old.py")]
    if new is not None:
        (tmp_path / "new.py").write_text(new, "utf-8")
        paths.append(str(tmp_path / "new.py"))
    result = CliRunner().invoke(app, ["models", "diff", *paths, *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_exit_code_says_how_bad_it_is(tmp_path: Path) -> None:
    assert _run(tmp_path, new=BEFORE)[0] == 0
    assert _run(tmp_path, new=BEFORE.replace('    RED = "red"', '    RED = "red"\n    GREEN = "green"'))[0] == 1
    code, stdout, _ = _run(tmp_path, new=BEFORE.replace("    id: str\n", "    age: int = 1\n"))
    assert code == 2
    assert stdout.splitlines() == [
        "breaking  Paint.id: field removed (str)",
        "additive  Paint.age: field added (int)",
    ]


def test_json_says_the_same(tmp_path: Path) -> None:
    code, stdout, _ = _run(tmp_path, "--json", new=BEFORE.replace("    id: str\n", "").replace("a" * 64, "b" * 64))
    assert code == 2
    assert json.loads(stdout) == {
        "api": "v1",
        "old": {"version": "1.0.0", "sha256": "a" * 64},
        "new": {"version": "1.0.0", "sha256": "b" * 64},
        "breaking": 1,
        "additive": 0,
        "changes": [
            {"where": "Paint.id", "what": "field", "kind": "removed", "breaking": True, "old": "str", "new": None},
        ],
    }


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("with_codec", [False, True])
def test_the_installed_release_is_the_other_side_by_default(api: str, with_codec: bool, tmp_path: Path) -> None:
    text = export_models(api, with_codec=with_codec)
    assert _run(tmp_path, old=text)[0] == 0
    code, stdout, _ = _run(
        tmp_path, old=text.replace("class ", "@attrs.frozen\nclass Gone:\n    x: int\n\n\nclass ", 1)
    )
    assert (code, stdout) == (2, "breaking  Gone: model removed\n")


def test_a_module_without_its_head_needs_to_be_told_the_api(tmp_path: Path) -> None:
    text = export_models("v1").partition('"""')[1] + export_models("v1").partition('"""')[2]
    code, _, stderr = _run(tmp_path, old=text)
    assert code == 64
    assert "--api" in stderr
    assert _run(tmp_path, "--api", "v1", old=text)[0] == 0


def test_models_of_two_apis_are_not_compared(tmp_path: Path) -> None:
    code, _, stderr = _run(tmp_path, old=export_models("v1"), new=export_models("remote"))
    assert code == 64
    assert "v1 and remote" in stderr


def test_a_foreign_file_is_never_run(tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    code, _, _ = _run(tmp_path, old=f"open({str(proof)!r}, 'w')\n{BEFORE}", new=BEFORE)
    assert code == 0
    assert not proof.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("class :", "is not valid Python"),
        ("x = 1", "is not a module of models: DESCRIPTION_VERSION"),
        ("\0", "is not valid Python"),
        ("x = " + "(" * 5000, "is not valid Python"),
    ],
)
def test_what_is_no_module_of_models_is_told_in_one_line(text: str, told: str, tmp_path: Path) -> None:
    code, stdout, stderr = _run(tmp_path, old=text, new=BEFORE)
    assert (code, stdout) == (64, "")
    assert told in stderr
    assert len(stderr.splitlines()) == 1


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["models", "diff", str(tmp_path / "nowhere.py")])
    assert result.exit_code == 64
    assert "cannot be read" in result.stderr
