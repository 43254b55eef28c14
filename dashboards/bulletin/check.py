"""Refuses a text with an unclaimed figure or comparison, a claim not borne out, or something left out.
What a claim should say is found out by the verifier."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.bulletin.claim_verifier import Verifier
from dashboards.bulletin.claims import Claim, Statement, uncovered
from dashboards.bulletin.omissions import omissions
from dashboards.bulletin.refusals import UnprovenTextError


def faults(statements: Iterable[Statement], verifier: Verifier) -> tuple[int, list[str]]:
    """How many claims were checked, and what is wrong, in the order of the text."""
    asked: dict[Claim, str | None] = {}
    found: list[str] = []
    for said in statements:
        found += uncovered(said)
        for _, claim in said.claims:
            if claim not in asked:
                asked[claim] = _contradiction(claim, verifier)
            if (fault := asked[claim]) is not None:
                found.append(f"{fault}: {said.text}")
    return len(asked), found


def prove(statements: Iterable[Statement], verifier: Verifier, edition: str | None = None) -> int:
    """The number of distinct claims, all borne out; UnprovenTextError otherwise.

    With an edition the text is a whole bulletin, and is refused also for what it leaves out.
    """
    said = list(statements)
    count, found = faults(said, verifier)
    if edition is not None:
        found += omissions(said, verifier, edition)
    if found:
        raise UnprovenTextError(found)
    return count


def _contradiction(claim: Claim, verifier: Verifier) -> str | None:
    try:
        expected = verifier.says(claim.kind, claim.about)
    except (LookupError, AttributeError, TypeError) as problem:
        return f"“{claim.text}” ({claim.kind} {claim.about}) 无从核对 · cannot be checked ({problem!r})"
    if expected == claim.text:
        return None
    return f"“{claim.text}” ({claim.kind} {claim.about}) 应为“{expected}” · should say “{expected}”"
