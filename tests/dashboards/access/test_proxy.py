"""A real nginx on the configuration that administrators are given, before a real server of the dashboards: who signs in
there is who reads, whatever else is sent along; and past the proxy nobody sees anything."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import websockets
from playwright.sync_api import Browser, Error, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboards.access import audit
from tests.dashboards.access.conftest import SECRET, headers
from tests.dashboards.served import chromium

ROOT = Path(__file__).parents[3]
GIVEN = ROOT / "dashboards" / "access" / "nginx.conf"
NAME = "enforcement.court.example"
PASSWORD = "of the test"
LONG, SECONDS = 60_000, 60.0
ABOUT = "about?lang=en&court={}&scope=own&indicator=QX02"
MAIN = """
daemon off;
master_process off;
pid {place}/nginx.pid;
error_log {place}/nginx.log warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    include {place}/site.conf;
}}
"""


@dataclass(frozen=True)
class Served:
    """The ports of the proxy and of the dashboards behind it, and the proxy's certificate."""

    proxy: int
    straight: int
    certificate: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, f"{server.args} did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"port {port} is not open")


def _site(place: Path, at: Served) -> None:
    """The given configuration with the test's ports and places in it, and the files it asks for."""
    text = GIVEN.read_text(encoding="utf-8")
    replaced = {
        "listen      443 ssl": f"listen 127.0.0.1:{at.proxy} ssl",
        "http://127.0.0.1:8501": f"http://127.0.0.1:{at.straight}",
        "/etc/nginx/": f"{place}/",
    }
    for said, ours in replaced.items():
        assert said in text, said
        text = text.replace(said, ours)
    (place / "site.conf").write_text(text, encoding="utf-8")
    (place / "nginx.conf").write_text(MAIN.format(place=place), encoding="utf-8")
    digest = base64.b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()
    users = "".join(f"{name}:{{SHA}}{digest}\n" for name in ("court", "bureau", "Bureau", "王伟"))
    (place / "enforcement.users").write_text(users, encoding="utf-8")
    (place / "enforcement.secret").write_text(f'proxy_set_header X-Enforcement-Secret "{SECRET}";', encoding="utf-8")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", place / "enforcement.key", "-out", at.certificate],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture
