"""The HTTP layer: a socket, a dispatcher, faults, and a timer that processes due events between requests."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import unquote

from aiohttp import web

from sequence_async.sandbox import fault_responses, faults
from sequence_async.sandbox.amount_queries import AmountQueryClient
from sequence_async.sandbox.errors import ApiError, ErrorReason
from sequence_async.sandbox.request_log import RecordedRequest
from sequence_async.sandbox.routing import NOT_FOUND, ApiCall, ApiResponse
from sequence_async.sandbox.threads import SharedDeque

if TYPE_CHECKING:
    from collections.abc import Callable

    from sequence_async.sandbox.apis.sandbox_api import SandboxApi
    from sequence_async.sandbox.faults import Fault, FaultPlan
    from sequence_async.sandbox.world import World

T = TypeVar("T")

log = logging.getLogger("sequence_async.sandbox")

HOST: Final = "127.0.0.1"
CONTROL: Final = "_sandbox"
# A stopped sandbox behaves like a killed server: pending responses are lost.
_SHUTDOWN_SECONDS: Final = 0.05
_KEPT_REQUESTS: Final = 10_000
_POLL_SECONDS: Final = 0.01


class Server:
    """The HTTP server of a world."""

    def __init__(
        self, world: World, apis: dict[tuple[str, ...], SandboxApi], fault_plan: FaultPlan, *, port: int
    ) -> None:
        self.world = world
        self.fault_plan = fault_plan
        self.latency = 0.0
        self.requests: SharedDeque[RecordedRequest] = SharedDeque(maxlen=_KEPT_REQUESTS)
        self.errors: list[Exception] = []
        self.port: int = port
        self.amount_client = AmountQueryClient(
            world.executions,
            timeout=world.settings.amount_seconds,
            when_done=self.wake,
            record_error=self._record_error,
        )
        self._apis = apis
        self.control: Callable[[str, list[str], bytes], ApiResponse] = _no_control
        """The handler of all paths under ``/_sandbox``."""
        self._handlers: set[asyncio.Task[object]] = set()
        self._web: web.Server | None = None
        self._listener: asyncio.Server | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        """The event loop that serves; ``None`` when stopped."""
        self.started = False
        """Whether the server has ever listened, so that its port is known."""
        self._timer: asyncio.TimerHandle | None = None
        self._timer_due_ms: int | None = None

    # Lifecycle

    async def start(self) -> None:
        """Start listening. After a stop, use the same port."""
        loop = self.loop = asyncio.get_running_loop()
        self._web = web.Server(self._handle, access_log=None)
        self._listener = await loop.create_server(self._web, HOST, self.port, backlog=1024)
        self.port = self._listener.sockets[0].getsockname()[1]
        self.started = True
        self.wake()

    async def stop(self) -> None:
        """Stop listening and close all connections. The state is kept."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._timer_due_ms = None
        await self.amount_client.stop()
        listener, server = self._listener, self._web
        self._listener = self._web = self.loop = None
        if listener is not None:
            listener.close()
        # aiohttp does not track a handler whose client disconnected. Without this, its delay would run to the end.
        for handler in self._handlers:
            handler.cancel()
        if server is not None:
            await server.shutdown(_SHUTDOWN_SECONDS)
        if listener is not None:
            await listener.wait_closed()

    @property
    def running(self) -> bool:
        """Whether the server is listening."""
        return self._listener is not None

    # Time

    def wake(self) -> None:
        """Schedule the next due event and send pending amount requests. Safe to call from any thread."""
        loop = self.loop
        if self._listener is None or loop is None or loop.is_closed():
            return
        if loop is not _running_loop():
            # A test control was called from another thread, or from another event loop in this thread.
            loop.call_soon_threadsafe(self.wake)
            return
        self._schedule_timer(loop)

    def _schedule_timer(self, loop: asyncio.AbstractEventLoop) -> None:
        if self.world.executions.pending_queries:
            self.amount_client.wake()
        due_ms = None if self.world.clock.frozen else self.world.scheduler.next_due_ms()
        if due_ms == self._timer_due_ms:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._timer_due_ms = None, due_ms
        if due_ms is not None:
            wait = max(0.0, (due_ms - self.world.clock.now_ms()) / 1000)
            # A timer that fires early is harmless: nothing is due, and it is scheduled again.
            self._timer = loop.call_later(min(wait, 86_400.0) + 0.001, self._on_timer)

    def _on_timer(self) -> None:
        self._timer_due_ms = None
        try:
            self.world.catch_up()
        except Exception as error:  # noqa: BLE001 - reported in Sandbox.errors
            self._record_error(error)
        self.wake()

    def _record_error(self, error: Exception) -> None:
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
            # The client disconnected. The effects of its request remain.
            return fault_responses.AlreadyClosed()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413, text="Payload Too Large")
        except Exception as error:  # noqa: BLE001 - becomes a 500 and is reported in Sandbox.errors
            self._record_error(error)
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
        api, parts = self._api(parts)
        found = api.router.find(request.method, parts)
        if found is None:
            missing = api.not_found_response(request.method)
            record.status = missing.status
            return fault_responses.unmodified(missing, missing.headers or {})
        call = ApiCall(request.method, path, found[1], query, request.headers, body, found[0])
        self._set_ids(call, api)
        record.api, record.operation, record.call = api.name, call.route.id, call
        record.fault = self.fault_plan.pick(api.name, call.route.id, call.method, path) if self.fault_plan else None
        if record.fault is None and not self.latency:
            with self.world.lock:
                api_response = self._execute(api, call)
                api.finish(call, api_response)
            response: web.StreamResponse = fault_responses.unmodified(
                api_response, self._headers(api, call, api_response)
            )
            record.status, record.code = api_response.status, api_response.code
        else:
            response = await self._respond_with_fault(request, api, call, record)
        if self._listener is not None and self.loop is not None:
            self._schedule_timer(self.loop)
        return response

    def _control(self, method: str, parts: list[str], body: bytes) -> web.Response:
        with self.world.lock:
            self.world.catch_up()
            api_response = self.control(method, [unquote(part) for part in parts], body)
        self.wake()
        return fault_responses.unmodified(api_response, {})

    @staticmethod
    def _set_ids(call: ApiCall, api: SandboxApi) -> None:
        sent_id = None if api.request_id_header is None else call.headers.get(api.request_id_header)
        call.request_id = sent_id if sent_id and sent_id.isascii() and sent_id.isprintable() else api.new_request_id()
        call.format_id = api.format_id
        call.idempotency_key = call.headers.get(api.idempotency_header)

    def _api(self, parts: list[str]) -> tuple[SandboxApi, list[str]]:
        for length in (2, 1):
            api = self._apis.get(tuple(parts[:length]))
            if api is not None and len(parts) > length:
                return api, parts[length:]
        return self._apis[()], parts

    def _execute(self, api: SandboxApi, call: ApiCall) -> ApiResponse:
        return self._step(api, call, lambda call: api.begin(call) or api.perform(call))

    def _step(self, api: SandboxApi, call: ApiCall, step: Callable[[ApiCall], T]) -> T | ApiResponse:
        try:
            with self.world.lock:
                return step(call)
        except ApiError as error:
            return api.error_response(call, error)
        except Exception as error:  # noqa: BLE001 - becomes a 500 and is reported in Sandbox.errors
            self._record_error(error)
            return api.error_response(call, ApiError(ErrorReason.UNEXPECTED))

    async def _respond_with_fault(
        self, request: web.BaseRequest, api: SandboxApi, call: ApiCall, record: RecordedRequest
    ) -> web.StreamResponse:
        """Respond to a call with latency or a fault."""
        fault, api_response = record.fault, None
        try:
            if fault is None or fault.after_effect or isinstance(fault, faults.Delay | faults.Stall):
                api_response = await self._execute_late(request, api, call, fault)
            if self.latency:
                await asyncio.sleep(self.latency)
        finally:
            with self.world.lock:
                api.finish(call, api_response)
        if fault is not None:
            api_response = self._in_envelope(api, call, fault) or api_response
        if api_response is None:
            api_response = ApiResponse(500, b"")
            if isinstance(fault, faults.Stall):
                return fault_responses.AlreadyClosed()
        record.code = api_response.code
        headers = self._headers(api, call, api_response)
        if fault is None:
            record.status = api_response.status
            return fault_responses.unmodified(api_response, headers)
        response = await fault_responses.apply_fault(request, fault, api_response, headers)
        record.status = None if isinstance(response, fault_responses.AlreadyClosed) else response.status
        return response

    async def _execute_late(
        self, request: web.BaseRequest, api: SandboxApi, call: ApiCall, fault: Fault | None
    ) -> ApiResponse | None:
        if not isinstance(fault, faults.Delay | faults.Stall):
            return self._execute(api, call)
        if fault.after_effect:
            api_response = self._execute(api, call)
            await _wait(request, fault)
            return api_response
        early = self._step(api, call, api.begin)
        await _wait(request, fault)
        if isinstance(fault, faults.Stall):
            return None
        self.world.catch_up()
        return early or self._step(api, call, api.perform)

    @staticmethod
    def _in_envelope(api: SandboxApi, call: ApiCall, fault: Fault) -> ApiResponse | None:
        match fault:
            case faults.RateLimited():
                api_response = api.error_response(call, ApiError(ErrorReason.RATE_LIMITED))
                if fault.retry_after is not None:
                    api_response.headers = {"Retry-After": str(fault.retry_after)}
            case faults.InProgress():
                api_response = api.error_response(
                    call, ApiError(call.route.running or ErrorReason.TRANSFER_IN_PROGRESS)
                )
            case faults.Status() if fault.body is None:
                api_response = api.error_response_with(call, fault.status, fault.code, fault.message)
                api_response.headers = dict(fault.headers)
            case _:
                return None
        return api_response

    @staticmethod
    def _headers(api: SandboxApi, call: ApiCall, api_response: ApiResponse | None) -> dict[str, str]:
        headers = {} if api.request_id_header is None else {api.request_id_header: call.request_id}
        if api_response is not None and api_response.headers:
            headers |= api_response.headers
        return headers


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _no_control(method: str, parts: list[str], body: bytes) -> ApiResponse:
    del method, parts, body
    return NOT_FOUND


async def _wait(request: web.BaseRequest, fault: faults.Delay | faults.Stall) -> None:
    if isinstance(fault, faults.Delay):
        await asyncio.sleep(fault.seconds)
        return
    # When the client disconnects, aiohttp sets the transport to None. It provides no event for this.
    while (transport := request.transport) is not None and not transport.is_closing():  # noqa: ASYNC110 - no event
        await asyncio.sleep(_POLL_SECONDS)
