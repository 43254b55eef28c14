"""Who somebody is here, from all that came with their request: the same answer before the server and on every page.
What is shown to whoever is refused belongs to guard.py and to the pages."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.access import identity, readers
from dashboards.access.identity import Identity, NotBelievedError, Pairs
from dashboards.access.names import LONGEST
from dashboards.access.origins import is_forwarded
from dashboards.access.readers import LOCAL, Reader
from dashboards.access.settings import Settings


class RefusedError(Exception):
    """Somebody is not let in. `reason` is a word for the log, `name` whom it concerns, `why` what they can mend."""

    def __init__(self, reason: str, name: str = "", why: str = "") -> None:
        super().__init__(reason)
        self.reason, self.name, self.why = reason, name, why


@dataclass(frozen=True)
class Provider:
    """Whose tokens are taken, and as whom this installation is known there."""

    issuer: str
    client_id: str


def admitted(how: Settings, sent: Pairs, claims: Mapping[str, Any], provider: Provider | None) -> Reader:
    """The reader who sent these headers, or whose sign-in cookie holds these claims, as of now.

    RefusedError when there is none; AccessFileError, ValueError or OSError when nobody can be let in at all.
    """
    if how.way == "none":
        if is_forwarded(name for name, _ in identity.listed(sent)):
            raise RefusedError("proxied")
        return LOCAL
    try:
        who = _believed(how, sent, claims, provider)
    except NotBelievedError as doubt:
        raise RefusedError(doubt.reason, str(claims.get("sub", ""))[:LONGEST], doubt.why) from doubt
    found = readers.current(how.access_file).reader(who.name, who.groups, who.is_subject)
    if found is None:
        raise RefusedError("unknown", who.name)
    return found


def _believed(how: Settings, sent: Pairs, claims: Mapping[str, Any], provider: Provider | None) -> Identity:
    if how.way == "proxy":
        return identity.of_headers(sent, how.proxy_name, identity.secret_of(how.secret_file))
    if provider is None:
        raise ValueError("secrets.toml 中没有 [auth] | there is no [auth] section in secrets.toml")
    return identity.of_claims(claims, provider.issuer, provider.client_id, time.time())
