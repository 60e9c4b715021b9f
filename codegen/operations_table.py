"""The table of operations in the README and on the site, from the same descriptions as the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.facts import client_method

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codegen.description import Description, Endpoint

BEGIN, END = "<!-- operations:begin -->", "<!-- operations:end -->"
CLIENTS = {"v1": "SequenceClient", "platform": "PlatformClient", "remote": "RemoteClient"}
HEAD = ("Operation", "Call", "Request", "Scope", "Availability", "Key", "Evidence")


def replace_table(page: str, descriptions: Sequence[Description]) -> str | None:
    """Return the page with a new table between its two markers, or ``None`` if it has no markers."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return None
    tables = "\n".join("\n".join(_table(description)) for description in descriptions)
    return f"{before}{BEGIN}\n\n{tables}\n{END}{after}"


def _table(description: Description) -> Iterator[str]:
    yield f"<!-- {description.stamp.removeprefix('# ')} -->"
    yield f"**{description.title}** (`{CLIENTS.get(description.api, description.api)}`)\n"
    yield f"| {' | '.join(HEAD)} |"
    yield f"|{' --- |' * len(HEAD)}"
    for endpoint in description.endpoints():
        yield f"| {' | '.join(_row(endpoint))} |"
    yield ""


def _row(endpoint: Endpoint) -> Iterator[str]:
    scope = endpoint.extension("scope")
    yield f"[`{endpoint.id}`]({endpoint.extension('docs')})"
    yield f"`{client_method(endpoint)}`"
    yield f"`{endpoint.method} {endpoint.path}`"
    yield f"`{scope}`" if scope else ""
    yield endpoint.extension("availability").replace("-", " ")
    yield "yes" if endpoint.extension("takes-key") else ""
    yield endpoint.extension("evidence")
