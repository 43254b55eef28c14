"""Who may use Dagster's interface: whoever can read the token's file, which is this user alone.
What other web pages may send is decided before, by the front; what Dagster does is its own matter."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from pipelines.interface.front import App, Message, Receive, Send

FILE, BYTES = "token", 32
COOKIE = "enforcement-dagster"
ASKING = """<!doctype html><meta charset="utf-8"><title>Dagster</title>
<p>令牌在数据目录的 dagster/token 文件中，只有本用户可读<br>
The token is in dagster/token of the data tree, for its owner</p>
<form method="get" action="/"><input type="password" name="token" autofocus autocomplete="off"
aria-label="token"> <button>进入 | Enter</button></form>
"""


def token(home: Path) -> str:
    """The token of this installation; made, with mode 0600, where there is none."""
    file = home / FILE
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        said = file.read_text(encoding="ascii").strip()
        if len(said) >= BYTES:
            return said
        file.unlink()  # a process was killed between making it and writing it
        return token(home)
    with os.fdopen(handle, "w", encoding="ascii") as written:
        written.write(secrets.token_urlsafe(BYTES) + "\n")
    return file.read_text(encoding="ascii").strip()


class Entry:
    """ASGI middleware behind the front: without the token nothing is shown and nothing done."""

    def __init__(self, app: App, token: str) -> None:
        self._app, self._token = app, token
        self._kept = hashlib.sha256(f"cookie {token}".encode()).hexdigest()  # the browser's file is no token's file

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_known(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        elif rest := self._entered(scope):
            kept = f"{COOKIE}={self._kept}; HttpOnly; SameSite=Strict; Path=/"
            headers = [(b"location", rest.encode()), (b"set-cookie", kept.encode()), (b"cache-control", b"no-store")]
            await _answer(send, 303, headers, b"")
        else:
            await _answer(send, 401, [(b"content-type", b"text/html; charset=utf-8")], ASKING.encode())

    def _is_known(self, scope: Message) -> bool:
        said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            cookie = SimpleCookie(said.get("cookie", "")).get(COOKIE)
        except CookieError:
            cookie = None
        bearer = said.get("authorization", "").removeprefix("Bearer ")
        return _is(cookie.value if cookie else "", self._kept) or _is(bearer, self._token)

    def _entered(self, scope: Message) -> str:
        """Where to go on without the token, which no address bar and no log keeps; empty where it is not the token."""
        asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
        if scope["method"] != "GET" or not any(name == "token" and _is(value, self._token) for name, value in asked):
            return ""
        rest = urlencode([pair for pair in asked if pair[0] != "token"])
        path = "/" + str(scope["path"]).lstrip("/")  # two slashes would lead to another host
        return f"{path}?{rest}" if rest else path


def _is(said: str, wanted: str) -> bool:
    return hmac.compare_digest(said.encode(), wanted.encode())


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
