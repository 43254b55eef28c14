"""What the guard has to know of Streamlit: its settings, its sign-in cookie, and the messages of its websocket.
Nobody is let in or kept out here; that is decided in access."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.requests import cookie_parser
from streamlit import auth_util, config, file_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette import starlette_app_utils, starlette_server_config

from dashboards.access.admission import Provider
from dashboards.access.connections import Told
from dashboards.access.origins import HERE, Places
from dashboards.access.settings import Settings, SettingsError, refuse_open_door, settings

METADATA = "/.well-known/openid-configuration"
LOGIN = "/auth/login"
# What pages send: to be run again, to stop, to show that they are there, and to be given a file or more rows. The rest
# of what Streamlit understands clears the caches of all readers, tells of its repository, and installs things.
ASKED = frozenset({"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request"})
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
NOBODYS = "0"  # a download that does not exist, for which Streamlit answers that it cannot be made


class StreamlitServer:
    """A `Server` in the words of access.connections."""

    @property
    def base(self) -> str:
        path = str(config.get_option("server.baseUrlPath") or "").strip("/")
        return f"/{path}" if path else ""

    def places(self, how: Settings) -> Places:
        address = config.get_option("server.address")
        refuse_open_door(how.way, address)
        return places(how.way, address, _public_name(), self._redirect() if how.way == "oidc" else "")

    def claims(self, sent: list[tuple[str, str]]) -> Mapping[str, Any]:
        """Of the cookie that Streamlit makes when the provider sends a reader back."""
        cookies = cookie_parser("; ".join(value for name, value in sent if name == "cookie"))
        secret = get_cookie_secret()

        def one(name: str) -> bytes | None:
            said = cookies.get(name)
            return starlette_app_utils.decode_signed_value(secret, name, said) if said else None

        kept = auth_util.get_cookie_with_chunks(one, starlette_server_config.USER_COOKIE_NAME)
        try:
            claims = json.loads(kept) if kept else {}
        except ValueError:
            return {}
        return claims if isinstance(claims, dict) else {}

    def provider(self) -> Provider | None:
        said = st.secrets.get("auth")
        if not said:
            return None
        issuer = said.get("issuer") or str(said["server_metadata_url"]).removesuffix(METADATA)
        return Provider(str(issuer), str(said["client_id"]))

    def sign_in_address(self) -> str:
        return f"{self.base}{LOGIN}?provider={auth_util.encode_provider_token('default')}"

    def policy(self, host: str) -> str:
        return policy(host)

    def told(self, message: bytes) -> Told:
        return told(message)

    def asked(self, message: bytes, may: Callable[[str], bool], sends: bool) -> bytes | None:
        return asked(message, may, sends)

    def reload(self) -> bytes:
        message = ForwardMsg()
        message.auth_redirect.url = f"{self.base}/"
        return message.SerializeToString()

    def _redirect(self) -> str:
        said = st.secrets.get("auth") or {}
        return str(said.get("redirect_uri", ""))


def places(way: str, address: str | None, public: str, redirect: str) -> Places:
    """Where requests may come from: the address the server listens at, and the names under which readers know it."""
    port = config.get_option("browser.serverPort") if config.is_manually_set("browser.serverPort") else None
    at, back = urlsplit(f"//{public}" if "//" not in public else public), urlsplit(redirect)
    known = (address,) if way == "none" else (address, at.hostname, back.hostname)
    named = {name.lower() for name in known if name and name not in ("0.0.0.0", "::")}
    origins = {f"{back.scheme}://{back.netloc}".lower()} if back.netloc else set()
    if at.hostname and way != "none":
        origins.add(f"https://{at.hostname}:{port}" if port and port != 443 else f"https://{at.hostname}")
    hosts = {f"[{name}]" if ":" in name else name for name in named}
    return Places(frozenset(hosts) | HERE, frozenset(origins), is_direct=way == "none")


def allow_hosts() -> None:
    """Streamlit's own list of hosts, a second wall; where settings are wrong, the file's list of this machine stays."""
    try:
        hosts = StreamlitServer().places(settings()).hosts
    except (SettingsError, OSError):
        return
    config.set_option("server.allowedHosts", sorted(host.strip("[]") for host in hosts))


def _public_name() -> str:
    """The name under which browsers reach the dashboards, if an administrator has said one."""
    return str(config.get_option("browser.serverAddress")) if config.is_manually_set("browser.serverAddress") else ""


@lru_cache(maxsize=64)
def policy(host: str) -> str:
    """The pages' own server and nothing else: no script, picture, font or connection of anybody's.

    Streamlit writes styles into its pages and makes the scripts of small components from text, hence 'unsafe-inline'
    for styles and blob: for scripts.
    """
    inline = " ".join(f"'sha256-{digest}'" for digest in _inline_scripts())
    return (
        f"default-src 'none'; script-src 'self' blob: {inline}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; "
        "media-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self'; frame-src 'none'; object-src 'none'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@lru_cache(maxsize=1)
def _inline_scripts() -> tuple[str, ...]:
    """Digests of the scripts that stand in Streamlit's own page."""
    text = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.S)
    return tuple(base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)


def told(message: bytes) -> Told:
    """Downloads, files and the session in a message to the browser: by these names it can ask for them."""
    said = ForwardMsg.FromString(message)
    kind = said.WhichOneof("type")
    if kind == "delta" and said.delta.WhichOneof("type") == "new_element":
        button, pictures = said.delta.new_element.download_button, said.delta.new_element.imgs.imgs
        found = [button.deferred_file_id, _file(button.url), *(_file(picture.url) for picture in pictures)]
    elif kind == "new_session":
        found = [said.new_session.initialize.session_id]
    elif kind == "backend_operation_response":
        found = [_file(said.backend_operation_response.deferred_file.url)]
    else:
        found = []
    return Told([name for name in found if name], is_farewell=kind == "auth_redirect")


def _file(url: str) -> str:
    return url.rpartition("/")[2].partition(".")[0] if "/media/" in url else ""


def asked(message: bytes, may: Callable[[str], bool], sends: bool = False) -> bytes | None:
    """The message if a page sends such ones; a download that the reader was not told of becomes nobody's.

    Where to send a file to is told only to who `sends` any.
    """
    said = BackMsg()
    try:
        said.ParseFromString(message)
    except DecodeError:
        return None
    kind = said.WhichOneof("type")
    if kind == "file_urls_request":
        return message if sends else None
    if kind not in ASKED:
        return None
    if kind != "backend_operation_request":
        return message
    wanted = said.backend_operation_request.WhichOneof("payload")
    if wanted not in OPERATIONS:
        return None
    if wanted == "deferred_file" and not may(said.backend_operation_request.deferred_file.file_id):
        said.backend_operation_request.deferred_file.file_id = NOBODYS
        return said.SerializeToString()
    return message
