"""Whether what a browser or a proxy says of a reader is to be believed: claims of a token, headers of a proxy.
Plain functions of what was sent; roles belong to readers.py, which requests come this far to origins.py."""

from __future__ import annotations

import hmac
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboards.access.names import UnreadableNameError, is_readable, spelled

SECRET_HEADER, PROXY_HEADER = "x-enforcement-secret", "x-enforcement-proxy"
USER_HEADER, GROUPS_HEADER = "x-enforcement-user", "x-enforcement-groups"
OURS = (SECRET_HEADER, PROXY_HEADER, USER_HEADER, GROUPS_HEADER)
SUBJECT = "sub:"  # before the name of a reader who is known by their token's subject alone
LEAST_SECRET = 32  # characters; a shorter one can be guessed

Pairs = Iterable[tuple[str, str]] | Mapping[str, str]


class NotBelievedError(Exception):
    """The reader is not let in. `reason` is a word for the log: missing, forged, expired, early, foreign, unreadable.

    The message says for a person why a name is unreadable; it is empty otherwise.
    """

    def __init__(self, reason: str, why: str = "") -> None:
        super().__init__(why or reason)
        self.reason, self.why = reason, why


@dataclass(frozen=True)
class Identity:
    """Who a reader is, as somebody trustworthy says, in the spelling of names.py; a token's subject as it is.

    A subject is whatever the provider chooses, an e-mail address of somebody else included, and capitals count.
    """

    name: str
    groups: tuple[str, ...] = ()
    is_subject: bool = False


def of_claims(claims: Mapping[str, Any], issuer: str, client_id: str, now: float) -> Identity:
    """The identity in the claims of an ID token whose signature Streamlit has checked.

    Streamlit keeps a reader signed in for weeks and does not look at the token's end again, nor at whom it was made
    for; both are looked at here, whenever something is asked for. `now` is in seconds. An e-mail address counts only if
    the provider says that it verified it; it is never compared with a subject. NotBelievedError says why not.
    """
    if claims.get("is_logged_in") is not True:
        raise NotBelievedError("missing")
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if str(claims.get("iss", "")).rstrip("/") != issuer.rstrip("/") or client_id not in audiences:
        raise NotBelievedError("foreign")
    if claims.get("azp", client_id) != client_id:
        raise NotBelievedError("foreign")
    if not _moment(claims.get("exp")) > now:
        raise NotBelievedError("expired")
    if "nbf" in claims and not _moment(claims["nbf"], otherwise=math.inf) <= now:
        raise NotBelievedError("early")
    groups = claims.get("groups", [])
    said = [group for group in groups if isinstance(group, str)] if isinstance(groups, list) else []
    return _named(claims, _readable(said))


def _moment(said: Any, otherwise: float = -math.inf) -> float:
    """Seconds, if a finite number was said. JSON as Python reads it has NaN, Infinity, and 1e999, which is Infinity."""
    if isinstance(said, bool) or not isinstance(said, (int, float)):
        return otherwise
    try:
        return float(said) if math.isfinite(said) else otherwise
    except OverflowError:
        return otherwise


def _named(claims: Mapping[str, Any], groups: tuple[str, ...]) -> Identity:
    email, subject = claims.get("email"), claims.get("sub")
    if isinstance(email, str) and email and claims.get("email_verified") is True:
        name = _spelled(email)
        if name.count("@") != 1:
            raise NotBelievedError("forged")
        return Identity(name, groups)
    if not isinstance(subject, str) or not subject:
        raise NotBelievedError("forged")
    _spelled(subject)
    return Identity(subject, groups, is_subject=True)


def _spelled(name: str) -> str:
    try:
        small = spelled(name)
    except UnreadableNameError as unreadable:
        raise NotBelievedError("unreadable", str(unreadable)) from unreadable
    if small.startswith(SUBJECT):
        raise NotBelievedError("forged")  # so a reader is written who is known by a token's subject
    return small


def _readable(groups: Iterable[str]) -> tuple[str, ...]:
    """The groups whose names can be read; one that cannot opens nothing, and takes nothing away."""
    return tuple(name for group in groups if is_readable(name := group.strip(" \t")))


def of_headers(headers: Pairs, proxy_name: str, secret: str) -> Identity:
    """The identity that the reverse proxy `proxy_name` puts into its headers, proven by the secret it shares.

    The proxy must remove these headers from what readers send: one that stands twice, or once more with a low line for
    a hyphen, is not believed. NotBelievedError says why not.
    """
    sent: dict[str, list[str]] = {}
    for name, value in listed(headers):
        sent.setdefault(name.lower().replace("_", "-"), []).append(value)
    if SECRET_HEADER not in sent and USER_HEADER not in sent:
        raise NotBelievedError("missing")
    if any(len(sent.get(name, ())) > 1 for name in OURS):
        raise NotBelievedError("forged")
    one = {name: sent[name][0] for name in OURS if name in sent}
    if not hmac.compare_digest(one.get(SECRET_HEADER, "").encode(), secret.encode()):
        raise NotBelievedError("forged")
    if one.get(PROXY_HEADER) != proxy_name:
        raise NotBelievedError("foreign")
    name = one.get(USER_HEADER, "").strip(" \t")
    if not name:
        raise NotBelievedError("missing")
    return Identity(_spelled(as_sent(name)), _readable(as_sent(one.get(GROUPS_HEADER, "")).split(",")))


def listed(headers: Pairs) -> list[tuple[str, str]]:
    """Headers as pairs, so that one that stands twice is seen twice."""
    return list(headers.items() if isinstance(headers, Mapping) else headers)


def as_sent(value: str) -> str:
    """A header's text: servers read its bytes as Latin letters, proxies write names in UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeEncodeError:
        return value
    except UnicodeDecodeError as strange:
        raise NotBelievedError("unreadable", "名称不是 UTF-8 | the name is not UTF-8") from strange


def secret_of(file: Path) -> str:
    """The proxy's secret. ValueError when the file is readable by others or the secret is too short to be one."""
    if file.stat().st_mode & 0o077:
        raise ValueError(f"{file}：只许本用户读取，请执行 chmod 600 | only the owner may read it: chmod 600")
    secret = file.read_text(encoding="utf-8").strip()
    if len(secret) < LEAST_SECRET:
        raise ValueError(f"{file}：密钥至少 {LEAST_SECRET} 个字符 | the secret needs {LEAST_SECRET} characters or more")
    return secret
