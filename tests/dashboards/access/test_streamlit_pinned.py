"""What the guard relies on in Streamlit, said name by name: a release that changes it is seen here before it is used.
What the guard does with it is tried at real servers in the other modules."""

from __future__ import annotations

import ast
import inspect
import os
import socket
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit import auth_util, config, file_util
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server import server_util
from streamlit.web.server.app_discovery import discover_asgi_app
from streamlit.web.server.starlette import starlette_app, starlette_app_utils, starlette_server_config

from dashboards.access.guard import place
from dashboards.shell import streamlit_server
from tests.architecture.repository import ROOT, sources
from tests.dashboards.access.attempts import cookie, is_open
from tests.dashboards.access.conftest import furnished, headers
from tests.dashboards.access.test_guard_sign_in import SECRETS
from tests.dashboards.served import APP, free_port, server

CHANGED = "Streamlit has changed: read what is new, decide what the guard does with it, and say so here. "
CALLS = {
    auth_util.encode_provider_token: ["provider"],
    auth_util.get_cookie_with_chunks: ["get_single_cookie_fn", "cookie_name"],
    starlette_app_utils.decode_signed_value: ["secret", "name", "value", "max_age_days"],
    server_util.get_cookie_secret: [],
    file_util.get_static_dir: [],
}
OPTIONS = {"server.allowedHosts", "server.address", "server.maxUploadSize", "server.maxWidgetStateSize",
           "server.baseUrlPath", "server.enableAgentApi", "client.disableDataExport", "logger.hideWelcomeMessage",
           "browser.serverAddress", "browser.serverPort"}  # fmt: skip
ASKED = {"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request", "clear_cache", "set_run_on_save",
         "load_git_info", "debug_disconnect_websocket", "debug_shutdown_runtime", "file_urls_request"}  # fmt: skip
OPERATIONS = {"deferred_file", "dataframe_chunk", "install_skills", "dismiss_skills_nudge"}
TOLD = {"new_session", "delta", "page_info_changed", "page_config_changed", "script_finished", "git_info_changed",
        "page_profile", "session_status_changed", "session_event", "navigation", "page_not_found", "file_urls_response",
        "auto_rerun", "stop_auto_rerun", "logo", "auth_redirect", "parent_message", "ref_hash", "heartbeat_ack",
        "backend_operation_response"}  # fmt: skip
ROUTES = {
    "/_stcore/health": "open", "/_stcore/metrics": "closed", "/_stcore/host-config": "own",
    "/media/{file_id:path}": "media", "/_stcore/upload_file/{session_id}/{file_id}": "upload",
    "/component/{path:path}": "own", "/_stcore/bidi-components/{path:path}": "own",
    "/_stcore/stream": "stream", "/auth/login": "provided",
    "/auth/logout": "provided", "/oauth2callback": "provided", "/_stcore/agent/interact": "closed",
    "/_stcore/agent/openapi.json": "closed", "/_stcore/agent/mcp": "closed", "": "page",
}  # fmt: skip


def test_the_calls_and_options_are_there() -> None:
    for call, parameters in CALLS.items():
        assert list(inspect.signature(call).parameters) == parameters, f"{CHANGED}{call.__module__}.{call.__name__}"
    missing = {name for name in OPTIONS if name not in config.get_config_options()}
    assert not missing, f"{CHANGED}options that are gone: {missing}"
    assert starlette_server_config.USER_COOKIE_NAME == "_streamlit_user", CHANGED


