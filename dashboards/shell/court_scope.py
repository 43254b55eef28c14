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

    def order(known: list[str]) -> list[str]:
        plain = [scope for scope in known if scope not in NOW]
        return [*plain[::-1], *known[len(plain) :]]

    return _chosen(view, list(view.data.own_courts) or sign_in.nothing(view), order)


def choose_of_province(view: View) -> Group:
    """The same for what rests on the province's figures: any court; as made up today first, where that is another."""
    return _chosen(view, view.data.courts.index.tolist(), lambda known: known[::-1])


def _chosen(view: View, courts: list[str], order: Callable[[list[str]], list[str]]) -> Group:
    """The first scope of the order is the one shown until the reader chooses."""
    with view.more:
        root = view.data.root if view.data.root in courts else courts[0]
        court = url_state.choose("court", view.t("bar.court"), courts, root, view.names.court, WIDTH)
        offered = order(scopes(view, court))
        scope = url_state.choose(
            "scope", view.t("bar.scope"), offered, offered[0], lambda code: view.t(f"scope.{code}"), SCOPE_WIDTH
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
