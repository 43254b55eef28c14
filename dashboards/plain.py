"""Words of people, and of data, where Streamlit reads Markdown: shown as they stand, with no link, picture or colour.
HTML has its own escaping, which belongs to whoever writes HTML."""

from __future__ import annotations

import re

# A backslash takes its meaning in Markdown, and in Streamlit's own marks, from any of ASCII's signs (CommonMark 2.4).
SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(words: str) -> str:
    """The words as Markdown of themselves, on one line."""
    return SIGNS.sub(r"\\\1", " ".join(words.split()))


def inert(words: str) -> str:
    """The words as a cell of a table that a browser saves as CSV: spreadsheets take no formula from it."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) else words