def test_the_messages_are_those_that_were_read() -> None:
    kinds = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert kinds == ASKED, f"{CHANGED}messages of browsers: {kinds ^ ASKED}"
    payloads = {field.name for field in BackendOperationRequest.DESCRIPTOR.oneofs_by_name["payload"].fields}
    assert payloads == OPERATIONS, f"{CHANGED}operations: {payloads ^ OPERATIONS}"
    told = {field.name for field in ForwardMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert told == TOLD, f"{CHANGED}messages to browsers: {told ^ TOLD}"
    message = ForwardMsg()
    assert {"url", "deferred_file_id"} <= set(message.delta.new_element.download_button.DESCRIPTOR.fields_by_name), (
        CHANGED
    )
    assert streamlit_server.ASKED < ASKED and streamlit_server.OPERATIONS < OPERATIONS


def test_every_address_of_the_server_has_a_place() -> None:
    class Empty:
        """Of the runtime the routes are made for, only that it has these parts is looked at here."""

        def __getattr__(self, _: str) -> Empty:
            return self

        def registered_families(self) -> list[str]:
            return []

    paths = {str(getattr(route, "path", "")) for route in starlette_app.create_streamlit_routes(Empty())}  # type: ignore[arg-type]  # its parts are never asked
    assert paths == set(ROUTES), f"{CHANGED}addresses: {paths ^ set(ROUTES)}"
    assert {path: place(path or "/") for path in ROUTES} == ROUTES


def test_however_the_pages_are_started_the_guard_stands_before_them() -> None:
    found = discover_asgi_app(APP)
    assert found.is_asgi_app and found.import_string == "streamlit_app:app", CHANGED


@pytest.mark.parametrize("address, is_served", [("127.0.0.1", True), ("enforcement.court.example", False)])
def test_streamlits_own_list_of_hosts_stands_behind_the_guard(
    monkeypatch: pytest.MonkeyPatch, address: str, is_served: bool
) -> None:
    here = ["127.0.0.1", "::1", "localhost"]
    for name in [name for name in os.environ if name.startswith("ENFORCEMENT_")]:
        monkeypatch.delenv(name)
    said: dict[str, object] = {"server.address": address}
    monkeypatch.setattr(streamlit_server.config, "get_option", said.get)
    monkeypatch.setattr(streamlit_server.config, "set_option", said.__setitem__)
    streamlit_server.allow_hosts()
    # An address that others can reach serves nobody without a sign-in: there the file's own list stays.
    assert said.get("server.allowedHosts") == (here if is_served else None)
    file = tomllib.loads((ROOT / "dashboards" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert sorted(file["server"]["allowedHosts"]) == here


def test_nothing_private_of_streamlit_is_used() -> None:
    used = []
    for source in sources("dashboards/"):
        tree = ast.parse((ROOT / source.path).read_text(encoding="utf-8"))
        ours = {
            (name.asname or name.name).split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, (ast.Import, ast.ImportFrom))
            and str(getattr(node, "module", None) or node.names[0].name).startswith("streamlit")
            for name in node.names
        }
        used += [
            f"{source.path}:{node.lineno} {ast.unparse(node)}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__")
            and ast.unparse(node).split(".")[0] in ours
        ]  # fmt: skip
        used += [f"{source.path}: {name}" for name in source.imports if name.startswith("streamlit") and "._" in name]
    assert used == []


@contextmanager
def internet() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy in place of the internet, and what it is asked for."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as trap:

        def listen() -> None:
            while True:
                try:
                    line, _ = trap.accept()
                except OSError:
                    return
                with line:
                    asked.append(line.recv(4096))

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{trap.getsockname()[1]}", asked


@pytest.mark.parametrize("way", ["proxy", "oidc"])
def test_nothing_is_looked_for_on_the_internet(tmp_path: Path, data_directories: dict[str, Path], way: str) -> None:
    """Listening at every address, before the first page, with browsers from elsewhere: Streamlit asks for its own."""
    environment, port = furnished(tmp_path, data_directories["full"], way), free_port()
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, secret="s" * 40, client="a", issuer="https://a.example"))
    options = {"server.address": "0.0.0.0", "secrets.files": str(secrets)}
    by = [*headers("bureau").items(), cookie("s" * 40, {"is_logged_in": True})]
    with internet() as (proxy, asked):
        others = {"http_proxy": proxy, "https_proxy": proxy, "HTTP_PROXY": proxy, "no_proxy": "127.0.0.1"}
        with server(tmp_path / "log", environment | others, port, **options) as address:
            for origin in ("https://evil.example", "http://localhost:1", "null", address):
                is_open(address, by, origin)
    assert asked == []
