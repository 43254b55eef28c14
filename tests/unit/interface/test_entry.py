"""Dagster's interface asks for the token that the tree's owner alone can read, at every door it has.
What other web pages can send is tested with the front."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from pipelines.interface.entry import COOKIE, Entry, token
from pipelines.interface.front import Front

HERE = "http://127.0.0.1:3000"


async def said(request: Request) -> Response:
    return PlainTextResponse(f"inside {request.url.path}")


async def line(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def client(home: Path) -> TestClient:
    routes = [Route("/{path:path}", said, methods=["GET", "POST"]), WebSocketRoute("/graphql", line)]
    return TestClient(Front(Entry(Starlette(routes=routes), token(home))), base_url=HERE, follow_redirects=False)


def test_the_token_is_made_once_for_its_owner_alone(home: Path) -> None:
    first = token(home)
    assert len(first) > 40 and token(home) == first
    assert (home / "token").stat().st_mode & 0o777 == 0o600
    (home / "token").write_text("")  # a process was killed before it wrote
    assert len(token(home)) > 40


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}), ("/runs", {}), ("/?token=", {}), ("/?token=wrong", {}), ("/graphql", {"authorization": "Bearer "}),
        ("/", {"authorization": "Bearer wrong"}), ("/", {"cookie": f"{COOKIE}="}), ("/", {"cookie": f"{COOKIE}=wrong"}),
        ("/", {"cookie": "a=b; ="}), ("/", {"cookie": f"{COOKIE}=%C3%A9"}),
        ("/report_asset_materialization/cases", {}),
    ],
)  # fmt: skip
def test_without_the_token_nothing_is_reached(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 401 and "inside" not in answer.text
    posted = client.post(path, headers=headers | {"content-type": "application/json"}, content="{}")
    assert posted.status_code == 401 and "inside" not in posted.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_the_token_in_an_address_is_not_accepted_for_deeds(client: TestClient, home: Path) -> None:
    address = f"/graphql?token={token(home)}"
    assert client.post(address, headers={"content-type": "application/json"}, content="{}").status_code == 401


def test_a_browser_enters_once_and_no_address_keeps_the_token(client: TestClient, home: Path) -> None:
    entered = client.get(f"/runs?token={token(home)}&tab=1")
    assert (entered.status_code, entered.headers["location"]) == (303, "/runs?tab=1")
    assert token(home) not in entered.headers["set-cookie"]
    assert "HttpOnly" in entered.headers["set-cookie"] and "SameSite=Strict" in entered.headers["set-cookie"]
    assert client.get("/runs").text == "inside /runs"
    own = {"host": "127.0.0.1:3000", "origin": HERE, "cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
    with client.websocket_connect("/graphql", headers=own):
        pass
    client.cookies.clear()
    assert client.get("/runs").status_code == 401


def test_a_path_of_two_slashes_leads_to_no_other_host(client: TestClient, home: Path) -> None:
    entered = client.get(f"{HERE}//evil.example/?token={token(home)}")
    assert entered.headers["location"] == "/evil.example/"


def test_a_websocket_without_it_is_not_opened(client: TestClient) -> None:
    own = {"host": "127.0.0.1:3000", "origin": HERE}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/graphql", headers=own):
        raise AssertionError("opened")


def test_a_program_sends_it_in_its_header(client: TestClient, home: Path) -> None:
    assert client.get("/", headers={"authorization": f"Bearer {token(home)}"}).text == "inside /"
