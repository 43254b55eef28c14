"""Attempts at dashboards without a sign-in, which serve this machine only: other hosts and origins, proxies, uploads,
and messages that no page sends. Each is made at a real server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dashboards.access import refusals
from tests.dashboards.access.attempts import ask, eventually, is_open, message, opened
from tests.dashboards.access.conftest import furnished
from tests.dashboards.served import server

HOSTS = (
    "evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "localhost.evil.example", "10.0.0.5:{port}",
    "localhost@evil.example", "evil.example#localhost", "localhost:{port}@evil.example", "[::2]", "0.0.0.0:{port}", "",
    "127.0.0.1:{port}, evil.example", "127.0.0.1:{port}/", "2130706433", "127.1", "localhost:99999999", "ｌocalhost",
)  # fmt: skip
ORIGINS = (
    "http://evil.example", "https://evil.example", "http://localhost:{other}", "http://127.0.0.1:{other}", "null",
    "http://127.0.0.1", "http://127.0.0.1.evil.example:{port}", "http://evil.example:{port}", "http://localhost:{port}",
    "file://", "http://127.0.0.1:{port}@evil.example", "chrome-extension://abcdef", "ws://127.0.0.1:{port}", "",
)  # fmt: skip
FORWARDING = (
    "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded", "Forwarded", "Forwarded-For", "Via",
    "X-Real-IP", "X-Client-IP", "Client-IP", "X-Cluster-Client-IP", "CF-Connecting-IP", "CF-Ray", "CDN-Loop",
    "True-Client-IP", "Fastly-Client-IP", "Fly-Client-IP", "X-Original-URL", "X-Original-Host", "X-Rewrite-URL",
    "X-Envoy-External-Address", "X-Azure-ClientIP", "X-Appengine-User-IP", "X-Amzn-Trace-Id", "X-Amz-Cf-Id",
    "X-ProxyUser-Ip", "X-Originating-IP", "X-Remote-IP", "X-Remote-User", "Remote-User", "WL-Proxy-Client-IP",
    "Proxy-Connection", "X-Host", "X_Forwarded_For", "X-Request-ID", "X-B3-TraceId", "traceparent", "Ali-Cdn-Real-Ip",
    "EO-Client-IP", "X-Varnish", "Surrogate-Capability", "Max-Forwards", "X-Enforcement-User", "Front-End-Https",
)  # fmt: skip
CLOSED = (
    ("PUT", "/_stcore/upload_file/a/b"), ("POST", "/_stcore/upload_file/a/b"), ("DELETE", "/_stcore/upload_file/a/b"),
    ("OPTIONS", "/_stcore/upload_file/a/b"), ("PUT", "/%5fstcore/upload_file/a/b"), ("GET", "/_stcore/metrics"),
    ("GET", "/_STCORE/metrics"), ("GET", "/_Stcore/Upload_File/a/b"),
    ("GET", "/_stcore/metrics?families=cache_memory_bytes"), ("GET", "/_stcore/script-health-check"),
    ("POST", "/_stcore/agent/interact"), ("GET", "/_stcore/agent/openapi.json"), ("POST", "/_stcore/agent/mcp"),
    ("GET", "/_stcore/message?hash=a"), ("POST", "/"), ("PUT", "/overview"), ("OPTIONS", "/"), ("TRACE", "/"),
    ("POST", "/_stcore/stream"), ("GET", "/_stcore/stream"), ("GET", "/auth/login"), ("GET", "/auth/logout"),
    ("GET", "/oauth2callback"), ("GET", "/sign-in"), ("GET", "/media/0123456789abcdef.xlsx"), ("GET", "/media/"),
    ("GET", "/media/../media/a"), ("GET", "/media/a/b.xlsx"), ("CONNECT", "/"), ("PROPFIND", "/"),
)  # fmt: skip
ELSEWHERE = (  # how a browser fetches for another site: site, mode, destination
    ("cross-site", "no-cors", "script"), ("cross-site", "no-cors", "image"), ("cross-site", "cors", "empty"),
    ("cross-site", "navigate", "iframe"), ("same-site", "no-cors", "image"), ("same-site", "navigate", "iframe"),
    ("cross-site", "navigate", "embed"), ("cross-site", "websocket", "websocket"), ("cross-origin", "cors", "empty"),
)  # fmt: skip
MESSAGES = ("clear_cache", "set_run_on_save", "load_git_info", "install_skills", "dismiss_skills_nudge",
             "debug_shutdown_runtime", "debug_disconnect_websocket")  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("here")


@pytest.fixture(scope="module")
def here(place: Path, data_directories: dict[str, Path]) -> Iterator[str]:
    """The dashboards as `make run` starts them."""
    with server(place / "log", furnished(place, data_directories["full"], "none")) as address:
        yield address


def filled(text: str, address: str) -> str:
    port = address.rpartition(":")[2]
    return text.format(port=port, other=int(port) + 1)


def test_this_machine_is_served(here: str) -> None:
    assert ask(here).status == 200
    assert is_open(here) and is_open(here, origin=here)
    assert is_open(here, [("Host", filled("localhost:{port}", here))], filled("http://localhost:{port}", here))


@pytest.mark.parametrize("host", HOSTS)
def test_no_other_host_is_served(here: str, host: str) -> None:
    """A name of somebody's that leads to this machine makes their page one of the same origin."""
    sent = [("Host", filled(host, here))]
    assert {ask(here, path, sent).status for path in ("/", "/_stcore/health", "/_stcore/host-config")} <= {400, 421}
    assert host in HOSTS[5:] or not is_open(here, sent, f"http://{filled(host, here)}")


