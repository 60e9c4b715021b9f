"""The thin HTTP layer: a socket, a dispatcher, faults, and a timer that lets time pass without requests."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import unquote

from aiohttp import web

from sequence_async.sandbox import faults, spoiling
from sequence_async.sandbox.asking import Asker
from sequence_async.sandbox.calls import NOWHERE, Answer, Call
from sequence_async.sandbox.journal import RecordedRequest
from sequence_async.sandbox.refusals import Reason, Refusal
from sequence_async.sandbox.threads import SharedDeque

if TYPE_CHECKING:
    from collections.abc import Callable

    from sequence_async.sandbox.faults import Fault, FaultPlan
    from sequence_async.sandbox.surfaces.surface import Surface
    from sequence_async.sandbox.world import World

T = TypeVar("T")

log = logging.getLogger("sequence_async.sandbox")

HOST: Final = "127.0.0.1"
CONTROL: Final = "_sandbox"
# A stopped sandbox is a killed server: what it was about to answer is lost.
_PATIENCE_SECONDS: Final = 0.05
_KEPT_REQUESTS: Final = 10_000
_LOOK_SECONDS: Final = 0.01


class Server:
    """Speaks HTTP for a world."""

    def __init__(self, world: World, surfaces: dict[tuple[str, ...], Surface], plan: FaultPlan, *, port: int) -> None:
        self.world = world
        self.plan = plan
        self.latency = 0.0
        self.requests: SharedDeque[RecordedRequest] = SharedDeque(maxlen=_KEPT_REQUESTS)
        self.errors: list[Exception] = []
        self.port: int = port
        self.asker = Asker(
            world.executions, timeout=world.settings.amount_seconds, when_done=self.wake, note=self._note
        )
        self._surfaces = surfaces
        self.control: Callable[[str, list[str], bytes], Answer] = _no_control
        """What answers under ``/_sandbox``."""
        self._handlers: set[asyncio.Task[object]] = set()
        self._web: web.Server | None = None
        self._listener: asyncio.Server | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        """The event loop that serves, while it does."""
        self.started = False
        """Whether it has ever listened, so that its port is known."""
        self._timer: asyncio.TimerHandle | None = None
        self._armed_ms: int | None = None

    # Lifecycle

    async def start(self) -> None:
        """Listen, on the port of the last time if there was one."""
        loop = self.loop = asyncio.get_running_loop()
        self._web = web.Server(self._handle, access_log=None)
        self._listener = await loop.create_server(self._web, HOST, self.port, backlog=1024)
        self.port = self._listener.sockets[0].getsockname()[1]
        self.started = True
        self.wake()

    async def stop(self) -> None:
        """Stop listening and close every connection; the state stays as it is."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._armed_ms = None
        await self.asker.stop()
        listener, server = self._listener, self._web
        self._listener = self._web = self.loop = None
        if listener is not None:
            listener.close()
        # aiohttp forgets a handler whose caller has left, and would let it sleep out its delay.
        for handler in self._handlers:
            handler.cancel()
        if server is not None:
            await server.shutdown(_PATIENCE_SECONDS)
        if listener is not None:
            await listener.wait_closed()

    @property
    def running(self) -> bool:
        """Whether it listens."""
        return self._listener is not None

    # Time

    def wake(self) -> None:
        """See to it that what falls due next happens, requests or not, and that rules get their questions answered."""
        loop = self.loop
        if self._listener is None or loop is None or loop.is_closed():
            return
        if loop is not _running_loop():
            # Somebody else's thread, or another loop of this one, has pulled a lever.
            loop.call_soon_threadsafe(self.wake)
            return
        self._arm(loop)

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        if self.world.executions.questions:
            self.asker.wake()
        due_ms = None if self.world.clock.frozen else self.world.agenda.next_due_ms()
        if due_ms == self._armed_ms:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._armed_ms = None, due_ms
        if due_ms is not None:
            wait = max(0.0, (due_ms - self.world.clock.now_ms()) / 1000)
            # A timer that is off by a day is only early: it finds nothing due, and is set again.
            self._timer = loop.call_later(min(wait, 86_400.0) + 0.001, self._ring)

    def _ring(self) -> None:
        self._armed_ms = None
        try:
            self.world.catch_up()
        except Exception as error:  # noqa: BLE001 - shown to whoever runs the sandbox
            self._note(error)
        self.wake()

    def _note(self, error: Exception) -> None:
        log.error("the sandbox failed", exc_info=error)
        self.errors.append(error)

    # Requests

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        handler = asyncio.current_task()
        assert handler is not None  # noqa: S101 - aiohttp runs each handler in a task
        self._handlers.add(handler)
        try:
            return await self._respond(request)
        except ConnectionError:
            # The caller left; what has taken effect has taken effect.
            return spoiling.Gone()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413, text="Payload Too Large")
        except Exception as error:  # noqa: BLE001 - becomes a 500, and is shown to whoever runs the sandbox
            self._note(error)
            headers = {"X-Request-ID": f"req_failed_{len(self.errors)}"}
            return web.Response(status=500, text="Internal Server Error", headers=headers)
        finally:
            self._handlers.discard(handler)

    async def _respond(self, request: web.BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        if not path.isascii():
            path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        body = await request.read() if request.body_exists else b""
        parts = path.lstrip("/").split("/")
        if parts[0] == CONTROL:
            return self._control(request.method, parts[1:], body)
        self.world.catch_up()
        record = RecordedRequest(self.world.now_ms, request.method, path, query, body, raw_headers=request.headers)
        self.requests.append(record)
        surface, parts = self._surface(parts)
        found = surface.routes.find(request.method, parts)
        if found is None:
            missing = surface.nowhere(request.method)
            record.status = missing.status
            return spoiling.plain(missing, missing.headers or {})
        call = Call(request.method, path, found[1], query, request.headers, body, found[0])
        self._name(call, surface)
        record.surface, record.operation, record.call = surface.name, call.operation.id, call
        record.fault = self.plan.pick(surface.name, call.operation.id, call.method, path) if self.plan else None
        if record.fault is None and not self.latency:
            with self.world.lock:
                answer = self._answer(surface, call)
                surface.finish(call, answer)
            response: web.StreamResponse = spoiling.plain(answer, self._headers(surface, call, answer))
            record.status, record.code = answer.status, answer.code
        else:
            response = await self._go_wrong(request, surface, call, record)
        if self._listener is not None and self.loop is not None:
            self._arm(self.loop)
        return response

    def _control(self, method: str, parts: list[str], body: bytes) -> web.Response:
        with self.world.lock:
            self.world.catch_up()
            answer = self.control(method, [unquote(part) for part in parts], body)
        self.wake()
        return spoiling.plain(answer, {})

    @staticmethod
    def _name(call: Call, surface: Surface) -> None:
        given = None if surface.request_id_header is None else call.headers.get(surface.request_id_header)
        call.request_id = given if given and given.isascii() and given.isprintable() else surface.new_request_id()
        call.name = surface.native
        call.idempotency_key = call.headers.get(surface.idempotency_header)

    def _surface(self, parts: list[str]) -> tuple[Surface, list[str]]:
        for length in (2, 1):
            surface = self._surfaces.get(tuple(parts[:length]))
            if surface is not None and len(parts) > length:
                return surface, parts[length:]
        return self._surfaces[()], parts

    def _answer(self, surface: Surface, call: Call) -> Answer:
        return self._step(surface, call, lambda call: surface.begin(call) or surface.perform(call))

    def _step(self, surface: Surface, call: Call, step: Callable[[Call], T]) -> T | Answer:
        try:
            with self.world.lock:
                return step(call)
        except Refusal as refusal:
            return surface.refuse(call, refusal)
        except Exception as error:  # noqa: BLE001 - becomes a 500, and is shown to whoever runs the sandbox
            self._note(error)
            return surface.refuse(call, Refusal(Reason.UNEXPECTED))

    async def _go_wrong(
        self, request: web.BaseRequest, surface: Surface, call: Call, record: RecordedRequest
    ) -> web.StreamResponse:
        """Answer a call that is late, or that a fault hits."""
        fault, answer = record.fault, None
        try:
            if fault is None or fault.after_effect or isinstance(fault, faults.Delay | faults.Stall):
                answer = await self._answer_late(request, surface, call, fault)
            if self.latency:
                await asyncio.sleep(self.latency)
        finally:
            with self.world.lock:
                surface.finish(call, answer)
        if fault is not None:
            answer = self._in_envelope(surface, call, fault) or answer
        if answer is None:
            answer = Answer(500, b"")
            if isinstance(fault, faults.Stall):
                return spoiling.Gone()
        record.code = answer.code
        headers = self._headers(surface, call, answer)
        if fault is None:
            record.status = answer.status
            return spoiling.plain(answer, headers)
        response = await spoiling.spoil(request, fault, answer, headers)
        record.status = None if isinstance(response, spoiling.Gone) else response.status
        return response

    async def _answer_late(
        self, request: web.BaseRequest, surface: Surface, call: Call, fault: Fault | None
    ) -> Answer | None:
        if not isinstance(fault, faults.Delay | faults.Stall):
            return self._answer(surface, call)
        if fault.after_effect:
            answer = self._answer(surface, call)
            await _wait(request, fault)
            return answer
        early = self._step(surface, call, surface.begin)
        await _wait(request, fault)
        if isinstance(fault, faults.Stall):
            return None
        self.world.catch_up()
        return early or self._step(surface, call, surface.perform)

    @staticmethod
    def _in_envelope(surface: Surface, call: Call, fault: Fault) -> Answer | None:
        match fault:
            case faults.RateLimited():
                answer = surface.refuse(call, Refusal(Reason.RATE_LIMITED))
                if fault.retry_after is not None:
                    answer.headers = {"Retry-After": str(fault.retry_after)}
            case faults.InProgress():
                answer = surface.refuse(call, Refusal(call.operation.running or Reason.TRANSFER_IN_PROGRESS))
            case faults.Status() if fault.body is None:
                answer = surface.refuse_with(call, fault.status, fault.code, fault.message)
                answer.headers = dict(fault.headers)
            case _:
                return None
        return answer

    @staticmethod
    def _headers(surface: Surface, call: Call, answer: Answer | None) -> dict[str, str]:
        headers = {} if surface.request_id_header is None else {surface.request_id_header: call.request_id}
        if answer is not None and answer.headers:
            headers |= answer.headers
        return headers


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _no_control(method: str, parts: list[str], body: bytes) -> Answer:
    del method, parts, body
    return NOWHERE


async def _wait(request: web.BaseRequest, fault: faults.Delay | faults.Stall) -> None:
    if isinstance(fault, faults.Delay):
        await asyncio.sleep(fault.seconds)
        return
    # aiohttp tells a handler that the caller has left by taking the transport away.
    while (transport := request.transport) is not None and not transport.is_closing():  # noqa: ASYNC110 - no event
        await asyncio.sleep(_LOOK_SECONDS)
