"""What somebody with a program instead of a browser can try at a server: any request, any header, any message.
Which attempts must fail is said in the tests."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from websockets.sync.client import ClientConnection, connect

SECONDS = 60.0
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    address: str, path: str = "/", sent: Headers = (), method: str = "GET", version: str = "1.1", body: bytes = b""
) -> Answer:
    """A request to the byte: headers twice, a host of somebody's. `sent` may name a host; else it is the server's."""
    at = urlsplit(address)
    lines = [f"{method} {path} HTTP/{version}"]
    if not any(name.lower() == "host" for name, _ in sent):
        lines.append(f"Host: {at.netloc}")
    lines += [f"{name}: {value}" for name, value in sent] + ["Connection: close", "", ""]
    with socket.create_connection((str(at.hostname), at.port or 80), timeout=SECONDS) as line:
        line.sendall("\r\n".join(lines).encode("utf-8") + body)
        told = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, answered = told.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
    return Answer(int(first.split(" ")[1]), headers, answered)


def is_open(address: str, sent: Headers = (), origin: str | None = None, session: str = "") -> bool:
    """Whether the server lets these headers have a websocket."""
    try:
        with opened(address, sent, origin, session):
            return True
    except (websockets.InvalidStatus, websockets.InvalidMessage, EOFError):
        return False


@dataclass
class Session:
    """A websocket, and what came over it since it was opened."""

    line: ClientConnection
    messages: list[ForwardMsg] = field(default_factory=list)

    def run(self, page: str, query: str = "") -> str:
        """Runs a page; returns all it shows as text."""
        wanted = BackMsg()
        wanted.rerun_script.page_name, wanted.rerun_script.query_string = page, query
        before = len(self.messages)
        self.line.send(wanted.SerializeToString())
        for message in self.heard():
            if message.WhichOneof("type") == "script_finished":
                break
        return "\n".join(str(message.delta.new_element) for message in self.messages[before:])

    def heard(self, seconds: float = SECONDS) -> Iterator[ForwardMsg]:
        """What comes from now on, until nothing comes for so long or the server closes."""
        while True:
            try:
                message = ForwardMsg.FromString(bytes(self.line.recv(timeout=seconds, decode=False)))
            except (TimeoutError, websockets.ConnectionClosed):
                return
            self.messages.append(message)
            yield message

    @property
    def session(self) -> str:
        return next(m.new_session.initialize.session_id for m in self.messages if m.HasField("new_session"))

    def downloads(self) -> list[str]:
        """The names under which the page's files can be asked for."""
        return [i for m in self.messages if (i := m.delta.new_element.download_button.deferred_file_id)]

    def take(self, name: str) -> str:
        """The address of the file of that name; empty if the server does not make it."""
        wanted = BackMsg()
        wanted.backend_operation_request.request_id = name
        wanted.backend_operation_request.session_id = self.session
        wanted.backend_operation_request.deferred_file.file_id = name
        self.line.send(wanted.SerializeToString())
        for message in self.heard():
            if message.WhichOneof("type") == "backend_operation_response":
                return str(message.backend_operation_response.deferred_file.url)
        return ""

    def is_ended(self, seconds: float = 10.0) -> bool:
        """Whether the server has told the browser to begin anew, and has closed."""
        list(self.heard(seconds))
        return self.line.close_code is not None and self.messages[-1].HasField("auth_redirect")


@contextmanager
def opened(address: str, sent: Headers = (), origin: str | None = None, session: str = "") -> Iterator[Session]:
    """A websocket with these headers. InvalidStatus when the server refuses it."""
    token = generate_xsrf_token_string()
    asked = ["streamlit", token, session] if session else ["streamlit", token]
    cookies = "; ".join([f"_streamlit_xsrf={token}", *(value for name, value in sent if name.lower() == "cookie")])
    at, hosts = urlsplit(address), [value for name, value in sent if name.lower() == "host"]
    # Names are UTF-8 on the line; the client writes text as Latin letters.
    others = [(n, v.encode().decode("latin-1")) for n, v in sent if n.lower() not in ("cookie", "host")]
    with socket.create_connection((str(at.hostname), at.port or 80), timeout=SECONDS) as plain:
        line = connect(
            f"ws://{hosts[0] if hosts else at.netloc}/_stcore/stream", sock=plain, origin=origin, max_size=None,
            additional_headers=[*others, ("Cookie", cookies)], compression=None,
            subprotocols=[websockets.Subprotocol(one) for one in asked], close_timeout=2, proxy=None,
        )  # fmt: skip
        with line:
            yield Session(line)


def cookie(secret: str, claims: dict[str, object] | str) -> tuple[str, str]:
    """The sign-in cookie that Streamlit makes of a token's claims; of a text, as it is."""
    value = claims if isinstance(claims, str) else json.dumps(claims)
    return "Cookie", f"_streamlit_user={create_signed_value(secret, '_streamlit_user', value).decode()}"


def message(kind: str) -> bytes:
    """A message of one kind, as no page of the dashboards sends it."""
    said = BackMsg()
    if kind in ("install_skills", "dismiss_skills_nudge"):
        getattr(said.backend_operation_request, kind).SetInParent()
    elif kind == "file_urls_request":
        said.file_urls_request.SetInParent()
    else:
        setattr(said, kind, True)
    return said.SerializeToString()


def eventually(true: Iterator[bool] | Iterable[bool], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    for now in true:
        if now:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return False
