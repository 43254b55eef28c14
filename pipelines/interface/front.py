"""Stands before Dagster's web server, which knows no sign-in and does whatever any web page asks of it.
Only what a browser of this machine asks for Dagster's own pages gets through; what Dagster does is its own matter."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.ASCII)
BEHIND = re.compile(r"^(forwarded|via|x-forwarded.*|x-real-ip)$")
JSON = re.compile(r"application/json\s*(;.*)?", re.ASCII)
STATUS = {"host": 421, "origin": 403, "site": 403, "proxied": 403, "method": 405, "type": 415}
SAID = {
    "host": "只在本机以 127.0.0.1 或 localhost 提供 | served on this machine only, as 127.0.0.1 or localhost",
    "origin": "不接受其他网页的请求 | requests of other pages are not answered",
    "site": "不接受其他网页的请求 | requests of other pages are not answered",
    "proxied": "不经代理提供 | not served by way of a proxy",
    "method": "此处只能以 POST 提交 JSON | questions and deeds are sent here by POST, as JSON",
    "type": "POST 只接受 application/json | POST takes application/json only",
}
# No page of anybody's may show these pages inside its own, where a reader would press what they do not see.
ALWAYS = [
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"frame-ancestors 'none'"),  # beside Dagster's own: browsers keep to both
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
]


class Front:
    """ASGI middleware, the outermost."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        reason = refusal(scope)
        if reason and scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if reason:
            body = f"{SAID[reason]}\n".encode()
            headers = [*ALWAYS, (b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
            await send({"type": "http.response.start", "status": STATUS[reason], "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *ALWAYS]}
            await send(message)

        await self._app(scope, receive, sent)


def refusal(scope: Message) -> str:
    """Why a request is refused, a key of STATUS; empty for one of Dagster's own pages, or of a program here."""
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    hosts = [host.lower() for host in headers.get("host", [])]
    if len(hosts) != 1 or not HOST.fullmatch(hosts[0]):
        return "host"
    if scope.get("http_version") == "1.0" or any(BEHIND.match(name) for name in headers):
        return "proxied"
    if any(origin.lower() != f"http://{hosts[0]}" for origin in headers.get("origin", [])):
        return "origin"
    if scope["type"] == "websocket":
        return ""
    method = str(scope["method"])
    return _of_another_site(headers, method) or _unusual(scope, headers, method)


def _of_another_site(headers: dict[str, list[str]], method: str) -> str:
    """Another site may lead here by a link, and no more. Browsers say so since 2020 to 2023."""
    if set(headers.get("sec-fetch-site", ["none"])) <= {"none", "same-origin"}:
        return ""
    is_opened = headers.get("sec-fetch-mode") == ["navigate"] and headers.get("sec-fetch-dest") == ["document"]
    return "" if is_opened and method == "GET" else "site"


def _unusual(scope: Message, headers: dict[str, list[str]], method: str) -> str:
    """Dagster runs whatever stands in the address of a GET, and what comes in a form, which any page may send."""
    if method == "POST":
        kinds = headers.get("content-type", [])
        return "" if len(kinds) == 1 and JSON.fullmatch(kinds[0].strip().lower()) else "type"
    is_asked = str(scope["path"]).rstrip("/").endswith("/graphql") and bool(scope.get("query_string"))
    return "method" if method not in ("GET", "HEAD") or is_asked else ""
