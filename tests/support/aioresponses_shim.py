"""Lets aioresponses 0.7.9 work with aiohttp 3.14, which asks a response for the writer of its request.

To be removed when aioresponses does it by itself.
"""

from __future__ import annotations

import inspect
from typing import Any
from unittest.mock import Mock

import aiohttp
import aioresponses.core


class _Response(aiohttp.ClientResponse):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"stream_writer": Mock(output_size=0), **kwargs})


def install() -> None:
    """Make aioresponses build responses that aiohttp takes."""
    if "stream_writer" in inspect.signature(aiohttp.ClientResponse.__init__).parameters:
        aioresponses.core.ClientResponse = _Response
