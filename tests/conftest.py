"""What all tests share."""

from __future__ import annotations

import os

import pytest

from sequence_async._transport import limiter

# The Python processes that tests start write UTF-8 on Windows too, as the tests read it.
os.environ["PYTHONUTF8"] = "1"

_VARIABLES = (
    "SEQUENCE_API_KEY",
    "SEQUENCE_ACCESS_TOKEN",
    "SEQUENCE_BASE_URL",
    "SEQUENCE_PLATFORM_BASE_URL",
    "SEQUENCE_REMOTE_BASE_URL",
    "SEQUENCE_CALLED_REASON",
)


@pytest.fixture(autouse=True)
def _no_credentials_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in _VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests() -> None:
    # Limits outlive clients on purpose, and a free port may be one that another test had.
    limiter._shared.clear()
    limiter._recent.clear()
