"""The operations of one API for the sandbox, which imports nothing from the clients: IDs, methods and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.formatting import format_module

if TYPE_CHECKING:
    from codegen.description import Description


def routes_module(description: Description) -> str:
    """Return the text of ``sequence_async/sandbox/described/<api>.py``."""
    entries = ", ".join(f"({one.id!r}, {one.method!r}, {one.path!r})" for one in description.endpoints())
    parts = [
        description.stamp,
        f'"""The operations in the description of {description.title}."""\n',
        "from __future__ import annotations\n",
        "from typing import Final\n",
        f"OPERATIONS: Final = ({entries},)",
        '"""ID, method and path of each operation."""\n',
    ]
    return format_module("\n".join(parts), f"sequence_async/sandbox/described/{description.api}.py")
