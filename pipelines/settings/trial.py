"""A sheet that was taken over is on trial until a run has published with it; what no run can publish with goes back.
Which sheets are taken over is decided in `handover`; running is the commands' and Dagster's."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from pipelines.layout import Layout
from pipelines.settings import handover
from pipelines.settings.faults import fault
from pipelines.settings.handover import BEFORE, OUTCOME, Outcome, Sent
from pipelines.whole_files import put_in_place

PROVEN, TRIES, RUN = "proven.json", "tries", "run"
THIS = secrets.token_hex(8)  # the run that this process is: what it does twice counts once
MOST_TRIES = 2  # runs that may begin with a sheet before one has published: the first may have been killed


def begin(layout: Layout) -> list[Outcome]:
    """What a run does first: put back what earlier runs did not publish with, and take over what is waiting."""
    stale = []
    for one in _on_trial(layout):
        said = one.said(OUTCOME)
        tries = int(said.get(TRIES, 2))  # the number of the next run
        if said.get(RUN) == THIS:
            continue
        if tries > MOST_TRIES:
            stale.append(one)
        else:
            handover.write(one.folder / OUTCOME, {**said, TRIES: tries + 1, RUN: THIS})
    undone = [_refused(layout, one, f"{MOST_TRIES} 次运行 runs") for one in reversed(stale)]
    taken = handover.take_over(layout)
    for outcome in taken:
        if not outcome.faults:
            handover.write(outcome.sent.folder / OUTCOME, {**outcome.sent.said(OUTCOME), TRIES: 2, RUN: THIS})
    return undone + taken


def prove(layout: Layout) -> None:
    """A run has published with all that was taken over."""
    for one in _on_trial(layout):
        handover.write(one.folder / PROVEN, {"at": handover.moment()})


def undo(layout: Layout, why: str) -> list[Outcome]:
    """Put back what was before every sheet on trial, and refuse them, the latest first."""
    return [_refused(layout, one, why) for one in reversed(_on_trial(layout))]


def hand_back(outcomes: Sequence[Outcome]) -> None:
    """They were not to blame: they wait for a run again."""
    for outcome in outcomes:
        (outcome.sent.folder / OUTCOME).unlink(missing_ok=True)


def _on_trial(layout: Layout) -> list[Sent]:
    """Taken over, and not published with: in the order in which they were handed over."""
    return [
        one
        for one in handover.handed_over(layout)
        if one.said(OUTCOME).get("state") == "taken" and not (one.folder / PROVEN).exists()
    ]


def _refused(layout: Layout, one: Sent, why: str) -> Outcome:
    target = layout.settings / one.file
    # A file that somebody changed by hand since then is theirs.
    if target.exists() and target.read_bytes() == one.data():
        for before in one.folder.glob(f"{BEFORE}.*"):
            back = layout.settings / f"{one.table.name}{before.suffix}"
            put_in_place(back, before.read_bytes(), is_shared=True)
        if not (one.folder / f"{BEFORE}{target.suffix}").exists():
            target.unlink()
    return handover.ended(one, (fault("sent_stopped", one.file, why=why[:300]),))
