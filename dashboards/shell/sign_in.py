"""The door: who is reading, asked on every run of every page before the page; whoever is not known reads one sentence.
What is to be believed and what a role may do is decided in access; what is recorded of deeds is in deeds.py."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import streamlit as st

from dashboards import snapshot
from dashboards.access import audit, excerpts, identity, readers
from dashboards.access.identity import NotBelievedError
from dashboards.access.readers import LOCAL, AccessFile, NotAllowedError, Reader
from dashboards.access.settings import Settings, SettingsError, refuse_open_door, settings
from dashboards.charts.theme import palette
from dashboards.html import blocks
from dashboards.shell import url_state
from dashboards.shell.navigation import PAGES, script
from dashboards.shell.view import View, is_dark
from dashboards.snapshot import Snapshot
from dashboards.texts import Texts

READER = "door_reader"  # under this name the session keeps who is reading, set anew by every run
TOLD = "door_told"  # what the log has been told of this session: (deed, name, reason)
METADATA = "/.well-known/openid-configuration"
FORWARDED = ("x-forwarded-for", "forwarded")  # a proxy stands before us: others than this machine's users may come
logger = logging.getLogger(__name__)


def enter(t: Texts) -> Reader:
    """The reader, recorded once a session; for anybody else a sentence is said, recorded, and the run is stopped."""
    st.session_state.pop(READER, None)
    try:
        how = settings()
        refuse_open_door(how.way, st.get_option("server.address"))
        if how.way == "none" and any(name in sent() for name in FORWARDED):
            return _closed(t, "proxied")
        reader = _known(t, how)
        _tell("sign_in", reader.name, reader.role, how.way)
    except SettingsError as wrong:
        return _closed(t, "settings", str(wrong))
    except (readers.AccessFileError, ValueError, OSError):
        logger.exception("nobody is let in: the access file or the proxy's secret cannot be used")
        return _closed(t, "settings")
    except audit.AuditError:
        logger.exception("nobody is let in: the audit log cannot be written")
        return _closed(t, "unrecorded")
    st.session_state[READER] = reader
    return reader


def reader() -> Reader:
    """Who this run was let in for. KeyError when nobody was, so that a page cannot run without the door."""
    found = st.session_state[READER]
    assert isinstance(found, Reader)
    return found


def confirm(who: Reader) -> None:
    """NotAllowedError unless the access file still says of a reader what it said when their page was drawn.

    Buttons and downloads act before the page, and with it the door, is run again.
    """
    how = settings()
    if how.way == "none":
        return
    try:
        now = _access_file(how.access_file).reader(who.name, who.groups)
    except (readers.AccessFileError, OSError) as unknown:
        raise NotAllowedError(who.name) from unknown
    if now != who:
        raise NotAllowedError(who.name)


def own(whole: Snapshot, t: Texts) -> Snapshot:
    """What the reader may read of a snapshot: all of it, or a database that holds nothing of other courts."""
    courts = reader().courts
    if courts is None:
        _make_ahead(whole)
        return whole
    try:
        with st.spinner(t("door.preparing")):
            return excerpts.excerpt(whole, courts)
    except excerpts.NoCatalogueError:
        return _closed(t, "no_catalogue")


def _make_ahead(whole: Snapshot) -> None:
    """Where courts come in too, the first of them would wait for what is the same for all: whoever comes makes it."""
    if settings().way != "none" and whole.snapshot_id == snapshot.current_id():
        _made_ahead(whole.snapshot_id)


@lru_cache(maxsize=16)
def _made_ahead(snapshot_id: str) -> None:
    subprocess.Popen(
        [sys.executable, "-m", "dashboards.access.excerpts", snapshot_id],
        cwd=snapshot.REPOSITORY,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def turned_away(t: Texts, page: str) -> NoReturn:
    """In place of a page that is not for the reader's role, however they came to its address; recorded."""
    who = reader()
    try:
        _tell("refused", who.name, who.role, page)
    except audit.AuditError:
        logger.exception("a refusal could not be recorded")
    st.html(blocks.style(palette(is_dark())))
    title = t("door.not_allowed_title", page=t(f"page.{page}"), role=t(f"role.{who.role}"))
    st.html(blocks.headline(title, t("door.not_allowed")))
    first = PAGES[0]
    st.page_link(script(first), label=t("door.go_to", page=t(f"page.{first}")), query_params=url_state.carried())
    st.stop()


