"""What other web pages can ask of Dagster's web server, tried at Dagster's own application behind the wall and without.
Ending what the command starts is tested with the commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from dagster import AssetKey, AssetMaterialization, DagsterInstance, __version__
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import EmptyWorkspaceTarget
from dagster_webserver.app import create_app_from_workspace_process_context
from starlette.testclient import TestClient
from starlette.types import ASGIApp
from starlette.websockets import WebSocketDisconnect

from pipelines.interface.front import Front, refusal

HERE = "http://127.0.0.1:3000"
WIPE = 'mutation { wipeAssets(assetPartitionRanges: [{assetKey: {path: ["cases"]}}]) { __typename } }'
BY_ADDRESS = f"/graphql?query={quote(WIPE)}"
AS_JSON = {"content-type": "application/json"}
ASKED = json.dumps({"query": WIPE})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DagsterInstance]:
    place = tmp_path_factory.mktemp("dagster")
    (place / "dagster.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DAGSTER_HOME", str(place))
        with DagsterInstance.get() as made:
            yield made


@pytest.fixture(scope="module")
def dagster(home: DagsterInstance) -> Iterator[ASGIApp]:
    """Dagster's application as its own command serves it."""
    with WorkspaceProcessContext(home, EmptyWorkspaceTarget(), version=__version__) as context:
        yield create_app_from_workspace_process_context(context)


@pytest.fixture
def instance(home: DagsterInstance) -> DagsterInstance:
    """An instance that remembers one asset, which a page of somebody's wants wiped."""
    home.report_runless_asset_event(AssetMaterialization("cases"))
    return home


@pytest.fixture
def front(dagster: ASGIApp) -> TestClient:
    return TestClient(Front(dagster), base_url=HERE)


def is_wiped(instance: DagsterInstance) -> bool:
    return not instance.has_asset_key(AssetKey("cases"))


def test_without_the_wall_any_web_page_wipes_an_asset(dagster: ASGIApp, instance: DagsterInstance) -> None:
    """If Dagster learns to refuse this by itself, the wall may go."""
    foreign = {"origin": "http://evil.example", "accept": "*/*"}
    assert TestClient(dagster, base_url=HERE).get(BY_ADDRESS, headers=foreign).status_code == 200
    assert is_wiped(instance)


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("GET", BY_ADDRESS, {}, "", 405),
        ("GET", BY_ADDRESS, {"origin": "http://evil.example"}, "", 403),
        ("GET", BY_ADDRESS, {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, "", 403),
        ("GET", BY_ADDRESS.replace("/graphql", "/graphql/"), {}, "", 405),
        ("GET", BY_ADDRESS.replace("/graphql", "/%67raphql"), {}, "", 405),
        ("HEAD", BY_ADDRESS, {}, "", 405),
        ("POST", BY_ADDRESS, {}, "", 415),
        ("POST", BY_ADDRESS, {"content-type": "text/plain"}, "", 415),
        ("POST", "/graphql", {"content-type": "text/plain"}, ASKED, 415),
        ("POST", "/graphql", {"content-type": "text/plain; application/json"}, ASKED, 415),
        ("POST", "/graphql", {"content-type": "application/graphql"}, WIPE, 415),
        ("POST", "/graphql", {"content-type": "application/x-www-form-urlencoded"}, f"query={quote(WIPE)}", 415),
        ("POST", "/graphql", AS_JSON | {"origin": "http://evil.example"}, ASKED, 403),
        ("POST", "/graphql", AS_JSON | {"origin": "http://localhost:8501"}, ASKED, 403),
        ("POST", "/graphql", AS_JSON | {"origin": "http://127.0.0.1:8501"}, ASKED, 403),
        ("POST", "/graphql", AS_JSON | {"origin": "https://127.0.0.1:3000"}, ASKED, 403),
        ("POST", "/graphql", AS_JSON | {"origin": "null"}, ASKED, 403),
        ("POST", "/graphql", AS_JSON | {"sec-fetch-site": "same-site"}, ASKED, 403),
        ("POST", "/graphql", AS_JSON | {"host": "evil.example"}, ASKED, 421),
        ("POST", "/graphql", AS_JSON | {"host": "evil.example:3000", "origin": "http://evil.example:3000"}, ASKED, 421),
        ("POST", "/graphql", AS_JSON | {"host": "127.0.0.1.evil.example"}, ASKED, 421),
        ("POST", "/graphql", AS_JSON | {"host": "localhost@evil.example"}, ASKED, 421),
        ("POST", "/graphql", AS_JSON | {"x-forwarded-for": "10.1.2.3"}, ASKED, 403),
        ("POST", "/graphql", AS_JSON | {"via": "1.1 gate"}, ASKED, 403),
        ("PUT", "/graphql", AS_JSON, ASKED, 405),
        ("DELETE", "/runs", {}, "", 405),
        ("OPTIONS", "/graphql", {"access-control-request-method": "POST"}, "", 405),
        ("POST", "/report_asset_materialization/cases", {"content-type": "text/plain"}, "{}", 415),
        ("GET", "/", {"host": "evil.example"}, "", 421),
        ("GET", "/", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, "", 403),
    ],
)  # fmt: skip
def test_nothing_that_another_page_can_send_does_anything(
    front: TestClient,
    instance: DagsterInstance,
    method: str,
    path: str,
    headers: dict[str, str],
    body: str,
    status: int,
) -> None:
    answer = front.request(method, path, headers=headers, content=body)
    assert answer.status_code == status
    assert method == "HEAD" or " | " in answer.text, "it is the wall that says so"
    assert not is_wiped(instance)


def test_two_hosts_or_two_kinds_are_none(front: TestClient, instance: DagsterInstance) -> None:
    kinds = [("content-type", "text/plain"), ("content-type", "application/json")]
    assert front.post("/graphql", headers=kinds, content=ASKED).status_code == 415
    hosts = [("host", "127.0.0.1:3000"), ("host", "evil.example"), *AS_JSON.items()]
    assert front.post("/graphql", headers=hosts, content=ASKED).status_code == 421
    assert not is_wiped(instance)


def test_a_websocket_of_another_page_is_not_opened(front: TestClient) -> None:
    own = {"host": HERE.removeprefix("http://")}
    for origin in ("http://evil.example", "http://127.0.0.1:8501", "null"):
        with (
            pytest.raises(WebSocketDisconnect),
            front.websocket_connect("/graphql", subprotocols=["graphql-ws"], headers=own | {"origin": origin}),
        ):
            raise AssertionError(f"opened for {origin}")
    with front.websocket_connect("/graphql", subprotocols=["graphql-ws"], headers=own | {"origin": HERE}) as line:
        line.send_json({"type": "connection_init"})
        assert line.receive_json() == {"type": "connection_ack"}


@pytest.mark.parametrize("host", ["127.0.0.1:3000", "localhost:3000", "[::1]:3000", "localhost"])
def test_dagsters_own_pages_ask_and_do(front: TestClient, instance: DagsterInstance, host: str) -> None:
    own = {"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
    page = front.get("/", headers={"host": host})
    assert page.status_code == 200 and "Dagster" in page.text
    assert page.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert front.post("/graphql", headers=own | AS_JSON, content=ASKED).status_code == 200
    assert is_wiped(instance)


def test_an_old_proxy_that_adds_nothing_is_known_by_its_version() -> None:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"localhost:3000")]}
    assert refusal({**scope, "http_version": "1.0"}) == "proxied"
    assert refusal({**scope, "http_version": "1.1"}) == ""


def test_a_link_from_another_site_opens_a_page(front: TestClient) -> None:
    sent = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert front.get("/runs", headers=sent).status_code == 200
