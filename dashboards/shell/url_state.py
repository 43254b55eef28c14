"""The state of a page, which lives in the URL and nowhere else.
A widget shows what the URL says and, when it is changed, writes to the URL before the page runs again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboards.plain import plain

LONGEST_FIGURE = 16
CARRIED = ("lang", "snapshot", "province", "month", "window", "peer", "mode", "indicator", "court", "scope")


def current(name: str, options: Sequence[str], default: str, is_silent: bool = False) -> str:
    """The URL's value if it is one of the options; the default otherwise, which is then written to the URL.

    A silent default stays out of the URL, because it follows from the rest of it.
    """
    said = st.query_params.get(name, default)
    value = said if said in options else default
    _write(name, [] if is_silent and value == default else [value])
    return value


def choose(
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    wording: Callable[[str], str],
    width: int = 0,
    is_silent: bool = False,
) -> str:
    """A selectbox `width` pixels wide, or a segmented control if that is 0, bound to the URL; returns the choice."""
    value = current(name, options, default, is_silent)
    key = f"pick_{name}"
    st.session_state[key] = value
    common: dict[str, Any] = {"key": key, "on_change": _from_widget, "args": (name, key)}
    if width:
        st.selectbox(label, options, format_func=wording, width=width, **common)
    else:
        common |= {"required": True, "label_visibility": "collapsed"}
        st.segmented_control(label, options, format_func=lambda option: plain(wording(option)), **common)
    return value


def choose_several(
    name: str, label: str, options: Sequence[str], default: Sequence[str], wording: Callable[[str], str], most: int
) -> tuple[str, ...]:
    """A multiselect bound to a repeated URL parameter; never more than `most`, never empty."""
    said = [value for value in dict.fromkeys(st.query_params.get_all(name)) if value in options]
    chosen = tuple((said or list(default))[:most])
    key = f"pick_{name}_several"
    st.session_state[key] = list(chosen)
    st.multiselect(
        label, options, format_func=wording, key=key, max_selections=most, on_change=_from_widget, args=(name, key)
    )
    _write(name, list(chosen))
    return chosen


def sought(name: str, label: str, width: int) -> str:
    """A search box `width` pixels wide, bound to the URL; the words sought, empty when there are none."""
    said = st.query_params.get(name, "").strip()[:80]
    key = f"pick_{name}"
    st.session_state[key] = said
    st.text_input(label, key=key, width=width, on_change=_from_search, args=(name, key))
    return said


def figure(name: str, label: str, width: int, is_whole: bool = False) -> float | None:
    """A box for a figure from nought up, bound to the URL; None when it is empty, or the URL says no such figure."""
    said = st.query_params.get(name, "")
    value = _figure(said)
    key = f"pick_{name}"
    st.session_state[key] = int(value) if is_whole and value is not None else value
    step, pattern = (1, "%d") if is_whole else (1000.0, "%.2f")
    common: dict[str, Any] = {"key": key, "width": width, "on_change": _from_figure, "args": (name, key)}
    st.number_input(label, min_value=0 if is_whole else 0.0, value=None, step=step, format=pattern, **common)
    return value


def _figure(said: str) -> float | None:
    is_figure = said.replace(".", "", 1).isdecimal() and len(said) <= LONGEST_FIGURE
    return float(said) if is_figure else None


def page_number(name: str, pages: int) -> int:
    """A pagination control bound to the URL; 1 when there is nothing to turn."""
    said = st.query_params.get(name, "1")
    number = min(max(1, int(said) if said.isdecimal() else 1), max(1, pages))
    if pages > 1:
        key = f"pick_{name}_{number}"  # a new control per page: its default is what the URL says
        st.pagination(pages, default=number, key=key, on_change=_from_widget, args=(name, key))
    _write(name, [str(number)] if number > 1 else [])
    return number


def carried(**changes: str) -> dict[str, str]:
    """The parameters that go along from page to page, with some changed."""
    kept = {name: st.query_params[name] for name in CARRIED if name in st.query_params}
    return {**kept, **changes}


def _from_search(name: str, key: str) -> None:
    words = str(st.session_state[key]).strip()
    _write(name, [words] if words else [])


def _from_figure(name: str, key: str) -> None:
    value = st.session_state[key]
    _write(name, [] if value is None else [f"{value:.2f}".rstrip("0").rstrip(".")])


def _from_widget(name: str, key: str) -> None:
    chosen = st.session_state[key]
    _write(name, [str(v) for v in chosen] if isinstance(chosen, (list, tuple)) else [str(chosen)])


def _write(name: str, values: list[str]) -> None:
    if st.query_params.get_all(name) == values:
        return
    if values:
        st.query_params[name] = values if len(values) > 1 else values[0]
    elif name in st.query_params:
        del st.query_params[name]
