"""Stands before the server: whatever has no accepted identity, or comes from elsewhere, gets no further than this.
Who is let in is decided in admission.py and origins.py; what an open connection may carry, in connections.py."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from dashboards.access import audit, health, origins, refusals
from dashboards.access.admission import RefusedError, admitted
from dashboards.access.connections import Connections, Server
from dashboards.access.packed import Packed
from dashboards.access.readers import AccessFileError, Reader
from dashboards.access.settings import Settings, SettingsError, settings
from dashboards.texts import LANGUAGES

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

STREAM, HEALTH, MEDIA, UPLOAD = "/_stcore/stream", "/_stcore/health", "/media/", "/_stcore/upload_file/"
MONITOR = "/health"
OWN = ("/_stcore/host-config", "/_stcore/bidi-components/", "/component/")
SIGN_IN, SIGN_OUT = "/sign-in", "/auth/logout"
PROVIDED = (SIGN_IN, SIGN_OUT, "/auth/login", "/oauth2callback")
ASSETS = ("/static/", "/favicon.png", "/manifest.json")
LONGEST_UPLOAD = 1 << 20  # bytes of one sheet of settings and what a browser wraps around it
TOLD_SECONDS = 60.0  # the same refusal again within this time is not recorded again
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """What of a request is looked at. `path` is below the address the dashboards are served under."""

    path: str
    query: str
    method: str
    version: str
    sent: list[tuple[str, str]]
    is_stream: bool

    @property
    def lang(self) -> str:
        """The language of the address; the first one if it says none."""
        said = parse_qs(self.query).get("lang", [""])[-1]
        return said if said in LANGUAGES else LANGUAGES[0]


class Guard:
    """ASGI middleware, the outermost. `server` knows Streamlit: its settings, its cookie and its messages."""

    def __init__(self, app: App, server: Server) -> None:
        self._app, self._server = app, server
        self._files = Packed(app)
        self._connections = Connections(server)
        self._told: dict[tuple[str, str], float] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request = _request(scope, self._server.base)
        kind = place(request.path)
        try:
            how = settings()
            reader = self._let_in(request, kind, how)
        except RefusedError as refused:
            await self._refuse(request, kind, refused, receive, send)
        except SettingsError as wrong:
            await self._refuse(request, kind, RefusedError("settings", why=str(wrong)), receive, send)
        except (AccessFileError, ValueError, OSError):
            logger.exception("nobody is let in: the access file, the secret or the provider's settings cannot be used")
            await self._refuse(request, kind, RefusedError("settings"), receive, send)
        else:
            await self._serve(request, kind, reader, scope, receive, send)

    def _let_in(self, request: Request, kind: str, how: Settings) -> Reader | None:
        """The reader; None for what needs none. RefusedError for everybody and everything else."""
        strange = origins.refusal(self._server.places(how), request.sent, request.version, request.method)
        if strange:
            raise RefusedError(strange)
        if kind == "closed" or request.is_stream != (kind == "stream") or (kind == "provided" and how.way != "oidc"):
            raise RefusedError("closed")
        if kind == "upload":
            return self._sender(request, how)
        if request.method not in ("GET", "HEAD"):
            raise RefusedError("method")
        if kind in ("open", "monitor", "provided") or (kind == "asset" and how.way == "oidc"):
            return None
        reader = self._reader(how, request.sent)
        if kind == "media" and not self._connections.handed.has(reader, name_of(request.path)):
            raise RefusedError("not_yours", reader.name)
        return reader

    def _sender(self, request: Request, how: Settings) -> Reader:
        """Who sends a file, or takes it back: a reader who may change settings, in a session of theirs.

        What does not say how long it is, or is longer than a sheet may be, is not listened to.
        """
        reader = self._reader(how, request.sent)
        session, _, file = request.path.removeprefix(UPLOAD).partition("/")
        length = dict(request.sent).get("content-length", "")
        is_short = request.method == "DELETE" or (length.isdecimal() and int(length) <= LONGEST_UPLOAD)
        is_theirs = reader.may("settings") and self._connections.handed.has(reader, session)
        if request.method not in ("PUT", "DELETE") or not (is_theirs and is_short and file and "/" not in file):
            raise RefusedError("closed", reader.name)
        return reader

    def _reader(self, how: Settings, sent: list[tuple[str, str]]) -> Reader:
        claims = self._server.claims(sent) if how.way == "oidc" else {}
        if self._connections.is_signed_out(claims):
            raise RefusedError("missing")
        return admitted(how, sent, claims, self._server.provider() if how.way == "oidc" else None)

    async def _serve(
        self, request: Request, kind: str, reader: Reader | None, scope: Message, receive: Receive, send: Send
    ) -> None:
        if kind == "stream":
            assert reader is not None
            await self._connections.carry(self._app, scope, receive, send, reader, self._current)
            return
        if kind == "monitor":
            status, said = await asyncio.to_thread(health.body)
            await _answer(send, status, refusals.INERT, said, "application/json")
            return
        if request.path == SIGN_IN:
            await _answer(send, 302, refusals.INERT, b"", location=self._server.sign_in_address())
            return
        if request.path == SIGN_OUT:
            await self._connections.sign_out(self._server.claims(request.sent))
        policy = refusals.INERT + "; sandbox" if kind in ("media", "upload") else self._server.policy(_host(request))
        ours = refusals.headers(policy, is_kept=kind == "asset")

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": refusals.merged(message.get("headers", []), ours)}
            await send(message)

        await (self._files if kind == "asset" else self._app)(scope, receive, sent)

    def _current(self, sent: list[tuple[str, str]]) -> Reader:
        return self._reader(settings(), sent)

    async def _refuse(self, request: Request, kind: str, refused: RefusedError, receive: Receive, send: Send) -> None:
        await self._record(kind, refused)
        if request.is_stream:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        said = {"name": refused.name} if refused.reason == "unknown" else {}
        said |= {"detail": refused.why} if refused.reason == "settings" and refused.why else {}
        said |= {"why": refused.why} if refused.reason == "unreadable" else {}
        status = refusals.STATUS.get(refused.reason, 403)
        if kind != "page":
            await _answer(send, status, refusals.INERT, refusals.line(refused.reason, said), "text/plain")
            return
        act = self._way_on(refused.reason)
        other = "?" + urlencode({"lang": next(lang for lang in LANGUAGES if lang != request.lang)})
        body = refusals.page(refused.reason, request.lang, said, act, other)
        await _answer(send, status, refusals.INERT, body, "text/html")

    def _way_on(self, reason: str) -> tuple[str, str] | None:
        """Where somebody can go from a refusal, if readers sign in: to the provider, or out and in as somebody else."""
        try:
            way = settings().way
        except SettingsError:
            return None
        if way != "oidc" or reason in ("host", "origin", "cross_site", "settings", "closed", "method"):
            return None
        is_new = reason in ("missing", "expired", "early")
        return ("sign_in", self._server.base + SIGN_IN) if is_new else ("sign_out", self._server.base + SIGN_OUT)

    async def _record(self, kind: str, refused: RefusedError) -> None:
        """Into the log, except that somebody has not signed in yet; a page or a connection, not each of its files."""
        now, said = time.monotonic(), (refused.reason, refused.name)
        is_new = refused.reason == "missing" and _is_oidc()
        if is_new or (kind in ("asset", "own", "open") and refused.reason not in ("host", "origin", "cross_site")):
            return
        if now - self._told.get(said, -TOLD_SECONDS) < TOLD_SECONDS:
            return
        self._told = {told: at for told, at in self._told.items() if now - at < TOLD_SECONDS} | {said: now}
        try:
            await asyncio.to_thread(audit.record, refused.name, "", "refused", refused.reason)
        except audit.AuditError:
            logger.exception("a refusal could not be recorded")


def place(path: str) -> str:
    """What a path leads to: open, monitor, stream, media, upload, own, provided, asset, page; closed for all that the
    pages do not need, measurements and the interface for programs among it."""
    exact = {STREAM: "stream", HEALTH: "open", MONITOR: "monitor", OWN[0]: "own"} | dict.fromkeys(PROVIDED, "provided")
    if path in exact:
        return exact[path]
    if path.startswith(MEDIA):
        return "media"
    if path.startswith(UPLOAD):
        return "upload"
    if path.startswith(OWN[1:]):
        return "own"
    if path.lower().startswith(("/_stcore", "/auth")):
        return "closed"
    return "asset" if path.startswith(ASSETS) else "page"


def name_of(path: str) -> str:
    """The name under which a file was handed out, of its address."""
    return path.rpartition("/")[2].partition(".")[0] if path.count("/") == MEDIA.count("/") else ""


def _request(scope: Message, base: str) -> Request:
    path = str(scope["path"])
    below = path.removeprefix(base) if path == base or path.startswith(f"{base}/") else path
    return Request(
        path=below or "/",
        query=bytes(scope.get("query_string", b"")).decode("latin-1"),
        method=str(scope.get("method", "GET")),
        version=str(scope.get("http_version", "")),
        sent=[(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]],
        is_stream=scope["type"] == "websocket",
    )


def _host(request: Request) -> str:
    return next((value for name, value in request.sent if name == "host"), "")


def _is_oidc() -> bool:
    try:
        return settings().way == "oidc"
    except SettingsError:
        return False


async def _answer(send: Send, status: int, policy: str, body: bytes, kind: str = "", location: str = "") -> None:
    ours = refusals.headers(policy, is_kept=False)
    ours += [(b"content-type", f"{kind}; charset=utf-8".encode())] if kind else []
    ours += [(b"location", location.encode("ascii"))] if location else []
    # What a refused sender still has to say is not listened to.
    ours += [(b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": ours})
    await send({"type": "http.response.body", "body": body})
