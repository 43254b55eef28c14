"""The open connections of readers: each is one reader's for as long as they are who they were when it was opened.
Who a reader is, is asked of guard.py; how a message is written is known to the server that is handed in."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dashboards.access.admission import Provider, RefusedError
from dashboards.access.handed_out import HandedOut
from dashboards.access.origins import Places
from dashboards.access.readers import AccessFileError, Reader
from dashboards.access.settings import Settings, SettingsError

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Sent = list[tuple[str, str]]

LOOK_SECONDS = 2.0  # how long a reader who was struck may go on looking at what moves by itself
SUBPROTOCOL = b"sec-websocket-protocol"
MOST_SIGN_OUTS = 100_000
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """Names in a message under which its reader can ask for something; whether it sends the browser elsewhere."""

    names: Sequence[str]
    is_farewell: bool = False


class Server(Protocol):
    """What has to be known of the server behind the guard."""

    @property
    def base(self) -> str:
        """The path it is served under, often empty."""

    def places(self, how: Settings) -> Places:
        """Where requests may come from. SettingsError when nobody may come at all."""

    def claims(self, sent: Sent) -> Mapping[str, Any]:
        """What the sign-in cookie says, its signature checked; empty without one."""

    def provider(self) -> Provider | None:
        """Whose tokens are taken."""

    def sign_in_address(self) -> str:
        """Where a reader is sent to sign in; good for a minute or two."""

    def policy(self, host: str) -> str:
        """The content security policy of the pages."""

    def told(self, message: bytes) -> Told:
        """What is in a message to a reader."""

    def asked(self, message: bytes, may: Callable[[str], bool], sends: bool) -> bytes | None:
        """A reader's message as it may be passed on; None if it may not. `sends`: whether they may send files."""

    def reload(self) -> bytes:
        """The message at which the browser opens the first page anew."""


class Connections:
    """All of this server's. Everything here happens on the server's own loop."""

    def __init__(self, server: Server) -> None:
        self.handed = HandedOut()
        self._server = server
        self._open: set[Connection] = set()
        self._watch: asyncio.Task[None] | None = None
        self._signed_out: dict[str, float] = {}

    async def carry(
        self, app: App, scope: Message, receive: Receive, send: Send, reader: Reader, current: Callable[[Sent], Reader]
    ) -> None:
        """Carries one connection of `reader` to its end; `current` says who sends these headers by now."""
        sent = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        one = Connection(self._server, self.handed, reader, lambda: current(sent), receive, send)
        one.sign_in = _digest(self._server.claims(sent))
        self._open.add(one)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look(), name="readers-as-they-are")
        try:
            await app({**scope, "headers": one.own_session(scope["headers"])}, one.receive, one.send)
        finally:
            self._open.discard(one)

    async def sign_out(self, claims: Mapping[str, Any]) -> None:
        """Ends every connection of this sign-in, and the sign-in itself, wherever its cookie was copied to."""
        ended = _digest(claims)
        if not ended:
            return
        while len(self._signed_out) >= MOST_SIGN_OUTS:
            self._signed_out.pop(next(iter(self._signed_out)))
        self._signed_out[ended] = time.time()
        for one in [one for one in self._open if one.sign_in == ended]:
            await one.end()

    def is_signed_out(self, claims: Mapping[str, Any]) -> bool:
        return bool(claims) and _digest(claims) in self._signed_out

    async def _look(self) -> None:
        """A page that is only looked at, and one that asks by itself, end as well when their reader is struck."""
        while self._open:
            await asyncio.sleep(LOOK_SECONDS)
            for one in list(self._open):
                if not one.is_still_theirs():
                    await one.end()


class Connection:
    """One connection between its reader and the server, in place of the server's own `receive` and `send`."""

    def __init__(
        self,
        server: Server,
        handed: HandedOut,
        reader: Reader,
        current: Callable[[], Reader],
        receive: Receive,
        send: Send,
    ) -> None:
        self.sign_in = ""
        self._server, self._handed, self._reader, self._current = server, handed, reader, current
        self._receive, self._send = receive, send
        self._is_accepted = self._is_leaving = self._is_ended = False

    def own_session(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """The headers without a wish to go on with a session that this reader was never told of.

        A browser asks for it in the third place of the subprotocols; Streamlit gives a proxy's readers one another's.
        """
        kept = []
        for name, value in headers:
            if name.lower() == SUBPROTOCOL:
                asked = value.decode("latin-1").split(",")
                is_own = len(asked) > 2 and self._handed.has(self._reader, asked[2].strip())
                value = ",".join(asked if is_own else asked[:2]).encode("latin-1")
            kept.append((name, value))
        return kept

    def is_still_theirs(self) -> bool:
        """Whether who sent the first request is let in by now as the same reader."""
        try:
            return self._current() == self._reader
        except (RefusedError, SettingsError, AccessFileError, ValueError, OSError):
            return False

    async def receive(self) -> Message:
        """The next of the reader's messages that may be passed on."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive" or message.get("bytes") is None:
                return message
            if not self.is_still_theirs():
                await self.end()
            if self._is_ended:
                return {"type": "websocket.disconnect", "code": 1008}
            passed = self._server.asked(
                message["bytes"], lambda name: self._handed.has(self._reader, name), self._reader.may("settings")
            )
            if passed is not None:
                return {**message, "bytes": passed}
            logger.warning("a message that no page sends was not passed on: %s", self._reader)

    async def send(self, message: Message) -> None:
        """To the reader, noting what they are told of; after the end of the connection to nobody."""
        if self._is_ended:
            return
        self._is_accepted = self._is_accepted or message["type"] == "websocket.accept"
        if message["type"] == "websocket.send" and message.get("bytes"):
            told = self._server.told(message["bytes"])
            self._handed.add(self._reader, told.names)
            self._is_leaving = self._is_leaving or told.is_farewell
        await self._send(message)

    async def end(self) -> None:
        """The browser is told to open the page anew, where the reader is asked who they are; nothing follows.

        A browser that is on its way to sign out is let go there.
        """
        if self._is_ended:
            return
        self._is_ended = True
        try:
            if self._is_accepted and not self._is_leaving:
                await self._send({"type": "websocket.send", "bytes": self._server.reload()})
            await self._send({"type": "websocket.close", "code": 1008})
        except OSError:  # of which the server's own word for a browser that is gone is one
            logger.debug("a connection had ended before it was ended", exc_info=True)


def _digest(claims: Mapping[str, Any]) -> str:
    """One sign-in: the claims of its token, among them when and for which request it was made. Empty without claims."""
    if not claims:
        return ""
    return hashlib.sha256(json.dumps(dict(claims), sort_keys=True, default=str).encode()).hexdigest()