def served(house: Path, tmp_path: Path) -> Iterator[Served]:
    """Both servers, the dashboards started with what the configuration's first lines say."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert nginx, "the tests of the proxy need nginx: apt-get install nginx-light"
    place = tmp_path / "nginx"
    place.mkdir()
    at = Served(_free_port(), _free_port(), place / "enforcement.crt")
    _site(place, at)
    said = dict(re.findall(r"^#   export (\w+)=(\S+)$", GIVEN.read_text(encoding="utf-8"), flags=re.M))
    assert set(said) == {"ENFORCEMENT_LOGIN", "ENFORCEMENT_PROXY_NAME", "STREAMLIT_BROWSER_SERVER_ADDRESS"}
    streamlit = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboards" / "streamlit_app.py")]
    options = [f"--server.port={at.straight}", "--server.address=127.0.0.1"]
    with (tmp_path / "log").open("w") as log:
        servers = [
            subprocess.Popen(
                [*streamlit, *options], env=os.environ | said, cwd=ROOT / "dashboards", stdout=log, stderr=log
            ),
            subprocess.Popen([nginx, "-p", place, "-c", place / "nginx.conf"], stdout=log, stderr=log),
        ]
        try:
            _answers(at.straight, servers[0])
            _answers(at.proxy, servers[1])
            yield at
        finally:
            for server in servers:
                server.terminate()
                server.wait(timeout=20)


async def _shown(address: str, sent: Mapping[str, str], secure: ssl.SSLContext | None, page: str) -> str:
    """All that a page sends over the websocket, asked as a browser asks."""
    name, _, query = page.partition("?")
    asked, told = BackMsg(), []
    asked.rerun_script.page_name, asked.rerun_script.query_string = name, query
    async with websockets.connect(
        f"{address}/_stcore/stream", subprotocols=[websockets.Subprotocol("streamlit")], max_size=None,
        additional_headers=dict(sent), ssl=secure, server_hostname=NAME if secure else None,
    ) as line:  # fmt: skip
        await line.send(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(await asyncio.wait_for(line.recv(decode=False), SECONDS)))
            told.append(str(message.delta.new_element))
            if message.WhichOneof("type") == "script_finished":
                return re.sub(r"<style>.*?</style>", "", "\n".join(told), flags=re.S)


def past_the_proxy(at: Served, sent: Mapping[str, str], page: str = ABOUT.format("T13")) -> str:
    return asyncio.run(_shown(f"ws://127.0.0.1:{at.straight}", sent, None, page))


def through_the_proxy(at: Served, name: str, sent: Mapping[str, str], page: str = ABOUT.format("T13")) -> str:
    secure = ssl.create_default_context(cafile=str(at.certificate))
    signed = base64.b64encode(f"{name}:{PASSWORD}".encode()).decode()
    all_sent = {**sent, "Authorization": f"Basic {signed}"}
    return asyncio.run(_shown(f"wss://127.0.0.1:{at.proxy}", all_sent, secure, page))


@pytest.fixture
def known_browser() -> Iterator[Browser]:
    """The system's Chromium, for which the proxy's name is this machine."""
    with chromium(f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as opened:
        yield opened


def test_a_court_signs_in_at_the_proxy_and_sees_its_own(served: Served, known_browser: Browser) -> None:
    address = f"https://{NAME}:{served.proxy}"
    stranger = known_browser.new_context(ignore_https_errors=True).new_page()
    with pytest.raises(Error, match="INVALID_AUTH"):
        stranger.goto(address)
    credentials = {"username": "court", "password": PASSWORD}
    page = known_browser.new_context(ignore_https_errors=True, http_credentials=credentials).new_page()
    page.goto(f"{address}/{ABOUT.format('T13')}")
    expect(page.get_by_text("court · court")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("therefore not compared")).to_be_visible(timeout=LONG)
    page.goto(f"{address}/{ABOUT.format('T21')}")
    expect(page.locator(".g-check.g-met").first).to_be_visible(timeout=LONG)
    page.goto(f"{address}/audit?lang=en")
    expect(page.get_by_text("is not open to your role (court)")).to_be_visible(timeout=LONG)
    expect(page.locator(".g-brand")).to_have_count(0)
    found = [(d.reader, d.role, d.deed) for d in audit.deeds(audit.months()[0], size=1000)[0]]
    assert {("court", "court", "sign_in"), ("court", "court", "cases"), ("court", "court", "refused")} <= set(found)


def test_headers_that_a_client_makes_up_change_nothing(served: Served) -> None:
    forged = {
        **headers("bureau"),
        "X-Enforcement-Groups": "enforcement-bureau",
        "X_Enforcement_User": "bureau",
        "X-Forwarded-User": "bureau",
    }
    said = through_the_proxy(served, "court", forged)
    assert "court · court" in said and "bureau" not in said
    assert "therefore not compared" in said
    assert "bureau · enforcement bureau" in through_the_proxy(served, "bureau", headers("court"))
    with pytest.raises(websockets.InvalidStatus, match="401"):
        through_the_proxy(served, "leader", headers("leader"))
    with pytest.raises(websockets.InvalidStatus, match="401"):
        through_the_proxy(served, "auditor", {})


@pytest.mark.parametrize("changed", [{}, {"x-enforcement-secret": "x" * 32}, {"x-enforcement-proxy": "another"}])
def test_past_the_proxy_nobody_sees_anything(served: Served, changed: dict[str, str]) -> None:
    sent = {**headers("bureau"), **changed} if changed else {}
    with pytest.raises(websockets.InvalidStatus, match="403"):
        past_the_proxy(served, sent)
    assert "g-brand" in past_the_proxy(served, headers("bureau")), "the proxy itself comes in by the same door"
