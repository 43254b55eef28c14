"""The choice of one indicator among all of a snapshot, and its full name with its code.
Pages that offer only some of them choose for themselves."""

from __future__ import annotations

from dashboards.shell import url_state
from dashboards.shell.view import View


def choose_indicator(view: View) -> str:
    """Any indicator, alternative readings too: their numbers have grounds as well."""
    options = view.data.indicators.index.tolist()
    return url_state.choose(
        "indicator", view.t("bar.indicator"), options, options[0], lambda code: indicator_name(view, code), 340
    )


def indicator_name(view: View, code: str) -> str:
    return f"{code} {view.names.indicator(code, short=False)}"
