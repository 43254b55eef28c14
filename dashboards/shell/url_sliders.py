"""Several numbers of one kind in one URL parameter: only those that differ from their defaults are written.
What the numbers mean belongs to the page that asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboards.plain import plain

STEP = 0.25


def current(name: str, defaults: Mapping[str, float], most: float) -> dict[str, float]:
    """The URL's `code:number` pairs over the defaults; unknown codes and numbers outside 0–`most` are left out."""
    return {**defaults, **_said(name, defaults, most)}


def sliders(name: str, defaults: Mapping[str, float], most: float, wording: Callable[[str], str], columns: int) -> None:
    """One slider per default, in columns, bound to the URL."""
    values = current(name, defaults, most)
    places = st.columns(columns, gap="medium")
    for number, code in enumerate(defaults):
        key = f"amount_{name}_{code}"
        st.session_state[key] = values[code]
        with places[number % columns]:
            st.slider(
                plain(wording(code)),
                0.0,
                most,
                step=STEP,
                key=key,
                on_change=_from_slider,
                args=(name, code, key, defaults),
            )


def reset(name: str) -> None:
    """Back to the defaults."""
    if name in st.query_params:
        del st.query_params[name]


def _said(name: str, defaults: Mapping[str, float], most: float) -> dict[str, float]:
    pairs = (pair.partition(":") for pair in st.query_params.get(name, "").split(","))
    found = {code: _number(text) for code, _, text in pairs if code in defaults}
    return {code: value for code, value in found.items() if value is not None and 0 <= value <= most}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _from_slider(name: str, code: str, key: str, defaults: Mapping[str, float]) -> None:
    said = {**_said(name, defaults, float("inf")), code: float(st.session_state[key])}
    changed = {c: v for c, v in said.items() if v != defaults[c]}
    if changed:
        st.query_params[name] = ",".join(f"{c}:{v:g}" for c, v in sorted(changed.items()))
    else:
        reset(name)
