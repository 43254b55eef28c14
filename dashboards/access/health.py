"""What a monitor is told without a sign-in: whether readers are served, from which snapshot, and how the last run went.
It names no court, no reader and no figure; where the dashboards may be asked from is decided in origins.py."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from dashboards import snapshot

LAST_RUN = "last_run.json"  # in the data tree, written by the pipeline when a run has ended
RUNS = {0: "published", 3: "published_with_gaps", 1: "not_published"}


def state(now: datetime | None = None) -> tuple[int, dict[str, Any]]:
    """HTTP status and what is said. 200: readers are served the snapshot that was published last; 503: they are not.

    `status` is `ok`; `degraded` where the last run did not publish, or another snapshot stands in for a damaged one;
    `down` where there is none. Ages are hours.
    """
    moment = now or datetime.now(UTC)
    found = snapshot.find(snapshot.current_id())
    published = found.published_at() if found is not None else None
    if found is None or published is None or not found.is_whole():
        return 503, {"status": "down", "snapshot": None, "last_run": _last_run(moment)}
    run = _last_run(moment)
    is_sound = not snapshot.stands_in(found) and run.get("result") != RUNS[1]
    return 200, {
        "status": "ok" if is_sound else "degraded",
        "snapshot": found.snapshot_id,
        "published_at": published.isoformat(),
        "age_hours": _hours(moment, published),
        "last_run": run,
    }


def body() -> tuple[int, bytes]:
    """The same as JSON."""
    status, said = state()
    return status, json.dumps(said).encode("ascii")


def _last_run(now: datetime) -> dict[str, Any]:
    """When the last run ended and how; nothing where none has ended, or what was written cannot be read."""
    try:
        said = json.loads((snapshot.published_directory().parent / LAST_RUN).read_text(encoding="utf-8"))
        ended = datetime.fromisoformat(said["ended_at"])
        result = RUNS[said["status"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {"ended_at": ended.isoformat(), "age_hours": _hours(now, ended), "result": result}


def _hours(now: datetime, then: datetime) -> float:
    return round((now - then).total_seconds() / 3600, 1)
