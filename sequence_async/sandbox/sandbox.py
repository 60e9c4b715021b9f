"""The sandbox as tests and people use it."""

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

    ``with`` serves from a thread. Either way, every method may be called from any thread.

    The same ``seed`` gives the same ids, names and history. Dates lie relative to the day it starts on; give ``start``
    to fix them too. Amounts are cents, times are seconds of :attr:`clock`, which follows real time unless ``frozen``.

    ``accounts`` is how many there are (a dozen), and ``history`` how many old transfers; ``scenario`` is a YAML file
    that says it all. With ``drift``, balances move by themselves. ``latency`` is real seconds for every answer.
    ``rate_limit`` is so many calls in so many seconds for a key on api/v1, where nothing is documented;
    ``platform_rate_limit`` is the documented 100 a minute, and ``None`` lifts it. The other arguments are those of
    :class:`Settings`. Raises ``ValueError`` for arguments that make no sense, and :class:`ScenarioError`.

    An unexpected exception inside becomes a 500 for the caller, stands in :attr:`errors`, and is raised again on
    leaving.
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
            raise ValueError("start is a time with an offset, such as datetime(2026, 1, 31, 9, tzinfo=UTC)")
        if (accounts or 0) < 0 or history < 0 or latency < 0 or not 0 <= port <= _LARGEST_PORT:
            raise ValueError("accounts, history and latency are not negative, and port is from 0 to 65535")
        if scenario is not None and accounts is not None:
            raise ScenarioError(
                str(scenario), None, "says which accounts there are; a number of them cannot be given too"
            )
        began = start or datetime.now(UTC)
        today = began.replace(hour=0, minute=0, second=0, microsecond=0)
        # Without a start, history hangs on midnight: it is the same however late on a day a sandbox is made.
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
        """The secrets of the keys that the scenario makes, in its order."""
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
        server.control = ControlApi(self, self.details).answer
        self._thread: LoopThread | None = None
        if drift:
            BalanceDrift(world)

    # Lifecycle

    async def start(self) -> Self:
        """Listen; after a stop, on the same port and with the same state."""
        if self._thread is None:
            await self._start()
        else:
            await asyncio.wrap_future(self._thread.submit(self._start()))
        return self

    async def _start(self) -> None:
        if not self._server.running:
            await self._server.start()

    async def stop(self) -> None:
        """Stop listening and cut all connections, as a killed server would; the state stays."""
        await self._in_server_loop(self._server.stop)

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()
        self._raise_failures(error)

    def __enter__(self) -> Self:
        """Serve from a thread, for synchronous code, until the ``with`` block ends."""
        if self._server.running:
            raise RuntimeError("this sandbox is running already")
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
            raise ExceptionGroup("the sandbox failed while it answered", list(self.errors))

    # Where it is, and how to get in

    @property
    def url(self) -> str:
        """The address of the server, without a path."""
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
        """The port it listens on. Raises ``RuntimeError`` before the start, as the URLs do."""
        if not self._server.started:
            raise RuntimeError(
                "this sandbox has no address before it starts: use `with Sandbox() as sandbox`, or `async with`"
            )
        return self._server.port

    @property
    def api_key(self) -> str:
        """A key with every scope for everything, for both REST APIs."""
        return self._default_key.secret

    @property
    def access_token(self) -> str:
        """The access token of the Remote API."""
        return self._access_token

    @up_to_date
    def rule_secret(self, rule_id: str) -> str:
        """Return the secret that triggers a rule, given by ID or name, through the Remote API.

        Raises ``KeyError`` if there is no such rule, or the Remote API cannot trigger it.
        """
        rule = self.world.rule(rule_id)
        if rule.secret is None:
            raise KeyError(f"the Remote API cannot trigger the rule {rule.name!r}, so it has no secret")
        return rule.secret

    @property
    @up_to_date
    def rule_secrets(self) -> Mapping[str, str]:
        """The secrets of all rules that the Remote API can trigger, by rule id."""
        return {str(rule.id): rule.secret for rule in self.world.rules.values() if rule.secret is not None}

    @up_to_date
    def details(self) -> dict[str, Any]:
        """Give all addresses and credentials, as JSON."""
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
        """Say in a few lines where the sandbox is, how to get in, and what to try first."""
        rules = [f"  {secret}  {rule_id}  {self.rules[rule_id].name}" for rule_id, secret in self.rule_secrets.items()]
        return "\n".join(
            [
                f"A Sequence on {self.url}, with seed {self.seed!r}; no money is real.",
                "",
                f"  api/v1        {self.v1_url}",
                f"  platform/v1   {self.platform_url}",
                f"  Remote API    {self.remote_url}",
                f"  control       {self.url}/_sandbox",
                "",
                f"  API key       {self.api_key}",
                f"  access token  {self.access_token}",
                *(f"  scenario key  {secret}" for secret in self.scenario_keys),
                *(["", "Rules that the Remote API can trigger (secret, id, name):", *rules] if rules else []),
                "",
                f'curl {self.v1_url}/accounts -H "Authorization: ApiKey {self.api_key}"',
            ]
        )
