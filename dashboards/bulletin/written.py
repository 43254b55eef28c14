"""What people wrote about the month's figures, as a pack shows it: objections, comments, decisions and outcomes.
Read from the store beside the snapshots, whose acts the verifier reads again; how it is said belongs to the chapter."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

from dashboards.bulletin.refusals import BulletinError
from dashboards.month import Month
from dashboards.proceedings import comments, decisions, objections, outcomes
from dashboards.proceedings.comments import Comment
from dashboards.proceedings.decisions import Decision
from dashboards.proceedings.outcomes import Outcome
from dashboards.proceedings.store import StoreError

Cursor = duckdb.DuckDBPyConnection
Key = tuple[str, str, str]  # court, scope, indicator


@dataclass(frozen=True)
class Written:
    """Open objections to the month's numbers by number; comments on them; decisions of this meeting and open before."""

    objected: dict[Key, int] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    decided: list[Decision] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.objected or self.comments or self.decided)


def read(province: str, month: Month) -> Written:
    """As the store stands now. BulletinError when it cannot be read: a pack does not leave out what it cannot see."""
    try:
        marked = objections.marked(objections.objections(province))
        said = comments.comments(province).values()
        known = decisions.decisions(province)
    except StoreError as failed:
        raise BulletinError(str(failed)) from failed
    return Written(
        objected={key[:3]: count for key, count in marked.items() if key[3] == month},
        comments=[one for one in said if one.about.month == month],
        decided=[*decisions.followed(known, month), *decisions.of_meeting(known, month)],
    )


def outcome(cursor: Cursor, decision: Decision, month: Month) -> Outcome:
    """What became of a decision's number by the month."""
    if not decision.about.indicator:
        return outcomes.NOTHING
    found = outcomes.readings(cursor, *outcomes.asked(decision.about, month))
    return outcomes.outcome(found, decision.about.month, month)
