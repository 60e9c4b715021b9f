"""``sequence-async doctor``: check which credentials are set, which APIs accept them, and which scopes they have."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from typing import Annotated

import typer

from sequence_async.cli.clients import BASE_URLS, CREDENTIALS, configured_apis, open_client, open_remote_client
from sequence_async.cli.exit_codes import ExitCode, describe, run
from sequence_async.cli.json_output import print_json
from sequence_async.cli.options import AnyApi, JsonOption, RestApi
from sequence_async.cli.probes import Finding, ScopeProbe, State, credential_state
from sequence_async.cli.terminal import print_facts, print_line, print_note, spinner
from sequence_async.errors import ConfigurationError, SequenceError

_KEY, _TOKEN = "SEQUENCE_API_KEY", "SEQUENCE_ACCESS_TOKEN"
_TIMEOUT_SECONDS = 10.0
_STATE_TEXTS: dict[State, str] = {
    "accepted": "OK: credential accepted",
    "refused": "failed: credential rejected",
    "no answer": "failed: no usable response",
    "not as documented": "failed: the response is not as documented",
    "not set": "not tested: no usable credential",
    "not asked": "not tested",
}


def doctor(
    *,
    api: Annotated[AnyApi | None, typer.Option("--api", help="Check only this API. (default: all three)")] = None,
    json: JsonOption = False,
) -> None:
    """Check which credentials are set, which APIs accept them, and which scopes they have.

    The check only reads, and never prints a credential.
    If a base URL is set, only the APIs with a base URL are checked, and no credential goes to any other host.
    Exit code 0 means that at least one API accepts its credential.
    """

    async def work() -> ExitCode:
        with spinner("Checking the APIs"):
            checked = _apis_to_check() if api is None else [api]
            findings = await asyncio.gather(*(_check_api(one) for one in checked))
        if api is None:
            findings += [_skipped_finding(one) for one in AnyApi if one not in checked]
        if json:
            print_json(findings)
        else:
            for finding in findings:
                _print_finding(finding)
        return _exit_code({finding.state for finding in findings})

    run(work)


def _apis_to_check() -> list[AnyApi]:
    """Return the APIs that a credential may be sent to.

    If a base URL is set, it names the host that the credentials are for. They must not go to another host, such as the
    default host.
    """
    return configured_apis(BASE_URLS) or list(AnyApi)


def _skipped_finding(api: AnyApi) -> Finding:
    return Finding(
        api=api,
        base_url="",
        credential=CREDENTIALS[api],
        state="not asked",
        detail=f"{BASE_URLS[api]} is not set, but another base URL is. Pass --api {api} to check the default host.",
    )


def _check_api(api: AnyApi) -> Coroutine[None, None, Finding]:
    match api:
        case AnyApi.V1:
            from sequence_async.v1 import DEFAULT_BASE_URL

            return _check_rest_api(RestApi.V1, _base_url_of("SEQUENCE_BASE_URL", DEFAULT_BASE_URL))
        case AnyApi.PLATFORM:
            from sequence_async.platform import DEFAULT_BASE_URL

            return _check_rest_api(RestApi.PLATFORM, _base_url_of("SEQUENCE_PLATFORM_BASE_URL", DEFAULT_BASE_URL))
        case AnyApi.REMOTE:
            from sequence_async.remote import DEFAULT_BASE_URL

            return _check_remote_api(_base_url_of("SEQUENCE_REMOTE_BASE_URL", DEFAULT_BASE_URL))


def _base_url_of(variable: str, default: str) -> str:
    return os.environ.get(variable) or default


async def _check_rest_api(api: RestApi, base_url: str) -> Finding:
    from sequence_async.operations import platform, v1

    operations = v1.OPERATIONS if api is RestApi.V1 else platform.OPERATIONS
    try:
        async with open_client(api) as client:
            probe = ScopeProbe(client.with_options(timeout=_TIMEOUT_SECONDS, max_attempts=2))
            await probe.run(operations.values())
    except ConfigurationError as error:
        return Finding(api=api, base_url=base_url, credential=_KEY, state="not set", detail=describe(error))
    return Finding(
        api=api,
        base_url=base_url,
        credential=_KEY,
        state=probe.state,
        detail=probe.detail,
        scopes=probe.scopes,
    )


async def _check_remote_api(base_url: str) -> Finding:
    state: State = "accepted"
    detail = None
    try:
        async with open_remote_client() as client:
            await client.with_options(timeout=_TIMEOUT_SECONDS, max_attempts=2).accounts.list()
    except ConfigurationError as error:
        state, detail = "not set", describe(error)
    except SequenceError as error:
        state, detail = credential_state(error), describe(error)
    return Finding(api=AnyApi.REMOTE, base_url=base_url, credential=_TOKEN, state=state, detail=detail)


def _print_finding(finding: Finding) -> None:
    is_set = "set" if os.environ.get(finding.credential) else "not set"
    print_facts(
        [
            ("API", finding.api),
            ("Base URL", finding.base_url or None),
            ("Credential", f"{finding.credential} is {is_set}"),
            ("Status", _STATE_TEXTS[finding.state]),
            *([("Detail", finding.detail)] if finding.detail else []),
            *((f"Scope {scope}", known) for scope, known in finding.scopes.items()),
        ],
    )
    print_line("")


def _exit_code(states: set[State]) -> ExitCode:
    states.discard("not asked")
    if "accepted" in states:
        return ExitCode.OK
    if states == {"not set"}:
        print_note(
            f"Set {_KEY} for platform and v1, or {_TOKEN} for the Remote API. "
            "To try without a credential, run `sequence-async demo`."
        )
        return ExitCode.USAGE
    return ExitCode.FAILED if states & {"refused", "not as documented"} else ExitCode.NO_RESPONSE
