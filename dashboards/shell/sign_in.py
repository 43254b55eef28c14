"""The door: who is reading, asked on every run of every page before the page; whoever is not known reads one sentence.
What is to be believed and what a role may do is decided in access; what is recorded of deeds is in deeds.py."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

import streamlit as st

from dashboards import snapshot
from dashboards.access import audit, excerpts, readers
from dashboards.access.admission import Provider, RefusedError, admitted
from dashboards.access.readers import LOCAL, NotAllowedError, Reader
from dashboards.access.settings import Settings, SettingsError, refuse_open_door, settings
from dashboards.charts.theme import palette
from dashboards.markup import blocks
from dashboards.shell import url_state
from dashboards.shell.navigation import PAGES, script
from dashboards.shell.streamlit_server import StreamlitServer
from dashboards.shell.view import View, is_dark
from dashboards.snapshot import Snapshot
from dashboards.texts import Texts

READER = "door_reader"  # under this name the session keeps who is reading, set anew by every run
WHOSE = "door_whose"  # and who was last let in, whose the rest of what the session keeps is
TOLD = "door_told"  # what the log has been told of this session: (deed, name, reason)
logger = logging.getLogger(__name__)


def enter(t: Texts) -> Reader:
    """The reader, recorded once a session; for anybody else a sentence is said, recorded, and the run is stopped."""
    st.session_state.pop(READER, None)
    try:
        how = settings()
        refuse_open_door(how.way, st.get_option("server.address"))
        reader = _known(t, how)
        if st.session_state.get(WHOSE, reader) != reader:
            st.session_state.clear()  # answers to who they were
        st.session_state[WHOSE] = reader
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
        now = readers.current(how.access_file).reader(who.name, who.groups)
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


def sent() -> list[tuple[str, str]]:
    """The headers of the reader's connection, by lower-case name; one that was sent twice stands twice."""
    headers = st.context.headers
    return [(name.lower(), value) for name in dict.fromkeys(headers) for value in headers.get_all(name)]


def claims() -> Mapping[str, Any]:
    """What the sign-in cookie says, whose signature Streamlit has checked; empty without one."""
    return dict(st.user.to_dict())


def provider() -> Provider | None:
    """Whose tokens are taken here."""
    return StreamlitServer().provider()


def _known(t: Texts, how: Settings) -> Reader:
    is_oidc = how.way == "oidc"
    try:
        return admitted(how, sent(), claims() if is_oidc else {}, provider() if is_oidc else None)
    except RefusedError as refused:
        if refused.reason == "proxied":
            return _closed(t, "proxied")
        if refused.reason == "unknown":
            _tell("refused", refused.name, "", "unknown")
            return _closed(t, "unknown", name=refused.name, way=how.way)
        return _not_believed(t, how, refused)


def _not_believed(t: Texts, how: Settings, refused: RefusedError) -> NoReturn:
    """Whoever has not signed in yet, or long ago, is asked to; anything else is a refusal."""
    reason = refused.reason
    is_new = how.way == "oidc" and reason == "missing"
    if not is_new:
        _tell("refused", refused.name, "", reason)
    if reason == "unreadable":
        _closed(t, "unreadable", way=how.way, why=refused.why)
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


def _say(t: Texts, phrase: str, detail: str = "", **said: str) -> None:
    st.html(blocks.style(palette(is_dark())))
    st.html(blocks.headline(t(f"door.{phrase}_title"), detail or t(f"door.{phrase}", **said)))


def _closed(t: Texts, phrase: str, detail: str = "", way: str = "", **said: str) -> NoReturn:
    _say(t, phrase, detail, **said)
    if way == "oidc":
        st.button(t("door.sign_out"), key="door_sign_out", on_click=st.logout)
    st.stop()