def nothing(view: View) -> NoReturn:
    """Stops a page that is about records, for a reader who may see none."""
    _closed(view.t, "no_records_here")


def line(t: Texts) -> None:
    """Who is reading, what they see, and the way out; that nobody signs in, where nobody does."""
    now, how = reader(), settings()
    if now == LOCAL:
        st.html(blocks.mode_notice(t("door.local")))
        return
    role = t(f"role.{now.role}")
    with st.container(horizontal=True, vertical_alignment="center", key="door"):
        st.html(blocks.mode_notice(t("door.signed_in", name=now.name, role=role)), width="content")
        if now.courts is not None:
            st.html(blocks.mode_notice(t("door.own_only" if now.courts else "door.no_records")), width="content")
        if how.way == "oidc":
            st.button(t("door.sign_out"), key="door_sign_out", on_click=st.logout, type="tertiary")


def sent() -> Mapping[str, str]:
    """The headers of the reader's connection, by lower-case name."""
    return {name.lower(): value for name, value in st.context.headers.items()}


def claims() -> Mapping[str, Any]:
    """What the sign-in cookie says, whose signature Streamlit has checked; empty without one."""
    return dict(st.user.to_dict())


def _known(t: Texts, how: Settings) -> Reader:
    if how.way == "none":
        return LOCAL
    try:
        who = _oidc() if how.way == "oidc" else _proxy(how)
    except NotBelievedError as doubt:
        return _not_believed(t, how, doubt.reason)
    found = _access_file(how.access_file).reader(who.name, who.groups)
    if found is None:
        _tell("refused", who.name, "", "unknown")
        return _closed(t, "unknown", name=who.name, way=how.way)
    return found


def _oidc() -> identity.Identity:
    said = st.secrets["auth"]
    issuer = said.get("issuer") or str(said["server_metadata_url"]).removesuffix(METADATA)
    return identity.of_claims(claims(), str(issuer), str(said["client_id"]), time.time())


def _proxy(how: Settings) -> identity.Identity:
    return identity.of_headers(sent(), how.proxy_name, identity.secret_of(how.secret_file))


def _not_believed(t: Texts, how: Settings, reason: str) -> NoReturn:
    """Whoever has not signed in yet, or long ago, is asked to; anything else is a refusal."""
    is_new = how.way == "oidc" and reason == "missing"
    if not is_new:
        _tell("refused", str(claims().get("sub", "")) if how.way == "oidc" else "", "", reason)
    if how.way == "oidc" and reason in ("missing", "expired"):
        _say(t, "sign_in" if is_new else "expired")
        st.button(t("door.sign_in"), key="door_sign_in", on_click=st.login, type="primary")
        st.stop()
    _closed(t, "not_believed", way=how.way)


def _tell(deed: str, name: str, role: str, what: str) -> None:
    """Records it once a session; AuditError when it cannot be, and then it is tried again on the next run."""
    told: set[tuple[str, ...]] = st.session_state.setdefault(TOLD, set())
    if (deed, name, role, what) not in told:
        audit.record(name, role, deed, what)
        told.add((deed, name, role, what))


def _access_file(file: Path) -> AccessFile:
    """Read anew whenever the file changed in any way, its permissions included."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return readers.read(file)
    return _read(file, (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino))


@lru_cache(maxsize=4)
def _read(file: Path, state: tuple[int, ...]) -> AccessFile:
    return readers.read(file)


def _say(t: Texts, phrase: str, detail: str = "", **said: str) -> None:
    st.html(blocks.style(palette(is_dark())))
    st.html(blocks.headline(t(f"door.{phrase}_title"), detail or t(f"door.{phrase}", **said)))


def _closed(t: Texts, phrase: str, detail: str = "", way: str = "", **said: str) -> NoReturn:
    _say(t, phrase, detail, **said)
    if way == "oidc":
        st.button(t("door.sign_out"), key="door_sign_out", on_click=st.logout)
    st.stop()
