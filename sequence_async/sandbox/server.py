"""The thin HTTP layer: a socket, a dispatcher, faults, and a timer that lets time pass without requests."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Final

from aiohttp import web

from sequence_async.sandbox import faults, spoiling
from sequence_async.sandbox.calls import TEXT, Answer, Call
from sequence_async.sandbox.journal import RecordedRequest
from sequence_async.sandbox.refusals import Reason, Refusal

if TYPE_CHECKING:
    from sequence_async.sandbox.faults import Fault, FaultPlan
    from sequence_async.sandbox.surfaces.keyed import KeyedSurface
    from sequence_async.sandbox.world import World

log = logging.getLogger("sequence_async.sandbox")

HOST: Final = "127.0.0.1"
# A stopped sandbox is a killed server: what it was about to answer is lost.
_PATIENCE_SECONDS: Final = 0.05
_KEPT_REQUESTS: Final = 10_000


class Server:
    """Speaks HTTP for a world."""

    def __init__(self, world: World, surfaces: dict[tuple[str, ...], KeyedSurface], plan: FaultPlan) -> None:
        self.world = world
        self.plan = plan
        self.latency = 0.0
        self.requests: deque[RecordedRequest] = deque(maxlen=_KEPT_REQUESTS)
        self.errors: list[Exception] = []
        self.port = 0
        self._surfaces = surfaces
        self._web: web.Server | None = None
        self._listener: asyncio.Server | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._armed_ms: int | None = None

    # Lifecycle

    async def start(self) -> None:
        """Listen, on the port of the last time if there was one."""
        loop = asyncio.get_running_loop()
        self._web = web.Server(self._handle, access_log=None)
        self._listener = await loop.create_server(self._web, HOST, self.port, backlog=1024)
        self.port = self._listener.sockets[0].getsockname()[1]
        self.wake()

    async def stop(self) -> None:
        """Stop listening and close every connection; the state stays as it is."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._armed_ms = None
        listener, server = self._listener, self._web
        self._listener = self._web = None
        if listener is not None:
            listener.close()
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
        """See to it that what falls due next happens, requests or not."""
        due_ms = None if self.world.clock.frozen else self.world.agenda.next_due_ms()
        if due_ms == self._armed_ms or self._listener is None:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._armed_ms = None, due_ms
        if due_ms is not None:
            wait = max(0.0, (due_ms - self.world.clock.now_ms()) / 1000)
            # A timer that is off by a day is only early: it finds nothing due, and is set again.
            self._timer = asyncio.get_running_loop().call_later(min(wait, 86_400.0) + 0.001, self._ring)

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
        path, _, query = request.raw_path.partition("?")
        if not path.isascii():
            path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        parts = path.strip("/").split("/") if not path.endswith("/") else [*path.strip("/").split("/"), ""]
        try:
            body = await request.read() if request.body_exists else b""
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413, text="Payload Too Large")
        surface, parts = self._surface(parts)
        found = None if surface is None else surface.routes.find(request.method, parts)
        if surface is None or found is None:
            return self._nowhere(request, surface, path, query, body)
        operation, ids = found
        headers = request.headers
        call = Call(request.method, path, ids, query, headers, body, operation)
        given = None if surface.request_id_header is None else headers.get(surface.request_id_header)
        call.request_id = given if given and given.isascii() and given.isprintable() else surface.new_request_id()
        call.idempotency_key = headers.get(surface.idempotency_header)
        fault = self.plan.pick(surface.name, operation.id, request.method, path) if self.plan else None
        if fault is None and not self.latency:
            answer = self._answer(surface, call)
            surface.finish(call, answer)
            response: web.StreamResponse = spoiling.plain(answer, self._headers(surface, call, answer))
            status: int | None = answer.status
        else:
            response, answer, status = await self._go_wrong(request, surface, call, fault)
        self._record(call, surface.name, fault, answer, status, request)
        self.wake()
        return response

    def _surface(self, parts: list[str]) -> tuple[KeyedSurface | None, list[str]]:
        for length in (2, 1, 0):
            surface = self._surfaces.get(tuple(parts[:length]))
            if surface is not None and len(parts) > length:
                return surface, parts[length:]
        return None, parts

    def _answer(self, surface: KeyedSurface, call: Call) -> Answer:
        try:
            self.world.catch_up()
            return surface.begin(call) or surface.perform(call)
        except Refusal as refusal:
            return surface.refuse(call, refusal)
        except Exception as error:  # noqa: BLE001 - becomes a 500, and is shown to whoever runs the sandbox
            self._note(error)
            return surface.refuse(call, Refusal(Reason.UNEXPECTED))

    async def _go_wrong(
        self, request: web.BaseRequest, surface: KeyedSurface, call: Call, fault: Fault | None
    ) -> tuple[web.StreamResponse, Answer | None, int | None]:
        """Answer a call that is late, or that a fault hits."""
        answer: Answer | None = None
        try:
            if fault is None or fault.after_effect or isinstance(fault, faults.Delay | faults.Stall):
                answer = await self._late(surface, call, fault)
            spoiled = self._in_envelope(surface, call, fault)
            if spoiled is not None:
                return spoiling.plain(spoiled, self._headers(surface, call, spoiled)), answer, spoiled.status
            if self.latency:
                await asyncio.sleep(self.latency)
        finally:
            surface.finish(call, answer)
        headers = self._headers(surface, call, answer)
        response = None if fault is None else await spoiling.spoil(request, fault, answer, headers)
        if response is not None:
            return response, answer, None if isinstance(fault, faults.Drop) else response.status
        if answer is None:
            raise AssertionError(f"{fault} has no answer")
        return spoiling.plain(answer, headers), answer, answer.status

    async def _late(self, surface: KeyedSurface, call: Call, fault: Fault | None) -> Answer:
        slow = isinstance(fault, faults.Delay | faults.Stall)
        if not slow or fault is None or fault.after_effect:
            answer = self._answer(surface, call)
        else:
            answer = await self._before(surface, call, fault)
        if slow and fault is not None and fault.after_effect:
            await _wait(fault)
        return answer

    async def _before(self, surface: KeyedSurface, call: Call, fault: Fault) -> Answer:
        try:
            self.world.catch_up()
            early = surface.begin(call)
        except Refusal as refusal:
            return surface.refuse(call, refusal)
        await _wait(fault)
        if early is not None:
            return early
        try:
            self.world.catch_up()
            return surface.perform(call)
        except Refusal as refusal:
            return surface.refuse(call, refusal)
        except Exception as error:  # noqa: BLE001 - becomes a 500, and is shown to whoever runs the sandbox
            self._note(error)
            return surface.refuse(call, Refusal(Reason.UNEXPECTED))

    @staticmethod
    def _in_envelope(surface: KeyedSurface, call: Call, fault: Fault | None) -> Answer | None:
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
    def _headers(surface: KeyedSurface, call: Call, answer: Answer | None) -> dict[str, str]:
        headers = {} if surface.request_id_header is None else {surface.request_id_header: call.request_id}
        if answer is not None and answer.headers:
            headers |= answer.headers
        return headers

    def _nowhere(
        self, request: web.BaseRequest, surface: KeyedSurface | None, path: str, query: str, body: bytes
    ) -> web.Response:
        name = "" if surface is None else surface.name
        record = RecordedRequest(
            at_ms=self.world.clock.now_ms(),
            surface=name,
            method=request.method,
            path=path,
            query=query,
            operation=None,
            body=body,
            request_id="",
            idempotency_key=None,
            status=404,
            fault=None,
            replayed=False,
            code=None,
            key=None,
            action=None,
            raw_headers=request.headers,
        )
        self.requests.append(record)
        return web.Response(status=404, body=b"Not Found", headers={"Content-Type": TEXT})

    def _record(
        self,
        call: Call,
        surface: str,
        fault: Fault | None,
        answer: Answer | None,
        status: int | None,
        request: web.BaseRequest,
    ) -> None:
        self.requests.append(
            RecordedRequest(
                self.world.now_ms,
                surface,
                call.method,
                call.path,
                call.query_string,
                call.operation.id,
                call.body,
                call.request_id,
                call.idempotency_key,
                status,
                fault,
                call.replayed,
                None if answer is None else answer.code,
                call.key,
                call.operation.action,
                request.headers,
            )
        )


async def _wait(fault: Fault) -> None:
    if isinstance(fault, faults.Delay):
        await asyncio.sleep(fault.seconds)
    else:
        await asyncio.Event().wait()
