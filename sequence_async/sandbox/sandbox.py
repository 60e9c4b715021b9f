"""The public entry point of the sandbox."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self, Unpack

from sequence_async.sandbox.apis.platform import Platform
from sequence_async.sandbox.apis.remote import Remote
from sequence_async.sandbox.apis.v1 import V1
from sequence_async.sandbox.balance_drift import BalanceDrift
from sequence_async.sandbox.clock import milliseconds
from sequence_async.sandbox.control_api import ControlApi
from sequence_async.sandbox.controls import Controls
from sequence_async.sandbox.default_organization import DefaultOrganization
from sequence_async.sandbox.faults import FaultPlan
from sequence_async.sandbox.scenario import Scenario, ScenarioError
from sequence_async.sandbox.server import HOST, Server
from sequence_async.sandbox.state import SettingOptions, Settings
from sequence_async.sandbox.threads import LoopThread, up_to_date
from sequence_async.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from types import TracebackType

    from sequence_async.sandbox.apis.sandbox_api import SandboxApi

PLATFORM_LIMIT: Final = (100, 60.0)
_LARGEST_PORT: Final = 65_535


class Sandbox(Controls):
    """A Sequence server on a free loopback port: ``async with Sandbox()``, or ``with Sandbox()`` in synchronous code.

    ``with`` serves from a background thread. All methods are safe to call from any thread.

    The same ``seed`` creates the same IDs, names and history. Dates are relative to the day of the start. Pass
    ``start`` to fix them as well. Amounts are in cents. Times are in seconds of :attr:`clock`, which follows real time
    unless ``frozen``.

    Args:
        seed: The seed of all generated data.
        scenario: The path of a YAML file that defines the organization.
        accounts: The number of accounts; 13 by default. Not allowed together with ``scenario``.
        history: The number of past transfers.
        port: The port to listen on; 0 selects a free one.
        frozen: Whether time stands still until ``clock.advance()`` is called.
        start: The initial time, with a UTC offset. The default is now.
        drift: Whether balances keep changing on their own.
        latency: Seconds of real time that each response takes.
        rate_limit: The limit of each key on api/v1, as (requests, seconds). Unlimited by default, because api/v1
            documents no limit.
        platform_rate_limit: The same for platform/v1. The default is the documented 100 requests per 60 seconds;
            ``None`` removes the limit.
        settings: The attributes of :class:`Settings`.

    Raises:
        ValueError: An argument is invalid.
        ScenarioError: The scenario file is invalid, or ``accounts`` is passed with it.

    If the sandbox itself fails, the caller gets a 500. The exception is stored in :attr:`errors` and raised when the
    ``with`` block ends.
    """

    def __init__(
        self,
        seed: int | str | None = None,
        *,
        scenario: str | PathLike[str] | None = None,
        accounts: int | None = None,
        history: int = 40,
        port: int = 0,
        frozen: bool = False,
        start: datetime | None = None,
        drift: bool = False,
        latency: float = 0.0,
        rate_limit: tuple[int, float] | None = None,
        platform_rate_limit: tuple[int, float] | None = PLATFORM_LIMIT,
        **settings: Unpack[SettingOptions],
    ) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("start must have a UTC offset, such as datetime(2026, 1, 31, 9, tzinfo=UTC)")
        if (accounts or 0) < 0 or history < 0 or latency < 0 or not 0 <= port <= _LARGEST_PORT:
            raise ValueError("accounts, history and latency must not be negative, and port must be from 0 to 65535")
        if scenario is not None and accounts is not None:
            raise ScenarioError(
                str(scenario), None, "accounts must not be passed with a scenario, which defines its own accounts"
            )
        began = start or datetime.now(UTC)
        today = began.replace(hour=0, minute=0, second=0, microsecond=0)
        # Without a start, history is relative to midnight, so that it is the same at any hour of a day.
        anchor = began if start is not None else today
        script = None if scenario is None else Scenario(scenario)
        if seed is None:
            seed = 0 if script is None or script.seed is None else script.seed
        self.seed = seed
        limits = {"v1": rate_limit, "platform": platform_rate_limit}
        world = World(seed=seed, start=anchor if frozen else began, frozen=frozen, settings=Settings(**settings))
        with world.at_time(milliseconds(anchor)):
            if script is None:
                DefaultOrganization(world, accounts=accounts).fill(history=history)
            else:
                script.fill(world, limits)
        for rule in world.rules.values():
            world.executions.schedule(rule)
        self.scenario_keys: list[str] = [] if script is None else script.keys
        """The secrets of the API keys in the scenario, in file order."""
        self._default_key = world.add_key(limits=limits)
        self._access_token = world.secret("at_")
        remote = Remote(world, self._access_token)
        apis: dict[tuple[str, ...], SandboxApi] = {
            ("api", "v1"): V1(world),
            ("platform", "v1"): Platform(world),
            ("remote-api",): remote,
            (): remote,
        }
        server = Server(world, apis, FaultPlan(world.random("faults")), port=port)
        super().__init__(world, server, apis=tuple(dict.fromkeys(apis.values())), limits=limits)
        server.latency = latency
        server.control = ControlApi(self, self.details).respond
        self._thread: LoopThread | None = None
        if drift:
            BalanceDrift(world)

    # Lifecycle

    async def start(self) -> Self:
        """Start listening. After a stop, use the same port and keep the state."""
        if self._thread is None:
            await self._start()
        else:
            await asyncio.wrap_future(self._thread.submit(self._start()))
        return self

    async def _start(self) -> None:
        if not self._server.running:
            await self._server.start()

    async def stop(self) -> None:
        """Stop listening and drop all connections, like a killed server. The state is kept."""
        await self._in_server_loop(self._server.stop)

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()
        self._raise_failures(error)

    def __enter__(self) -> Self:
        """Serve from a background thread until the ``with`` block ends."""
        if self._server.running:
            raise RuntimeError("the sandbox is already running")
        thread = LoopThread("sequence-async sandbox")
        try:
            thread.submit(self._start()).result()
        except BaseException:
            thread.close()
            raise
        self._thread = thread
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.submit(self._server.stop()).result()
            thread.close()
        self._raise_failures(error)

    def _raise_failures(self, error: BaseException | None) -> None:
        if error is None and self.errors:
            raise ExceptionGroup("the sandbox failed while handling requests", list(self.errors))

    # URLs and credentials

    @property
    def url(self) -> str:
        """The server's URL, without a path."""
        return f"http://{HOST}:{self.port}"

    @property
    def v1_url(self) -> str:
        """The base URL for ``SequenceClient``."""
        return f"{self.url}/api/v1"

    @property
    def platform_url(self) -> str:
        """The base URL for ``PlatformClient``."""
        return f"{self.url}/platform/v1"

    @property
    def remote_url(self) -> str:
        """The base URL for ``RemoteClient``."""
        return self.url

    @property
    def port(self) -> int:
        """The port that the sandbox listens on. Like the URLs, raises ``RuntimeError`` before the start."""
        if not self._server.started:
            raise RuntimeError(
                "the sandbox has no port before it starts. Use `with Sandbox() as sandbox` or `async with Sandbox()`."
            )
        return self._server.port

    @property
    def api_key(self) -> str:
        """An API key with every scope for all resources, valid on api/v1 and platform/v1."""
        return self._default_key.secret

    @property
    def access_token(self) -> str:
        """The access token of the Remote API."""
        return self._access_token

    @up_to_date
    def rule_secret(self, rule_id: str) -> str:
        """Return the secret that triggers a rule through the Remote API. ``rule_id`` is an ID or a name.

        Raises ``KeyError`` if the rule does not exist or the Remote API cannot trigger it.
        """
        rule = self.world.rule(rule_id)
        if rule.secret is None:
            raise KeyError(f"the Remote API cannot trigger the rule {rule.name!r}, so it has no secret")
        return rule.secret

    @property
    @up_to_date
    def rule_secrets(self) -> Mapping[str, str]:
        """The secrets of all rules that the Remote API can trigger, by rule ID."""
        return {str(rule.id): rule.secret for rule in self.world.rules.values() if rule.secret is not None}

    @up_to_date
    def details(self) -> dict[str, Any]:
        """Return all URLs and credentials as a JSON object."""
        return {
            "url": self.url,
            "v1_url": self.v1_url,
            "platform_url": self.platform_url,
            "remote_url": self.remote_url,
            "control_url": f"{self.url}/_sandbox",
            "api_key": self.api_key,
            "access_token": self.access_token,
            "rule_secrets": dict(self.rule_secrets),
            "scenario_keys": self.scenario_keys,
            "seed": self.seed,
            "now": self.clock.now(),
        }

    @up_to_date
    def describe(self) -> str:
        """Return a text with the URLs, the credentials and a first command to try."""
        rules = [f"  {secret}  {rule_id}  {self.rules[rule_id].name}" for rule_id, secret in self.rule_secrets.items()]
        return "\n".join(
            [
                f"Sandbox running at {self.url} (seed {self.seed!r}). No real money moves.",
                "",
                f"  api/v1        {self.v1_url}",
                f"  platform/v1   {self.platform_url}",
                f"  Remote API    {self.remote_url}",
                f"  control       {self.url}/_sandbox",
                "",
                f"  API key       {self.api_key}",
                f"  access token  {self.access_token}",
                *(f"  scenario key  {secret}" for secret in self.scenario_keys),
                *(["", "Rules that the Remote API can trigger (secret, ID, name):", *rules] if rules else []),
                "",
                f'curl {self.v1_url}/accounts -H "Authorization: ApiKey {self.api_key}"',
            ]
        )
