"""One HTML file that needs nothing else: style and charts are inside it.
The layout is in the template; values are escaped by it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.bulletin.blocks import Document

TEMPLATES = Path(__file__).parents[1] / "templates"


def html(document: Document) -> bytes:
    """The bulletin for a machine that cannot reach the server."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("bulletin.html.j2")
    return template.render(
        lang=document.lang, title=document.title.text, letterhead=document.letterhead.text, blocks=document.data()
    ).encode()
