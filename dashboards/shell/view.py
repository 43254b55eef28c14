"""What a page stands in: what is asked, what may be read of it, how it is said, and where on the screen and in which
address. Widgets that choose are in the header; state is in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboards.charts.theme import Palette
from dashboards.shell import url_state
from dashboards.shell.choice import Choice
from dashboards.shell.data import Data
from dashboards.shell.names import Names
from dashboards.texts import Texts


@dataclass(frozen=True)
class View:
    """One reader's view of one snapshot."""

    choice: Choice
    data: Data
    names: Names
    colours: Palette
    more: Any = None  # the place on the bar for what a page chooses beyond the common choices

    @property
    def t(self) -> Texts:
        return self.names.t

    @property
    def lang(self) -> str:
        return self.t.lang

    @cached_property
    def carried(self) -> dict[str, str]:
        return url_state.carried()

    def address(self, page: str, **changes: str) -> str:
        """A relative address of a page in the present state with some parameters changed."""
        return f"{page}?{urlencode({**self.carried, **changes})}"


def is_dark() -> bool:
    """Whether the reader's theme is dark; light until the browser has said."""
    return st.context.theme.type == "dark"
