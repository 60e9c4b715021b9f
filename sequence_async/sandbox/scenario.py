"""Scenario files: an organization in YAML. Errors include the line number."""

from __future__ import annotations

from pathlib import Path as File
from typing import TYPE_CHECKING, Any, Final

from sequence_async.sandbox.builder import Builder
from sequence_async.sandbox.validation import ObjectReader, Path, ValidationError, format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import PathLike

    from sequence_async.sandbox.world import World

_PARTS: Final = frozenset({"seed", "accounts", "rules", "cards", "keys"})


class ScenarioError(ValueError):
    """A scenario file is invalid. The message names the file, the line, the field and the problem."""

    def __init__(self, file: str, line: int | None, complaint: str) -> None:
        self.file = file
        self.line = line
        """The line number, starting at 1; ``None`` if the file cannot be read."""
        self.complaint = complaint
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {complaint}")

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[str, int | None, str]]:
        return type(self), (self.file, self.line, self.complaint)


class Scenario:
    """A parsed scenario file."""

    def __init__(self, file: str | PathLike[str]) -> None:
        self._file = str(file)
        try:
            text = File(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ScenarioError(self._file, None, f"cannot be read: {error}") from None
        self._lines: dict[Path, int] = {}
        self._content = self._parse(text)
        self.seed: int | str | None = self._guard(self._read_seed)
        self.keys: list[str] = []
        """The secrets of the API keys in the file, in file order."""

    def fill(self, world: World, limits: Mapping[str, tuple[int, float] | None]) -> None:
        """Create everything in a world. Raises :class:`ScenarioError`."""
        self._guard(lambda: self._fill(world, limits))

    def _guard(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except ValidationError as error:
            raise ScenarioError(self._file, self._line(error.path), str(error)) from None

    def _line(self, path: Path) -> int:
        for length in range(len(path), -1, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return 1

    def _read_seed(self) -> int | str | None:
        top = ObjectReader(self._content)
        top.reject_unknown(_PARTS)
        seed = top.fields.get("seed")
        return seed if isinstance(seed, str) else top.optional_integer("seed")

    def _fill(self, world: World, limits: Mapping[str, tuple[int, float] | None]) -> None:
        top, builder = ObjectReader(self._content), Builder(world)
        for part, build in (("accounts", builder.account), ("rules", builder.rule), ("cards", builder.card)):
            for index, value in enumerate(top.items(part)):
                build(value, (part, index))
        for index, value in enumerate(top.items("keys")):
            self.keys.append(builder.key(value, limits, ("keys", index)))

    def _parse(self, text: str) -> Any:
        try:
            import yaml
        except ImportError:
            raise ScenarioError(self._file, None, "needs PyYAML: pip install 'sequence-async[cli]'") from None
        try:
            loader: Any = yaml.SafeLoader(text)
            node = loader.get_single_node()
            content: Any = loader.construct_document(node) if node is not None else dict[str, Any]()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            complaint = f"is not valid YAML: {error.problem or error}"
            raise ScenarioError(self._file, None if mark is None else mark.line + 1, complaint) from None
        except (yaml.YAMLError, ValueError) as error:
            raise ScenarioError(self._file, None, f"is not valid YAML: {error}") from None
        self._note_lines(node, ())
        return content

    def _note_lines(self, node: Any, path: Path) -> None:
        if node is None or path in self._lines:
            return
        self._lines[path] = node.start_mark.line + 1
        if node.id == "sequence":
            for index, item in enumerate(node.value):
                self._note_lines(item, (*path, index))
        elif node.id == "mapping":
            for name, value in node.value:
                inner = (*path, str(name.value))
                if inner in self._lines:
                    raise ScenarioError(self._file, name.start_mark.line + 1, f"{format_path(inner)}: appears twice")
                self._note_lines(value, inner)
                self._lines[inner] = name.start_mark.line + 1
