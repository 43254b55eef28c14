"""Objections of courts to a number (核查申请): who may file and decide one, and the state that its acts add up to.
Whether the correcting delivery has come is read from the snapshot in corrections; nothing here changes a figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from dashboards.access.readers import Reader
from dashboards.proceedings import numbers, store
from dashboards.proceedings.numbers import Key, Number
from dashboards.proceedings.steps import Steps
from dashboards.proceedings.store import Act, NotPossibleError, Writer

KIND = "objection"
FILED, IN_REVIEW, ACCEPTED, REFUSED, CORRECTED, CLOSED = (
    "filed", "in_review", "accepted", "refused", "corrected", "closed"
)  # fmt: skip
STATES = (FILED, IN_REVIEW, ACCEPTED, REFUSED, CORRECTED, CLOSED)
OPEN = (FILED, IN_REVIEW, ACCEPTED, CORRECTED)  # as long as one of these, the number carries the mark
STEPS = Steps(
    FILED,
    {
        "take": ((FILED,), IN_REVIEW),
        "accept": ((IN_REVIEW,), ACCEPTED),
        "refuse": ((IN_REVIEW,), REFUSED),
        "close": ((ACCEPTED, REFUSED), CLOSED),
        "withdraw": ((FILED, IN_REVIEW), CLOSED),
    },
)
# state → the limit of node_limits.csv that runs in it, from when the state was reached
CLOCKS = {FILED: "O01", IN_REVIEW: "O02", ACCEPTED: "O03"}
ENDS = ("refuse", "close", "withdraw")  # deeds after which the number bears no mark
MOST_CASES = 200


@dataclass(frozen=True)
class Objection:
    """`cases` are counted wrongly, `missing` are not counted, both by case number or another record's key.

    `keys` has the record key of those that the snapshot knew. `value` is what the number was when it was filed.
    `state` is never `corrected`: that is for corrections to say, of an accepted one.
    """

    thread: int
    about: Number
    cases: tuple[str, ...]
    missing: tuple[str, ...]
    keys: Mapping[str, str]
    wrong: str
    evidence: str
    value: float | None
    state: str
    since: datetime
    reason: str
    acts: tuple[Act, ...]

    @property
    def filed_at(self) -> datetime:
        return self.acts[0].happened_at

    @property
    def named(self) -> tuple[str, ...]:
        return (*self.cases, *self.missing)


@dataclass(frozen=True)
class Filing:
    """What a court says is wrong with a number."""

    about: Number
    cases: Sequence[str]
    missing: Sequence[str]
    keys: Mapping[str, str]
    wrong: str
    evidence: str
    value: float | None


def file(writer: Writer, own_courts: Collection[str], filing: Filing) -> int:
    """File an objection; its number. NotPossibleError: not_allowed, nothing_said, no_cases, too_many, too_long."""
    if not writer.reader.may("object") or filing.about.court not in own_courts:
        raise NotPossibleError("not_allowed")
    if not filing.wrong.strip():
        raise NotPossibleError("nothing_said")
    named = {*filing.cases, *filing.missing}
    if not named or len(named) > MOST_CASES:
        raise NotPossibleError("too_many" if named else "no_cases")
    content = filing.about.content | {
        "cases": list(dict.fromkeys(filing.cases)),
        "missing": list(dict.fromkeys(filing.missing)),
        "keys": dict(filing.keys),
        "value": filing.value,
    }
    texts = {"wrong": filing.wrong, "evidence": filing.evidence}
    return store.append(writer, KIND, "file", content, texts)


def _is_allowed(reader: Reader, deed: str) -> bool:
    """A court withdraws; whatever else is done with an objection, the bureau does."""
    return reader.may("object" if deed == "withdraw" else "review")


def next_deeds(reader: Reader, objection: Objection) -> list[str]:
    """What the reader may do with it as it stands."""
    return [deed for deed in STEPS.after(objection.state) if _is_allowed(reader, deed)]


def step(writer: Writer, objection: Objection, deed: str, reason: str = "", corrected: Sequence[str] = ()) -> None:
    """The next act of the bureau, or a court's withdrawal. NotPossibleError: not_allowed, too_late, no_reason.

    A refusal needs its reason; so does closing an accepted one that `corrected` (deliveries) does not bear out.
    """
    if not _is_allowed(writer.reader, deed):
        raise NotPossibleError("not_allowed")
    is_bare = deed == "refuse" or (deed == "close" and objection.state == ACCEPTED and not corrected)
    if is_bare and not reason.strip():
        raise NotPossibleError("no_reason")
    content = objection.about.content | {"corrected_by": list(corrected)}
    store.append(writer, KIND, deed, content, {"reason": reason}, objection.thread, partial(STEPS.check, deed))


def objections(province: str) -> list[Objection]:
    """Every objection in a province, the oldest first."""
    return [_folded(thread, acts) for thread, acts in store.threads(KIND, province).items()]


def seen_by(found: Sequence[Objection], courts: Collection[str]) -> list[Objection]:
    """Those that a reader of these courts may see: a court its own only."""
    return [objection for objection in found if objection.about.court in courts]


def marked(found: Sequence[Objection]) -> dict[Key, int]:
    """How many open objections each number has."""
    counts: dict[Key, int] = {}
    for objection in found:
        if objection.state in OPEN:
            counts[objection.about.key] = counts.get(objection.about.key, 0) + 1
    return counts


def _folded(thread: int, acts: Sequence[Act]) -> Objection:
    filed: Mapping[str, Any] = acts[0].content
    return Objection(
        thread=thread,
        about=numbers.of(filed),
        cases=tuple(filed["cases"]),
        missing=tuple(filed["missing"]),
        keys=dict(filed["keys"]),
        wrong=filed["wrong"],
        evidence=filed["evidence"],
        value=filed["value"],
        state=STEPS.state(acts),
        since=acts[-1].happened_at,
        reason=next((act.content["reason"] for act in reversed(acts) if act.content.get("reason")), ""),
        acts=tuple(acts),
    )
