"""The bar on top, the same on every page: navigation, language, month, window, peer group, snapshot badge.
What a page chooses beyond that, it chooses itself."""

from __future__ import annotations

from functools import partial
from typing import NoReturn

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards import formats, snapshot
from dashboards.charts.theme import palette
from dashboards.markup import blocks
from dashboards.month import Month
from dashboards.plain import plain
from dashboards.queries import dimensions, modes
from dashboards.queries import windows as windows_asked
from dashboards.rows import records
from dashboards.shell import browser, sign_in, unread, url_state
from dashboards.shell.cached_queries import ask, by_code
from dashboards.shell.choice import Choice
from dashboards.shell.data import Data
from dashboards.shell.names import Names
from dashboards.shell.navigation import GROUPS, HERE, WALL, is_open, script
from dashboards.shell.view import View, is_dark
from dashboards.snapshot import Snapshot
from dashboards.texts import LANGUAGES, Texts, texts

DEFAULT_PEER = "basic"
FLAT = "boards"  # the group whose pages are always in sight
GONE = "snapshot_gone"  # under this name the session keeps a snapshot that was asked for and is not kept
SEARCHED = "search_words"  # under this name the session keeps what was entered in the search box
ROTATE = "20"  # seconds a wall screen stays, until the address says otherwise
NARROW, WIDE = 132, 210  # pixels


def language() -> Texts:
    """The language the URL names; Chinese if it names none."""
    said = st.query_params.get("lang", "zh")
    return texts(said if said in LANGUAGES else "zh")


def open_page() -> View:
    """Draws the bar and returns what was chosen; stops with a sentence when there is nothing to show."""
    t = language()
    st.html(blocks.style(palette(is_dark())))
    source = _snapshot(t)
    slot = _navigation(t)
    sign_in.line(t)
    if source is None:
        return _stop(t, "empty.no_snapshot")
    if not _has_rows(source):
        return _stop(t, "empty.no_rows")
    view = _chosen(t, source)
    with slot:
        unread.bell(view)
        _badge(view)
    unread.acts(view)
    _gone(t, source)
    _newer(t, source)
    browser.watch(t)
    return view


def open_wall() -> View:
    """The view the URL names, for the wall screen: nothing is drawn, and nothing can be chosen."""
    t = language()
    st.html(blocks.style(palette(is_dark())))
    source = _snapshot(t)
    if source is None:
        return _stop(t, "empty.no_snapshot")
    if not _has_rows(source):
        return _stop(t, "empty.no_rows")
    on = _options(source)
    province = url_state.current("province", on["province"], on["province"][0], is_silent=True)
    months = _months(source, province)
    month = Month.parse(url_state.current("month", months, months[0]))
    known, in_force = _modes(source, month)
    choice = Choice(
        province,
        month,
        url_state.current("window", on["window"], _default_window(source)),
        url_state.current("peer", on["peer"], _default_peer(on["peer"])),
        url_state.current("mode", known.index.tolist(), in_force, is_silent=True),
    )
    return _view(t, source, choice)


def _has_rows(source: Snapshot) -> bool:
    queries = (dimensions.courts, dimensions.peer_groups)
    return all(len(ask(source, query)) for query in queries) and bool(_delivering(source))


def _delivering(source: Snapshot) -> list[str]:
    """The provinces of which there are months."""
    provinces = sorted(ask(source, dimensions.courts)["province_code"].dropna().unique().tolist())
    return [province for province in provinces if _months(source, province)]


def _months(source: Snapshot, province: str) -> list[str]:
    """The province's own months, newest first: another may be ahead of it."""
    return [str(month) for month in ask(source, dimensions.months, province)["month"]]


def _options(source: Snapshot) -> dict[str, list[str]]:
    """What can be chosen on the bar, as the address writes it."""
    return {
        "province": _delivering(source),
        "window": ask(source, dimensions.windows)["window_code"].tolist(),
        "peer": ask(source, dimensions.peer_groups)["peer_group"].tolist(),
    }


def _default_window(source: Snapshot) -> str:
    return source.default_window or windows_asked.DEFAULT


