"""A court with a scope, chosen from the bar: the province at first, any court's own cases or jurisdiction after that.
What is asked about them belongs to the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.queries import dimensions
from dashboards.shell import sign_in, url_state
from dashboards.shell.view import View

WIDTH, SCOPE_WIDTH = 210, 150
SCOPES = ("own", "jurisdiction", "province")
NOW = ("own_now", "jurisdiction_now")  # the same as made up today, of courts of which that was otherwise


@dataclass(frozen=True)
class Group:
    """`members` are the codes of the courts whose records the scope adds up, in the official order."""

    court: str
    scope: str
    members: tuple[str, ...]
    name: str


def choose(view: View) -> Group:
    """Court and scope from the URL, among the courts whose records the reader sees; the widest if it names none."""
    with view.more:
        options = list(view.data.own_courts) or sign_in.nothing(view)
        court = url_state.choose(
            "court",
            view.t("bar.court"),
            options,
            view.data.root if view.data.root in options else options[0],
            lambda code: view.names.court(code),
            WIDTH,
        )
        known = scopes(view, court)
        plain = [scope for scope in known if scope not in NOW]
        scope = url_state.choose(
            "scope",
            view.t("bar.scope"),
            [*plain[::-1], *known[len(plain) :]],
            plain[-1],
            lambda code: view.t(f"scope.{code}"),
            SCOPE_WIDTH,
        )
    return Group(court, scope, members(view, court, scope), name(view, court, scope))


def members(view: View, court: str, scope: str) -> tuple[str, ...]:
    """The court itself, with its basic courts, or every court of the province, of whatever month."""
    return tuple(view.data.ask(dimensions.members, court, scope)["court_code"])


def name(view: View, court: str, scope: str) -> str:
    own = view.names.court(court, short=False)
    return own if scope == "own" else view.t(f"scope.named_{scope}", court=own)


def option(view: View) -> Callable[[str], str]:
    return lambda code: f"{view.names.court(code, short=False)} {code}"


def scopes(view: View, court: str) -> list[str]:
    """The court's own cases, what it adds up besides, and both as made up today where that was otherwise."""
    known = set(view.data.ask(dimensions.scopes, court)["scope_code"])
    return [scope for scope in (*SCOPES, *NOW) if scope in known]
