"""The server's own scripts and styles, each compressed once: it sends them as they lie on disk, nine megabytes for a
first chart. Who may ask for them is decided by the guard; answers about data do not come this way."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

TEXTS = (b"text/javascript", b"application/javascript", b"text/css", b"application/json", b"image/svg+xml")
LEAST = 1024  # bytes: less fits into one packet anyway
LEVEL = 6


class Packed:
    """ASGI: answers of `app` that are text files are sent compressed to who can read that, each compressed once.

    A file is known by its ETag: whatever paths lead to it, it is kept once.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: dict[bytes, bytes] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope.get("method") != "GET" or not _is_read(scope["headers"]):
            await self._app(scope, receive, send)
            return
        start: list[Message] = []
        parts: list[bytes] = []

        async def heard(message: Message) -> None:
            if message["type"] == "http.response.start":
                start[:] = [message]
            if not _is_text(start[0]):
                await send(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    await self._send(start[0], b"".join(parts), send)

        await self._app(scope, receive, heard)

    async def _send(self, start: Message, body: bytes, send: Send) -> None:
        name = _said(start["headers"], b"etag")
        if name not in self._kept:
            self._kept[name] = await asyncio.to_thread(gzip.compress, body, LEVEL, mtime=0)
        packed = self._kept[name]
        await send({**start, "headers": _packed_headers(start["headers"], len(packed))})
        await send({"type": "http.response.body", "body": packed})


def _is_read(headers: Headers) -> bool:
    """Whether the reader can unpack."""
    offered = [part.partition(b";") for part in _said(headers, b"accept-encoding").lower().split(b",")]
    return any(name.strip() == b"gzip" and b"q=0" not in weight.replace(b"q=0.", b"") for name, _, weight in offered)


def _is_text(start: Message) -> bool:
    """A whole file of text: not a part of one, and not the word that a copy still holds."""
    headers = start["headers"]
    length = _said(headers, b"content-length")
    return (
        start["status"] == 200
        and _said(headers, b"content-type").lower().startswith(TEXTS)
        and not _said(headers, b"content-encoding")
        and bool(_said(headers, b"etag"))
        and length.isdigit()
        and int(length) >= LEAST
    )


def _said(headers: Headers, name: bytes) -> bytes:
    return next((value for each, value in headers if each.lower() == name), b"")


def _packed_headers(headers: Headers, length: int) -> Headers:
    """As they were, but for what is said of the bytes; the ETag is weak, for other bytes bear it too."""
    dropped = (b"content-length", b"accept-ranges", b"etag", b"vary")
    etag = _said(headers, b"etag").removeprefix(b"W/")
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    return [
        *kept,
        (b"content-encoding", b"gzip"),
        (b"vary", b"Accept-Encoding"),
        (b"etag", b"W/" + etag),
        (b"content-length", str(length).encode()),
    ]