def _default_peer(groups: list[str]) -> str:
    return DEFAULT_PEER if DEFAULT_PEER in groups else groups[0]


def _view(t: Texts, source: Snapshot, choice: Choice, more: DeltaGenerator | None = None) -> View:
    data = Data(source, sign_in.reader(), choice)
    return View(choice, data, Names(t.of(data.region), data), palette(is_dark()), more)


def _chosen(t: Texts, source: Snapshot) -> View:
    """The bar's own row: province if there are several, month, window, peer group, and room for the page's choices."""
    on = _options(source)
    windows, groups = (
        by_code(source, query, key)
        for query, key in ((dimensions.windows, "window_code"), (dimensions.peer_groups, "peer_group"))
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar"):
        province = on["province"][0]
        if len(on["province"]) > 1:
            province = url_state.choose(
                "province", t("bar.province"), on["province"], province, partial(_province, t, source), NARROW
            )
        months = _months(source, province)
        month = Month.parse(url_state.choose("month", t("bar.month"), months, months[0], partial(_month, t), NARROW))
        window = url_state.choose(
            "window", t("bar.window"), on["window"], _default_window(source), lambda code: t.name(windows[code]), WIDE
        )
        peer = url_state.choose(
            "peer", t("bar.peer"), on["peer"], _default_peer(on["peer"]), lambda code: t.name(groups[code]), WIDE
        )
        mode = _mode(t, source, month)
        more = st.container(horizontal=True, vertical_alignment="bottom", width="content")
    return _view(t, source, Choice(province, month, window, peer, mode), more)


def _province(t: Texts, source: Snapshot, code: str) -> str:
    """What the installation calls a province, or its court above the others, or the code."""
    if said := source.called("name", code, t.lang):
        return said
    courts = ask(source, dimensions.courts)
    above = courts[(courts["province_code"] == code) & courts["parent_court_code"].isna()]
    return t.name(records(above)[0], "short_name") if len(above) else code


def _month(t: Texts, month: str) -> str:
    return formats.month(Month.parse(month), t.lang)


def _mode(t: Texts, source: Snapshot, month: Month) -> str:
    """Rank or interval mode; unless the reader says otherwise, the one in force in the month shown."""
    known, in_force = _modes(source, month)
    codes = known.index.tolist()
    return url_state.choose(
        "mode", t("bar.mode"), codes, in_force, lambda code: t.name(known.loc[code]), NARROW, is_silent=True
    )


def _modes(source: Snapshot, month: Month) -> tuple[pd.DataFrame, str]:
    """The modes by code, and the code of the one in force in the month."""
    known = ask(source, modes.modes).set_index("mode_code")
    found = ask(source, modes.mode_in_force, month)["mode_code"].tolist() or known.index.tolist()
    return known, str(found[0])


def _navigation(t: Texts) -> DeltaGenerator:
    """Brand, pages, language; returns the place for the snapshot badge."""
    here = st.session_state.get(HERE, "")
    with st.container(horizontal=True, vertical_alignment="center", key="nav", gap="small"):
        st.html(f'<div class="g-brand">{t("app.title")}</div>', width="content")
        for group, every in GROUPS.items():
            pages = tuple(page for page in every if is_open(page, sign_in.reader()))
            if group == FLAT:
                _links(t, pages, here)
            elif pages:
                _group(t, group, pages, here)
        st.space("stretch")
        slot = st.container(horizontal=True, vertical_alignment="center", width="content")
        _search(t)
        with st.container(key="link_wall", width="content"):
            kept = url_state.carried(wall="1", rotate=ROTATE)
            st.page_link(script(WALL), label=t("wall.link"), help=t("wall.link_help"), query_params=kept)
        url_state.choose("lang", t("bar.language"), LANGUAGES, "zh", lambda code: {"zh": "中文", "en": "English"}[code])
    return slot


def _search(t: Texts) -> None:
    """The box that leads to the search page; what was entered before the page ran is taken there."""
    if words := str(st.session_state.pop(SEARCHED, "")).strip():
        st.switch_page(script("search"), query_params=url_state.carried(q=words))
    st.text_input(
        t("search.box"),
        key="search_box",
        width=NARROW,
        placeholder=t("search.hint"),
        label_visibility="collapsed",
        on_change=lambda: st.session_state.update({SEARCHED: st.session_state.search_box, "search_box": ""}),
    )


def _group(t: Texts, group: str, pages: tuple[str, ...], here: str) -> None:
    """A group's name, opening on its pages; the page one is on stands in its place."""
    label, key = t(f"group.{group}"), f"group_{group}"
    if here in pages:
        label, key = t(f"page.{here}"), f"{key}_here"
    with st.popover(label, key=key, type="tertiary"):
        _links(t, pages, here)


def _links(t: Texts, pages: tuple[str, ...], here: str) -> None:
    for page in pages:
        with st.container(key=f"link_{page}{'_here' if page == here else ''}", width="content"):
            st.page_link(script(page), label=t(f"page.{page}"), query_params=url_state.carried())


def _snapshot(t: Texts) -> Snapshot | None:
    """What the reader may read of the snapshot the URL names while it is kept, else of the current one.

    The URL then names it.
    """
    said = st.query_params.get("snapshot")
    found = snapshot.find(said) or snapshot.find(snapshot.current_id())
    if found is not None:
        st.query_params["snapshot"] = found.snapshot_id
    if said and snapshot.SNAPSHOT_ID.fullmatch(said) and snapshot.find(said) is None:
        st.session_state[GONE] = said
    return None if found is None else sign_in.own(found, t)


def _gone(t: Texts, source: Snapshot) -> None:
    """Says that the link meant other figures, when those are no longer kept; and that the current ones are damaged."""
    if snapshot.stands_in(source):
        st.html(blocks.notice(t("newer.damaged", shown=source.snapshot_id)))
    said = st.session_state.get(GONE)
    if said:
        st.html(blocks.notice(t("newer.gone", snapshot=said, shown=source.snapshot_id)))


def _badge(view: View) -> None:
    t, rows = view.t, view.data.coverage
    expected = rows["court_code"].nunique()
    missing = rows[rows["status"] == "not_delivered"]
    complete = expected - missing["court_code"].nunique()
    label = f"badge.{view.data.ask(modes.month_label, view.choice.province, view.choice.month).iloc[0]['label']}"
    published = view.data.source.published_at()
    shown = formats.moment(published)
    with st.popover(t("badge.label", month=view.choice.month, state=t(label), done=complete, expected=expected)):
        st.markdown(t("badge.snapshot", snapshot=view.data.source.snapshot_id, published=shown))
        st.caption(t(f"{label}_why"))
        for court, part in missing.groupby("court_code", sort=False):
            kinds = t("word.comma").join(_kind(view, court, kind) for kind in part["kind"])
            st.markdown(f"{plain(view.names.court(court))}: {kinds}")
        if outside := view.data.not_in_service:
            named = t("word.comma").join(plain(view.names.court(court)) for court in outside)
            st.caption(t("badge.not_in_service", courts=named))
        if missing.empty and expected:
            st.markdown(t("badge.complete"))
        else:
            st.markdown(t("badge.courts", done=complete, expected=expected))


def _kind(view: View, court: str, kind: str) -> str:
    """A kind that is missing, with the reason when something was sent."""
    reason = view.names.gap_reasons.get((court, kind))
    return view.t("gap.kind", kind=view.t(f"kind.{kind}"), reason=reason) if reason else view.t(f"kind.{kind}")


@st.fragment(run_every="60s")
def _newer(t: Texts, source: Snapshot) -> None:
    """Offers a newer snapshot; the numbers on the page stay those of the one in the URL."""
    if (newest := snapshot.find(snapshot.current_id())) is None or newest.snapshot_id == source.snapshot_id:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="newer"):
        st.html(blocks.notice(t("newer.notice", snapshot=newest.snapshot_id)), width="content")
        if st.button(t("newer.open"), type="primary"):
            st.query_params["snapshot"] = newest.snapshot_id
            st.rerun()


def _stop(t: Texts, phrase: str) -> NoReturn:
    st.html(blocks.headline(t(f"{phrase}_title"), t(phrase)))
    st.stop()
