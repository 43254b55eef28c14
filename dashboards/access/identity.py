"""Whether what a browser or a proxy says of a reader is to be believed: claims of a token, headers of a proxy.
Plain functions of what was sent; roles belong to readers.py, Streamlit to the pages."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECRET_HEADER, PROXY_HEADER = "x-enforcement-secret", "x-enforcement-proxy"
USER_HEADER, GROUPS_HEADER = "x-enforcement-user", "x-enforcement-groups"
LEAST_SECRET = 32  # characters; a shorter one can be guessed


class NotBelievedError(Exception):
    """The reader is not let in. `reason` is a word for the log: missing, forged, expired or foreign."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Identity:
    """Who a reader is, as somebody trustworthy says."""

    name: str
    groups: tuple[str, ...] = ()


def of_claims(claims: Mapping[str, Any], issuer: str, client_id: str, now: float) -> Identity:
    """The identity in the claims of an ID token whose signature Streamlit has checked.

    Streamlit keeps a reader signed in for weeks and does not look at the token's end again, nor at whom it was made
    for; both are looked at here, on every run of a page. `now` is in seconds. NotBelievedError says why not.
    """
    if not claims.get("is_logged_in"):
        raise NotBelievedError("missing")
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if str(claims.get("iss", "")).rstrip("/") != issuer.rstrip("/") or client_id not in audiences:
        raise NotBelievedError("foreign")
    expires = claims.get("exp")
    if not isinstance(expires, (int, float)) or isinstance(expires, bool) or expires <= now:
        raise NotBelievedError("expired")
    name = claims.get("email") if claims.get("email_verified", True) else None
    name = name or claims.get("sub")
    if not isinstance(name, str) or not name:
        raise NotBelievedError("forged")
    groups = claims.get("groups", [])
    return Identity(name, tuple(str(group) for group in groups) if isinstance(groups, list) else ())


def of_headers(headers: Mapping[str, str], proxy_name: str, secret: str) -> Identity:
    """The identity that the reverse proxy `proxy_name` puts into its headers, proven by the secret it shares.

    The proxy must remove these headers from what readers send. NotBelievedError says why not.
    """
    sent = {name.lower(): value for name, value in headers.items()}
    if SECRET_HEADER not in sent and USER_HEADER not in sent:
        raise NotBelievedError("missing")
    if not hmac.compare_digest(sent.get(SECRET_HEADER, "").encode(), secret.encode()):
        raise NotBelievedError("forged")
    if sent.get(PROXY_HEADER) != proxy_name:
        raise NotBelievedError("foreign")
    name = sent.get(USER_HEADER, "").strip()
    if not name:
        raise NotBelievedError("missing")
    return Identity(name, tuple(part.strip() for part in sent.get(GROUPS_HEADER, "").split(",") if part.strip()))


def secret_of(file: Path) -> str:
    """The proxy's secret. ValueError when the file is readable by others or the secret is too short to be one."""
    if file.stat().st_mode & 0o077:
        raise ValueError(f"{file}：只许本用户读取，请执行 chmod 600 | only the owner may read it: chmod 600")
    secret = file.read_text(encoding="utf-8").strip()
    if len(secret) < LEAST_SECRET:
        raise ValueError(f"{file}：密钥至少 {LEAST_SECRET} 个字符 | the secret needs {LEAST_SECRET} characters or more")
    return secret
