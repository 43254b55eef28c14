"""Fields of a form on a page: what was written into them, or chosen, as the page shows it.
Texts and tables of a page belong to `markup`."""

from __future__ import annotations

from typing import Any

_WRITTEN = ("text", "number", "date", "datetime-local", "month", "tel", "search")  # kinds of fields that show a value


def filled_in(field: Any) -> str:
    """The value of an <input> that shows one, or the chosen lines of a <select>; the first one where none is marked."""
    if field.tag == "input":
        kind = field.get("type", "text").casefold()
        return (field.get("value") or "") if kind in _WRITTEN else ""
    options = field.xpath(".//option")
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return "\n".join("".join(option.itertext()).strip() for option in chosen)
