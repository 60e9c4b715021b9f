"""The models of one API.

datamodel-code-generator writes the classes, and the templates turn them into attrs classes. This module prepares its
input and adds the rest of the module.
"""

from __future__ import annotations

import ast
import json
import warnings
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datamodel_code_generator import generate
from datamodel_code_generator.enums import DataModelType, InputFileType
from datamodel_code_generator.format import DateClassType, DatetimeClassType, PythonVersion

from codegen.docstrings import docstring
from codegen.formatting import format_module
from codegen.variants import variants_of

if TYPE_CHECKING:
    from codegen.description import Description, Node

RUNTIME = "sequence_async.models._runtime"
TEMPLATES = Path(__file__).with_name("templates")

CONSTRAINTS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minItems": "min_length",
    "maxItems": "max_length",
}
"""Keywords of the description, with their keys in the metadata of a field. Requests are validated against them."""

SHAPE = {"$ref", "type", "const", "default", "items", "properties", "required", "enum", "oneOf", "allOf"} | {
    "discriminator",
    "additionalProperties",
}
FORMATS = {"date", "date-time", "decimal"}
"""The formats that determine the type of an attribute. The others only describe text."""

INFERRED = "Inferred, not documented."
OPEN = "The API may add values, so end a `match` over these with `case _`."


def models_module(description: Description) -> str:
    """Return the text of ``sequence_async/models/<api>.py``."""
    name = f"sequence_async/models/{description.api}.py"
    classes = _classes(description)
    imports = [node for node in ast.parse(classes).body if isinstance(node, ast.Import | ast.ImportFrom)]
    first_import, last_import = imports[0].lineno - 1, imports[-1].end_lineno
    lines = classes.splitlines()
    parts = [
        description.stamp,
        f'"""The models of {description.title}, frozen and open to additions of the API. They need only attrs."""',
        "\n".join(lines[first_import:last_import]),
        _exports(description),
        f"DESCRIPTION_VERSION: Final = {json.dumps(description.version)}",
        f"DESCRIPTION_SHA256: Final = {json.dumps(description.sha256)}\n",
        "\n".join(lines[last_import:]),
        _unions(description),
    ]
    return format_module("\n".join(parts), name)


def _classes(description: Description) -> str:
    document = {
        "openapi": "3.1.0",
        "info": {"title": description.title, "version": description.version},
        "paths": {},
        "components": {"schemas": {name: _shape(node) for name, node in description.schemas.items()}},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # it reports unsupported input only as a warning
        text = generate(
            json.dumps(document),
            input_filename=Path(description.source).name,
            input_file_type=InputFileType.OpenAPI,
            output_model_type=DataModelType.DataclassesDataclass,
            target_python_version=PythonVersion.PY_311,
            custom_template_dir=TEMPLATES,
            additional_imports=[
                "attrs",
                "typing.TYPE_CHECKING",
                "typing.Final",
                *(f"{RUNTIME}.{name}" for name in _runtime_names(description)),
            ],
            extra_template_data=defaultdict(
                dict, {name: {"plan": _template_data(description, name)} for name in description.schemas}
            ),
            formatters=[],
            use_standard_collections=True,
            use_generic_container_types=True,
            use_union_operator=True,
            use_specialized_enum=True,
            capitalise_enum_members=True,
            snake_case_field=True,
            strict_nullable=True,
            use_double_quotes=True,
            use_one_literal_as_default=True,
            disable_timestamp=True,
            keyword_only=True,
            output_datetime_class=DatetimeClassType.Datetime,
            output_date_class=DateClassType.Date,
            strict_refs=True,
        )
    assert isinstance(text, str)  # noqa: S101 - one document results in one module
    return text


def _runtime_names(description: Description) -> list[str]:
    mixins = {mixin for node in description.schemas.values() for mixin in node.get("x-mixin", ())}
    return ["OpenStrEnum", "TaggedUnion", "UnknownVariant", "arrays_as_tuples", "masked", *sorted(mixins)]


def _shape(node: Node) -> dict[str, Any]:
    """Reduce a schema to what determines its class. The rest is in the extra data for the templates."""
    kept: dict[str, Any] = {key: value for key, value in node.items() if key in SHAPE}
    if node.get("format") in FORMATS:
        kept["format"] = node["format"]
    for key in ("oneOf", "allOf"):
        if key in kept:
            kept[key] = [_shape(part) for part in kept[key]]
    if "properties" in kept:
        kept["properties"] = {name: _shape(value) for name, value in kept["properties"].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(kept.get(key), dict):
            kept[key] = _shape(kept[key])
    return kept


def _template_data(description: Description, name: str) -> dict[str, Any]:
    """Return what the templates need in addition to the shape."""
    members = description.own_properties(name)
    node = description.schemas[name]
    return {
        "doc": _doc(node, 4),
        "mixins": list(node.get("x-mixin", ())),
        "arrays": any(_is_array(member) for member in members.values()),
        "members": {
            wire: {
                "doc": _doc(member, 4),
                "sensitive": member.get("x-sensitive") is True,
                "constraints": {key: repr(member[word]) for word, key in CONSTRAINTS.items() if word in member},
            }
            for wire, member in members.items()
        },
    }


def _doc(node: Node, indent: int) -> str:
    text = node["description"].strip()
    if node.get("x-evidence") == "inferred":
        text = f"{text} {INFERRED}"
    return docstring(f"{text}\n\n{OPEN}" if "enum" in node else text, indent)


def _is_array(member: Node) -> bool:
    kind = member.get("type")
    return kind == "array" or (isinstance(kind, list) and "array" in kind)


def _exports(description: Description) -> str:
    names = ["DESCRIPTION_SHA256", "DESCRIPTION_VERSION", "UNIONS", *description.schemas]
    if any(description.is_union(name) for name in description.schemas):
        names.append("UnknownVariant")
    return f"\n__all__ = {sorted(names)!r}\n"


def _unions(description: Description) -> str:
    """Return the code of the unions and of their discriminators, which follows all classes."""
    aliases: list[str] = []
    entries: list[str] = []
    for name, node in description.schemas.items():
        if not description.is_union(name):
            continue
        variants = variants_of(description, name)
        aliases.append(f"{name}: TypeAlias = {' | '.join(variants.values())} | UnknownVariant\n{_doc(node, 0)}\n\n")
        tag = node.get("discriminator", {}).get("propertyName")
        table = ", ".join(f"{value!r}: {variant}" for value, variant in variants.items())
        entries.append(f"TaggedUnion(union={name}, tag={tag!r}, variants={{{table}}}),")
    unions = f"UNIONS: Final[tuple[TaggedUnion, ...]] = ({' '.join(entries)})"
    return "\n\n" + "".join(aliases) + unions + '\n"""The discriminator of each union, for decoders."""\n'
