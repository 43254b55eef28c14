"""A page as one HTML file that needs nothing else: no script, no network, and every value escaped by the template.
What is said belongs to `pages`."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from pipelines.extracts.feedback.pages import Page
from pipelines.extracts.feedback.words import COUNTS, KINDS_TOLD, TITLE, about, messages

MOST_ROWS = 2000  # a browser shows so many at once; the workbook has them all


@lru_cache(maxsize=1 << 12)
def _both(text: str) -> Markup:
    """A text in Chinese and English, the latter small."""
    zh, bar, en = text.partition(" | ")
    return Markup("{} <i>{}</i>").format(zh, en) if bar else escape(text)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["both"] = _both
    return environment.get_template("page.html.j2")


def html(page: Page) -> bytes:
    """The page in UTF-8."""
    counts = [(label, count(page)) for label, count in COUNTS.items()]
    return (
        _template()
        .render(
            title=TITLE,
            page=page,
            about=about(page),
            counts=counts,
            messages=messages(page),
            outcomes=KINDS_TOLD,
            most=MOST_ROWS,
        )
        .encode("utf-8", "replace")
    )
