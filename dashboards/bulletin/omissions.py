"""What a month's facts demand of a bulletin, and what of it a text leaves out: nothing is capped or dropped in silence.
Whether what is said is true is found out by the verifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dashboards.bulletin.change_claims import BETTER, WORSE
from dashboards.bulletin.claim_verifier import Verifier
from dashboards.bulletin.claims import Statement
from dashboards.bulletin.editions import RANK
from dashboards.bulletin.facts import WINDOW, called_in, reported
from dashboards.bulletin.judgement import DOWN, UP
from dashboards.findings import FIRST, LAST

Said = tuple[str, tuple[Any, ...]]  # kind of claim, about what
JUDGING = ("side", "missed", "move")  # claims that judge a court: its n stands beside each value


def omissions(statements: Iterable[Statement], verifier: Verifier, edition: str) -> list[str]:
    """Each thing that has to be said and is not, in both languages; empty where the text is whole."""
    said = list(statements)
    found = {(claim.kind, claim.about) for statement in said for _, claim in statement.claims}
    missing = [wanted for wanted in demands(verifier, edition) if wanted not in found]
    missing += [("side", place) for place in _outliers(verifier) if not _is_named(place, found)]
    missing += [("without", key) for key in _resting(verifier, found)]
    missing += [("n", key) for statement in said for key in _without_n(statement)]
    return [f"没有写出 · left out: {kind} {about}" for kind, about in missing]


def demands(verifier: Verifier, edition: str) -> Iterator[Said]:
    """What has to be said word for word, whoever writes it."""
    yield ("label", ())
    if verifier.has_open_weights:
        yield ("open_weights", ())
    yield from (("working", (code,)) for code in verifier.working_codes())
    yield from _targets(verifier)
    yield from (("source", (kind, "expected")) for kind in verifier.kinds())
    yield from (("gap", gap) for gap in verifier.gaps())
    yield from (("check", (*flag, "flag")) for flag in verifier.flagged())
    yield from (("item_state", (item,)) for item in range(verifier.item_count()))
    called = called_in(verifier.groups)
    yield from (("called_court", (group, court)) for group in called for court in verifier.called(group))
    for group in reported(verifier.groups):
        for side in (WORSE, BETTER):
            yield from (("move", (group, *place, side)) for place in verifier.moved(group, side))
        if edition == RANK:
            yield from _ends(verifier, group)


def _targets(verifier: Verifier) -> Iterator[Said]:
    """Every missed target; of each that is shown that it is a working one, and what other readings come to."""
    for code in verifier.missed_targets():
        yield ("target_status", (code,))
        if verifier.is_working(code):
            yield ("target_working", (code,))
            yield from (("target_status", (other,)) for other in verifier.other_readings(code))


def _ends(verifier: Verifier, group: str) -> Iterator[Said]:
    places = verifier.places(group, verifier.month)
    if len(places) > 1:
        for codes in (FIRST, LAST):
            yield from (("at_end_court", (group, court, codes)) for court, code in places.items() if code in codes)


def _outliers(verifier: Verifier) -> Iterator[tuple[str, str, str, str]]:
    """Group, indicator, side and court of everybody beyond the limits in a key indicator."""
    for group in reported(verifier.groups):
        for code in verifier.key_indicators:
            for side in (UP, DOWN):
                yield from ((group, code, side, court) for court in verifier.outliers(group, code, side))


def _is_named(place: tuple[str, str, str, str], found: set[Said]) -> bool:
    group, code, side, court = place
    return any(k == "side" and a[:3] == (group, code, side) and court in a[3] for k, a in found)


def _resting(verifier: Verifier, found: set[Said]) -> Iterator[tuple[Any, ...]]:
    """Amounts that few records carry and that are printed without saying so."""
    for kind, about in found:
        if kind == "value" and about[3:] == (WINDOW, verifier.month) and verifier.rests_on_few(about[:3]):
            key = about[:3]
            if ("without", key) not in found and ("rests", key) not in found:
                yield key


def _without_n(statement: Statement) -> Iterator[tuple[Any, ...]]:
    claims = [claim for _, claim in statement.claims]
    if not any(claim.kind in JUDGING for claim in claims):
        return
    counted = {claim.about for claim in claims if claim.kind == "n"}
    yield from (c.about[:3] for c in claims if c.kind == "value" and c.about[:3] not in counted)
