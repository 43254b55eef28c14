"""Claims that quote what people wrote: each names the act that it stands in, so that it can be read there again.
What a chapter makes of them belongs to the chapter."""

from __future__ import annotations

from datetime import date

from dashboards import formats
from dashboards.bulletin.claims import Claim
from dashboards.bulletin.facts import Key
from dashboards.proceedings.decisions import Decision
from dashboards.proceedings.outcomes import ABSENT, Outcome
from dashboards.texts import Texts


def quoted(act: int, name: str, text: str) -> Claim:
    """A text of an act as it was written, on one line."""
    return Claim("written", one_line(text), (act, name))


def one_line(text: str) -> str:
    return " ".join(text.split())


def objected(t: Texts, key: Key) -> Claim:
    """The mark of a number under objection."""
    return Claim("objected", t("bulletin_written.mark"), key)


def objection_count(key: Key, count: int) -> Claim:
    return Claim("objection_count", formats.number(count), key)


def stands(t: Texts, decision: Decision, today: date) -> Claim:
    """Done, in time or overdue, on a day."""
    state = decision.stands(today)
    return Claim("decision_state", t(f"bulletin_written.{state}"), (decision.number, today.isoformat()))


def became(t: Texts, decision: Decision, found: Outcome) -> Claim:
    """The number's two months and whether it changed beyond chance."""
    return Claim("outcome", outcome_words(t, found), (decision.number,))


def outcome_words(t: Texts, found: Outcome) -> str:
    """The same for the chapter and the verifier."""
    if found.before is None or found.after is None or found.verdict == ABSENT:
        return formats.ABSENT
    before, after = (formats.value(amount, found.unit, t.lang) for amount in (found.before, found.after))
    return f"{before} → {after} {t(f'bulletin_written.{found.verdict}')}"
