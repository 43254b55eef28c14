"""A reader without a browser: speaks the dashboards' own protocol with a real server, and times what it answers.
Who clicks what, and what the times add up to, is in sessions.py."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST = 90.0  # seconds
TROUBLE = 'class="g-headline g-trouble"'  # a page whose data cannot be read is no answer
STATEMENT_DONE = "sql statement"  # in place of the page, for the time of a statement
RUN, STATEMENT = "sql_run", "sql_text"  # keys of the SQL page


@dataclass(frozen=True)
class Click:
    """One run of a page, or one statement: seconds from the request until the server had sent the last of it."""

    page: str
    seconds: float
    fault: str = ""


@dataclass
class Reader:
    """One session. Its widgets and its self-renewing parts are those of the page shown last."""

    line: websockets.ClientConnection
    page: str = ""
    script: str = ""  # how the server calls the page
    state: str = ""
    widgets: dict[str, str] = field(default_factory=dict)
    renewed: dict[str, float] = field(default_factory=dict)

    async def open(self, page: str, state: Mapping[str, str]) -> Click:
        """Opens a page by its address."""
        self.page, self.script, self.state = page, "", urlencode(state)
        self.widgets.clear()
        self.renewed.clear()
        started = time.perf_counter()
        await self._send(BackMsg())
        fault = await self._finished()
        return Click(page, time.perf_counter() - started, fault)

    async def ask(self, statement: str) -> Click:
        """Puts a statement to the SQL page, which is open, and waits for its rows as a browser does."""
        started = time.perf_counter()
        asked = BackMsg()
        states = asked.rerun_script.widget_states.widgets
        states.add(id=self._widget(STATEMENT), string_value=statement)
        states.add(id=self._widget(RUN), trigger_value=True)
        self.renewed.clear()
        await self._send(asked)
        fault = await self._finished()
        while not fault and (parts := [part for part, every in self.renewed.items() if every <= 2]):
            if time.perf_counter() - started > LONGEST:
                fault = "no answer in time"
                break
            await asyncio.sleep(1)
            again = BackMsg()
            again.rerun_script.fragment_id, again.rerun_script.is_auto_rerun = parts[0], True
            await self._send(again)
            fault = await self._finished()
        return Click(STATEMENT_DONE, time.perf_counter() - started, fault)

    async def _send(self, asked: BackMsg) -> None:
        asked.rerun_script.query_string, asked.rerun_script.page_script_hash = self.state, self.script
        asked.rerun_script.page_name = "" if self.script else self.page
        await self.line.send(asked.SerializeToString())

    async def _finished(self) -> str:
        """Reads until the script has ended; returns what went wrong, or ''."""
        fault = ""
        try:
            while True:
                said = ForwardMsg()
                said.ParseFromString(bytes(await asyncio.wait_for(self.line.recv(decode=False), LONGEST)))
                kind = said.WhichOneof("type")
                if kind == "navigation":  # the whole page is drawn anew: its parts renew themselves if it says so
                    self.renewed.clear()
                    self.script = said.navigation.page_script_hash
                if kind == "delta":
                    fault = self._seen(said) or fault
                if kind == "page_not_found":
                    fault = "page not found"
                if kind == "auto_rerun":
                    self.renewed[said.auto_rerun.fragment_id] = said.auto_rerun.interval
                if kind == "script_finished" and said.script_finished in (
                    ForwardMsg.FINISHED_SUCCESSFULLY,
                    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
                ):
                    return fault
        except (TimeoutError, websockets.WebSocketException) as failed:
            return type(failed).__name__

    def _seen(self, said: ForwardMsg) -> str:
        element = said.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            return str(element.exception.message[:200])
        if kind == "html" and TROUBLE in element.html.body:
            return "the page says that it cannot be shown"
        if kind in ("button", "text_area"):
            self.widgets[getattr(element, kind).id] = kind
        # DuckDB's words about a statement that was not answered are in no language and wrapped; SQL, which is shown
        # with an answer, is in its language, and a plan keeps its lines.
        if kind == "code" and element.code.wrap_lines and element.code.language != "sql":
            return str(element.code.code_text[:200])
        return ""

    def _widget(self, key: str) -> str:
        """The id that the server gave the widget of that key."""
        return next(known for known in self.widgets if known.endswith(f"-{key}"))


@asynccontextmanager
async def reader(port: int) -> AsyncIterator[Reader]:
    """A new session at the server on this machine."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None) as line:
        yield Reader(line)
