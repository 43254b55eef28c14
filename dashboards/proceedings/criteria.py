"""Objections to a criterion: how an indicator is defined, not what a number is; and from which year an answer applies.
Criteria freeze before a year begins: what is accepted later applies from the year after. Nothing here changes a
definition: that is a dated row of the seeds or of the settings, which refuse one that reaches into a frozen year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboards import formats
from dashboards.proceedings import store
from dashboards.proceedings.store import Act, NotPossibleError, Writer
from grammar.freezing import Rule, applies_from

KIND = "criterion"
FILED, ACCEPTED, REFUSED = "filed", "accepted", "refused"
FREEZE = "O04"  # the limit of node_limits.csv: days before the year begins
ANSWERS = {"accept": ACCEPTED, "refuse": REFUSED}


@dataclass(frozen=True)
class Criterion:
    """An objection to a version of an indicator's definition. `applies_from` is None unless it was accepted."""

    thread: int
    indicator: str
    version: str
    said: str
    state: str
    reason: str
    filed_at: datetime
    applies_from: date | None


def file(writer: Writer, indicator: str, version: str, said: str) -> int:
    """File one; its number. NotPossibleError: not_allowed, nothing_said, too_long."""
    if not writer.reader.may("object"):
        raise NotPossibleError("not_allowed")
    if not said.strip():
        raise NotPossibleError("nothing_said")
    content = {"indicator": indicator, "version": version}
    return store.append(writer, KIND, "file", content, {"said": said})


def answer(writer: Writer, criterion: Criterion, deed: str, reason: str, rule: Rule) -> None:
    """Accept or refuse it, with the reason. NotPossibleError: not_allowed, no_reason, too_late."""
    if not writer.reader.may("review"):
        raise NotPossibleError("not_allowed")
    if not reason.strip():
        raise NotPossibleError("no_reason")

    def check(acts: Sequence[Act]) -> None:
        if len(acts) > 1:
            raise NotPossibleError("too_late")

    content = {"indicator": criterion.indicator, "applies_from": applies_from(formats.today(), rule).isoformat()}
    store.append(writer, KIND, deed, content, {"reason": reason}, criterion.thread, check)


def criteria(province: str) -> list[Criterion]:
    """Every one in a province, the oldest first; they are for everybody, as definitions are."""
    return [_folded(thread, acts) for thread, acts in store.threads(KIND, province).items()]


def _folded(thread: int, acts: Sequence[Act]) -> Criterion:
    filed, last = acts[0], acts[-1]
    state = ANSWERS.get(last.deed, FILED)
    begins = date.fromisoformat(last.content["applies_from"]) if state == ACCEPTED else None
    return Criterion(
        thread=thread,
        indicator=filed.content["indicator"],
        version=filed.content["version"],
        said=filed.content["said"],
        state=state,
        reason=str(last.content.get("reason", "")),
        filed_at=filed.happened_at,
        applies_from=begins,
    )