def test_two_hosts_are_no_host(here: str) -> None:
    own = here.removeprefix("http://")
    assert ask(here, "/", [("Host", own), ("Host", "evil.example")]).status in (400, 421)


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_page_of_another_origin_is_served(here: str, origin: str) -> None:
    said = filled(origin, here)
    assert not is_open(here, [("Origin", said)])
    assert ask(here, "/_stcore/host-config", [("Origin", said)]).status == 403


@pytest.mark.parametrize("site, mode, destination", ELSEWHERE)
def test_nothing_of_ours_is_part_of_another_sites_page(here: str, site: str, mode: str, destination: str) -> None:
    sent = [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination)]
    assert {ask(here, path, sent).status for path in ("/", "/favicon.png", "/_stcore/health")} == {403}


def test_a_link_from_another_site_opens_a_page(here: str) -> None:
    sent = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")]
    assert ask(here, "/overview", sent).status == 200


@pytest.mark.parametrize("header", FORWARDING)
def test_whatever_a_proxy_adds_closes_the_door(here: str, header: str) -> None:
    sent = [(header, "10.1.2.3")]
    assert {ask(here, path, sent).status for path in ("/", "/_stcore/health")} == {403}
    assert not is_open(here, sent)


def test_an_old_proxy_that_adds_nothing_is_known_by_its_version(here: str) -> None:
    assert ask(here, "/", version="1.0").status == 403


@pytest.mark.parametrize("method, path", CLOSED)
def test_what_no_page_needs_is_closed(here: str, method: str, path: str) -> None:
    answer = ask(here, path, [("Content-Length", "0")], method)
    assert answer.status in (400, 403, 404, 405), answer
    assert answer.status == 400 or answer.headers["content-security-policy"] == refusals.INERT, "the guard says so"


def test_an_upload_is_not_even_listened_to(here: str) -> None:
    """The server says no at the first of sixty megabytes, for a session that there is."""
    with opened(here) as one:
        one.run("overview")
        path = f"/_stcore/upload_file/{one.session}/a"
        answer = ask(here, path, [("Content-Length", str(60 * 1024 * 1024))], "PUT")
    assert answer.status == 404 and answer.headers["connection"] == "close"


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_message_that_no_page_sends_does_nothing(here: str, place: Path, kind: str) -> None:
    """Clearing the caches, for one, would begin this session anew: its sign-in would be recorded a second time."""
    with opened(here) as one:
        one.run("overview")
        signed_in, noted = _signed_in(place), _noted(place)
        one.line.send(message(kind))
        assert eventually(_noted(place) > noted for _ in range(200)), "the guard does not say so"
        assert "g-brand" in one.run("overview"), "the server is still there"
        assert not {"git_info_changed", "file_urls_response"} & {m.WhichOneof("type") for m in one.messages}
        assert _signed_in(place) == signed_in


def _signed_in(place: Path) -> int:
    file = next((place / "data" / "audit").glob("*.sqlite"))
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as log:
        return int(log.execute("select count(*) from deeds where deed = 'sign_in'").fetchone()[0])


def _noted(place: Path) -> int:
    return (place / "log").read_text(encoding="utf-8").count("was not passed on")


@pytest.mark.parametrize("garbage", [b"", b"\xff" * 40, b"\x0a\xff\xff\xff\xff\x0f", b"\x9a\x01"])
def test_what_is_no_message_ends_nothing(here: str, garbage: bytes) -> None:
    with opened(here) as one:
        one.line.send(garbage)
        assert "g-brand" in one.run("overview")


@pytest.mark.parametrize("path", ["/", "/overview", "/_stcore/health", "/media/none", "/static/none.js"])
def test_every_answer_says_what_a_browser_may_do_with_it(here: str, path: str) -> None:
    said = ask(here, path).headers
    assert said["x-content-type-options"] == "nosniff" and said["referrer-policy"] == "no-referrer"
    assert said["x-frame-options"] == "DENY" and "frame-ancestors 'none'" in said["content-security-policy"]
    assert "access-control-allow-origin" not in said
    assert said["cache-control"] == "no-store" or path.startswith("/static/")


def test_an_address_that_others_can_reach_serves_nobody(place: Path, data_directories: dict[str, Path]) -> None:
    own = place / "reached"
    own.mkdir()
    environment = furnished(own, data_directories["full"], "none")
    with server(own / "log", environment, **{"server.address": "0.0.0.0"}) as address:
        assert ask(address).status == 403 and not is_open(address)
