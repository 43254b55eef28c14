"""Where a request comes from and whether it may come from there: host, origin, another site, a proxy in between.
Who sends it is asked afterwards, in admission.py; nothing here needs to know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+?)\.?(:[0-9]{1,5})?", re.ASCII)
USUAL_PORTS = {"http": ":80", "https": ":443"}
# What reverse proxies, load balancers and content networks add to a request; a browser sends none of it. Whole kinds,
# since every product has its own: all of X-…, whatever ends in -IP, Forwarded, Via, CF-…, CDN-…, traces of a request.
FORWARDING = re.compile(
    r"^x-(?!xsrftoken$|requested-with$|streamlit-)|forward|prox(y|ied)|via$|(client|remote|real|src)-?(ip|addr|user)|-ip$"
    r"|^(cf|cdn|fastly|fly|akamai|wl|ali|eo|incap|surrogate|front-end|http|base|b3|uber-trace)-|-(connecting|hop|host)-"
    r"|^(traceparent|tracestate|baggage|b3|eagleid|max-forwards|destination|uri|redirect)$|(request|trace)-id$"
)

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Places:
    """Host names under which readers may ask, in small letters; origins that the pages may have besides those hosts.

    An origin is said where a proxy asks under another host than the browser: `https://enforcement.court.example`.
    `is_direct` is for an installation that nobody may come to by way of a proxy.
    """

    hosts: frozenset[str]
    origins: frozenset[str] = frozenset()
    is_direct: bool = False


def refusal(places: Places, sent: Pairs, http_version: str, method: str = "GET") -> str:
    """A word for the log why the request is refused: host, origin, cross_site, proxied; empty if it is not."""
    headers: dict[str, list[str]] = {}
    for name, value in sent:
        headers.setdefault(name.lower(), []).append(value)
    hosts, origins = headers.get("host", []), headers.get("origin", [])
    named = HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
    if named is None or named.group(1) not in places.hosts | HERE:
        return "host"
    if places.is_direct and (http_version == "1.0" or is_forwarded(headers)):
        return "proxied"
    if len(origins) > 1 or (origins and not _is_ours(origins[0].lower(), hosts[0].lower(), places.origins)):
        return "origin"
    return "cross_site" if _is_from_elsewhere(headers, method) else ""


def is_forwarded(names: Iterable[str]) -> bool:
    """Whether one of these headers says that somebody stands between the browser and this server."""
    return any(FORWARDING.search(name.lower().replace("_", "-")) for name in names)


def _is_ours(origin: str, host: str, known: frozenset[str]) -> bool:
    scheme, separator, place = origin.partition("://")
    if not separator or scheme not in USUAL_PORTS:
        return False
    usual = USUAL_PORTS[scheme]
    return place.removesuffix(usual) == host.removesuffix(usual) or f"{scheme}://{place.removesuffix(usual)}" in known


def _is_from_elsewhere(headers: dict[str, list[str]], method: str) -> bool:
    """Whether another site's page asks, for anything but being opened itself; browsers say so since 2020 to 2023."""
    site = headers.get("sec-fetch-site", ["none"])
    if set(site) <= {"none", "same-origin"}:
        return False
    is_opened = headers.get("sec-fetch-mode") == ["navigate"] and headers.get("sec-fetch-dest") == ["document"]
    return not (is_opened and method == "GET")
