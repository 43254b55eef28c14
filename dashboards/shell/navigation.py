"""Which pages there are, in which group of the navigation, in reading order.
A page's folder in app_pages, its address and its title `page.<name>` share its name."""

from __future__ import annotations

from dashboards.access.readers import Reader

# The first group is always in sight; the others open from their name.
GROUPS: dict[str, tuple[str, ...]] = {
    "boards": (
        "overview",
        "leaderboard",
        "trends",
        "court",
    ),
    "subjects": ("linkage", "defaulters", "suspension", "funds", "backlog", "lives"),
    "supervision": ("meeting", "supervision", "checks", "objections", "alerts"),
    "grounds": (
        "search",
        "case",
        "quality",
        "restatements",
        "definitions",
        "sql",
        "about",
        "lineage",
        "settings",
        "audit",
    ),
}
# What a role must be allowed, for the page to exist for its readers.
NEEDS = {"audit": "audit", "meeting": "bulletin", "settings": "settings", "sql": "sql"}
PAGES = tuple(page for pages in GROUPS.values() for page in pages)
HERE = "here"  # under this name the session keeps the page it is on
WALL = "wall"  # the page without controls; `?wall=1` on any page leads to it


def script(page: str) -> str:
    """The page's script, as Streamlit names it: relative to the app's own."""
    return f"app_pages/{page}/page.py"


def is_open(page: str, reader: Reader) -> bool:
    """Whether the page exists for this reader."""
    return page not in NEEDS or reader.may(NEEDS[page])
