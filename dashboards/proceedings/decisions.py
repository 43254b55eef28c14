"""Decisions of the meeting: what is to be done, by whom, until when, about which number; followed until it is done.
What became of the number is read from the snapshot in outcomes; how a decision is worded belongs to the page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from dashboards.month import Month
from dashboards.proceedings import numbers, store
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.steps import Steps
from dashboards.proceedings.store import Act, NotPossibleError, Writer

KIND = "decision"
OPEN, DONE, WITHDRAWN = "open", "done", "withdrawn"
STEPS = Steps(OPEN, {"report": ((OPEN,), OPEN), "finish": ((OPEN,), DONE), "withdraw": ((OPEN,), WITHDRAWN)})
LONGEST_OWNER = 60


@dataclass(frozen=True)
class Decision:
    """A supervised matter (督办事项): its number is that of the decision. `about.indicator` may be empty.

    `about.month` is the month that the meeting was on. `reports` are what the owner said since, in order.
    """

    number: int
    about: Number
    said: str
    owner: str
    due: date
    state: str
    reports: tuple[str, ...]
    acts: tuple[Act, ...]

    def stands(self, today: date) -> str:
        """open, overdue, done or withdrawn."""
        return "overdue" if self.state == OPEN and today > self.due else self.state


def decide(writer: Writer, about: Number, said: str, owner: str, due: date) -> int:
    """Note a decision; its number. NotPossibleError: not_allowed, nothing_said, no_owner, too_long."""
    if not writer.reader.may("notes"):
        raise NotPossibleError("not_allowed")
    if not said.strip():
        raise NotPossibleError("nothing_said")
    if not owner.strip():
        raise NotPossibleError("no_owner")
    if len(owner.strip()) > LONGEST_OWNER:
        raise NotPossibleError("too_long")
    content = about.content | {"due": due.isoformat()}
    return store.append(writer, KIND, "decide", content, {"said": said, "owner": owner})


def step(writer: Writer, decision: Decision, deed: str, said: str, own_courts: Collection[str] = ()) -> None:
    """Report on it, finish or withdraw it. NotPossibleError: not_allowed, nothing_said, too_late, too_long.

    The bureau does all three; the court that it is about may report.
    """
    is_own = deed == "report" and writer.reader.may("object") and decision.about.court in own_courts
    if not (writer.reader.may("notes") or is_own):
        raise NotPossibleError("not_allowed")
    if deed != "withdraw" and not said.strip():
        raise NotPossibleError("nothing_said")

    check = partial(STEPS.check, deed)
    store.append(writer, KIND, deed, decision.about.content, {"said": said}, decision.number, check)


def decisions(province: str) -> list[Decision]:
    """Every decision of a province that was not withdrawn, the oldest first."""
    found = [_folded(number, acts) for number, acts in store.threads(KIND, province).items()]
    return [decision for decision in found if decision.state != WITHDRAWN]


def followed(found: Sequence[Decision], month: Month) -> list[Decision]:
    """What the meeting on a month opens with: what earlier ones left open, and what they decided the time before."""
    earlier = [decision for decision in found if decision.about.month < month]
    last = max((decision.about.month for decision in earlier), default=month)
    return [decision for decision in earlier if decision.state == OPEN or decision.about.month == last]


def of_meeting(found: Sequence[Decision], month: Month) -> list[Decision]:
    return [decision for decision in found if decision.about.month == month]


def _folded(number: int, acts: Sequence[Act]) -> Decision:
    decided = acts[0].content
    return Decision(
        number=number,
        about=numbers.of(decided),
        said=decided["said"],
        owner=decided["owner"],
        due=date.fromisoformat(decided["due"]),
        state=STEPS.state(acts),
        reports=tuple(str(act.content["said"]) for act in acts[1:] if act.content.get("said")),
        acts=tuple(acts),
    )
