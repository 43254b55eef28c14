"""What goes out over HTTP besides the pages: the headers that every answer carries, and what somebody not let in reads.
Whether they are let in is decided in guard.py; the words are in the catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from dashboards.texts import texts

Headers = list[tuple[bytes, bytes]]

STATUS = {"host": 421, "method": 405, "closed": 404, "missing": 401, "expired": 401}  # 403 for any other reason
TITLES = {  # reason → the phrase of the section `door` that says it
    "missing": "sign_in", "expired": "expired", "early": "expired", "unknown": "unknown", "unreadable": "unreadable",
    "settings": "settings", "proxied": "proxied", "host": "host", "origin": "elsewhere", "cross_site": "elsewhere",
    "closed": "nothing_here", "method": "nothing_here", "not_yours": "nothing_here",
}  # fmt: skip
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
INERT = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root{{color-scheme:light dark}}body{{margin:12vh auto;max-width:40rem;padding:0 1.5rem;line-height:1.7;
font-family:"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif}}
h1{{font-size:1.5rem}}a{{color:inherit}}a.act{{display:inline-block;padding:.45rem 1.2rem;border:1px solid;
border-radius:.25rem;text-decoration:none}}footer{{margin-top:3rem;opacity:.75}}</style>
<p>{brand}</p><h1>{title}</h1><p>{sentence}</p>{action}<footer>{other}</footer></html>
"""


def headers(policy: str, is_kept: bool) -> Headers:
    """The headers for every answer; `is_kept` where a browser may keep a copy: never of anything a reader asked for."""
    said = {**EVERYWHERE, "content-security-policy": policy}
    if not is_kept:
        said["cache-control"] = "no-store"
    return [(name.encode(), value.encode()) for name, value in said.items()]


def merged(before: Iterable[tuple[bytes, bytes]], ours: Headers) -> Headers:
    """The answer's own headers, ours in place of any of the same name."""
    names = {name for name, _ in ours}
    return [(name, value) for name, value in before if name.lower() not in names] + ours


def page(reason: str, lang: str, said: Mapping[str, str], act: tuple[str, str] | None, other: str) -> bytes:
    """The sentence for a reason as a page of its own. `act`: a phrase and the address behind it."""
    t = texts(lang)
    phrase = TITLES.get(reason, "not_believed")
    action = (
        f'<p><a class="act" role="button" href="{escape(act[1])}">{escape(t(f"door.{act[0]}"))}</a></p>' if act else ""
    )
    names = {"zh": "中文", "en": "English"}
    return PAGE.format(
        lang=lang,
        brand=escape(t("app.title")),
        title=escape(t(f"door.{phrase}_title")),
        sentence=escape(said.get("detail") or t(f"door.{phrase}", **said)),
        action=action,
        other=f'<a href="{escape(other)}">{names["en" if lang == "zh" else "zh"]}</a>',
    ).encode()


def line(reason: str, said: Mapping[str, str]) -> bytes:
    """The same in both languages for whatever is not a page."""
    phrase = TITLES.get(reason, "not_believed")
    return " | ".join(said.get("detail") or texts(lang)(f"door.{phrase}", **said) for lang in ("zh", "en")).encode()
