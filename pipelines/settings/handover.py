"""Sheets of settings that were sent by way of the pages: checked, handed over to the next run, taken over once.
The pages write what was sent, by whom, and whether it is handed over; answers and outcomes are written here."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.layout import Layout
from pipelines.settings import changed, incoming
from pipelines.settings.effective import are_own, files, load
from pipelines.settings.faults import Fault, fault
from pipelines.settings.tables import ENDINGS, Sheet, Table, read, tables
from pipelines.whole_files import put_in_place

# In the folder of a sheet that was sent. The first four are the pages', the others ours.
SHEET, SAID, HANDED, WITHDRAWN = "sheet", "said.json", "handed.json", "withdrawn.json"
ANSWER, OUTCOME, BEFORE = "answer.json", "outcome.json", "before"
NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{8}", re.ASCII)
MOST_ROWS_TOLD = 200


class NotSentError(ValueError):
    """There is no such sheet, or what is written about it cannot be read."""


@dataclass(frozen=True)
class Sent:
    """One sheet that was sent. `name` is what its sender called it, `at` when, `by` who."""

    folder: Path
    table: Table
    name: str
    sha256: str
    by: str
    at: str

    @property
    def file(self) -> str:
        """What it is called among the settings."""
        return f"{self.table.name}{incoming.ending(self.name)}"

    def data(self) -> bytes:
        with (self.folder / SHEET).open("rb") as opened:
            return opened.read(incoming.MOST_BYTES + 1)

    def said(self, file: str) -> dict[str, Any]:
        """What one of its files says; nothing where there is none, or it is broken."""
        try:
            found = json.loads((self.folder / file).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Outcome:
    """What became of a sheet that was handed over: taken over, or refused for `faults`."""

    sent: Sent
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        who = f"{self.sent.file}（{self.sent.by}）"
        if not self.faults:
            return f"已接收移交的设置 {who} | settings handed over were taken over: {who}"
        why = "; ".join(map(str, self.faults[:3]))
        return f"移交的设置未接收 {who} | settings handed over were refused: {who}: {why}"


def sent(layout: Layout, number: str) -> Sent:
    """The sheet of that number. NotSentError."""
    folder = layout.handover / number
    if not NAME.fullmatch(number) or not folder.is_dir():
        raise NotSentError(number)
    try:
        said = json.loads((folder / SAID).read_text(encoding="utf-8"))
        table = tables()[said["table"]]
        return Sent(folder, table, str(said["name"]), str(said["sha256"]), str(said["by"]), str(said["at"]))
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise NotSentError(number) from broken


def answer(layout: Layout, one: Sent) -> tuple[Fault, ...]:
    """Check a sheet as if it were among the settings, and write beside it what was found and which rows it changes."""
    now = _in_force(layout, one.table)
    base = _digest(now.read_bytes()) if now else ""
    faults = _own_faults(one)
    rows: list[dict[str, str]] = []
    if not faults:
        with overlaid(layout, [one]) as aside:
            faults = list(load(aside).faults)
            rows = _rows(now, aside.settings / one.file, one.table)
    said = {"checked_at": moment(), "base": base, "faults": [_told(each) for each in faults],
            "rows": rows[:MOST_ROWS_TOLD], "row_count": len(rows)}  # fmt: skip
    write(one.folder / ANSWER, said)
    return tuple(faults)


@contextmanager
def overlaid(layout: Layout, several: Sequence[Sent]) -> Iterator[Layout]:
    """A layout whose settings are those in force with some sheets put in their places; nothing of the tree changes."""
    layout.warehouse.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=layout.warehouse, prefix=".settings-") as aside:
        folder = Path(aside) / "settings"
        folder.mkdir()
        for path in files(layout) if are_own(layout) else ():
            (folder / path.name).write_bytes(path.read_bytes())
        made = replace(layout, settings_dir=folder, seeds_dir=Path(aside) / "seeds")
        for one in several:
            _put(made, one)
        yield made


def take_over(layout: Layout) -> list[Outcome]:
    """Put what was handed over among the settings, each sheet once; what does not hold is refused, and stops nothing.

    While the settings themselves do not hold, and a sheet neither mends that nor adds to it, it goes on waiting.
    """
    outcomes: list[Outcome] = []
    left: list[Sent] = []
    for one in waiting(layout):
        now = _in_force(layout, one.table)
        if now and _digest(now.read_bytes()) == one.sha256 == _digest(one.data()):
            outcomes.append(_finished(layout, one))  # a run that was killed had put it there
        elif faults := [*_own_faults(one), *_late(layout, one, left)]:
            outcomes.append(ended(one, tuple(faults)))
        else:
            left.append(one)
    before = {str(each) for each in load(layout).faults} if left else set()
    taken = left if left and not _found(layout, left) else _one_by_one(layout, left)
    outcomes += [_finished(layout, one) for one in taken]
    for one in left:
        if one not in taken:
            new = [each for each in _found(layout, [*taken, one]) if str(each) not in before]
            outcomes += [ended(one, tuple(new))] if new else []
    return outcomes


def _one_by_one(layout: Layout, left: Sequence[Sent]) -> list[Sent]:
    """Those that hold, whatever the order in which one needs another."""
    taken: list[Sent] = []
    while one := next((one for one in left if one not in taken and not _found(layout, [*taken, one])), None):
        taken.append(one)
    return taken


def waiting(layout: Layout) -> list[Sent]:
    """What is handed over and neither withdrawn nor taken, the first handed over first."""
    return [one for one in handed_over(layout) if not (one.folder / OUTCOME).exists()]


def handed_over(layout: Layout) -> list[Sent]:
    """What was ever handed over and not withdrawn, the first handed over first."""
    found: list[tuple[str, Sent]] = []
    for folder in sorted(layout.handover.glob("*T*-*")) if layout.handover.is_dir() else ():
        try:
            one = sent(layout, folder.name)
        except NotSentError:
            continue
        if not (folder / WITHDRAWN).exists() and (handed := one.said(HANDED)):
            found.append((str(handed.get("at")), one))
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].folder.name))]


def takers(layout: Layout) -> dict[str, dict[str, str]]:
    """Digest of a file → who handed it over, and when; of all sheets that were ever taken over."""
    found: dict[str, dict[str, str]] = {}
    for one in handed_over(layout):
        handed, outcome = one.said(HANDED), one.said(OUTCOME)
        if outcome.get("state") == "taken":
            found[one.sha256] = {
                "number": one.folder.name, "sent_by": one.by, "sent_at": one.at,
                "handed_over_by": str(handed.get("by")), "handed_over_at": str(handed.get("at")),
                "taken_over_at": str(outcome.get("at")),
            }  # fmt: skip
    return found


def _found(layout: Layout, several: Sequence[Sent]) -> tuple[Fault, ...]:
    with overlaid(layout, several) as aside:
        return load(aside).faults


def _own_faults(one: Sent) -> list[Fault]:
    """What is wrong with a sheet by itself, before it is put among the settings."""
    data = one.data()
    if _digest(data) != one.sha256 and len(data) <= incoming.MOST_BYTES:
        return [fault("sent_altered", one.file)]
    faults = incoming.name_faults(one.name, one.table) or incoming.content_faults(one.file, data)
    if faults:
        return faults
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / one.file
        path.write_bytes(data)
        try:
            sheet = read(path, one.table)
        except Exception:  # whatever a broken sheet makes its reader say
            return [fault("unreadable", one.file)]
    return list(incoming.formula_faults(sheet))


def _late(layout: Layout, one: Sent, before: Sequence[Sent]) -> list[Fault]:
    """Whether the sheet in force is still the one against which it was checked."""
    checked = one.said(ANSWER)
    if not checked:
        return [fault("sent_unchecked", one.file)]
    now = _in_force(layout, one.table)
    is_same = checked.get("base") == (_digest(now.read_bytes()) if now else "")
    is_first = all(other.table is not one.table for other in before)
    return [] if is_same and is_first else [fault("sent_overtaken", one.file)]


def _in_force(layout: Layout, table: Table) -> Path | None:
    """The installation's file of that table."""
    found = [path for path in files(layout) if path.stem == table.name] if are_own(layout) else []
    return found[0] if found else None


def _rows(now: Path | None, path: Path, table: Table) -> list[dict[str, str]]:
    before: Sheet | None
    try:
        before, after = read(now, table) if now else None, read(path, table)
    except Exception:  # the fault is told already
        return []
    return [{"zh": zh, "en": en} for zh, en in changed.worded(before, after)]


def _put(layout: Layout, one: Sent) -> None:
    """The sheet under its name among the settings, whole or not at all, and no other of its table."""
    layout.settings.mkdir(parents=True, exist_ok=True)
    target = layout.settings / one.file
    others = [
        path for path in layout.settings.iterdir()
        if path.stem == one.table.name and path.suffix.lower() in ENDINGS and path.name != one.file
    ]  # fmt: skip
    if not target.exists() or target.read_bytes() != one.data():
        put_in_place(target, one.data(), is_kept=True, is_shared=True)
    for other in others:
        other.unlink()


def _finished(layout: Layout, one: Sent) -> Outcome:
    """Put it there, keep what was there before, and write down that it was taken over."""
    try:
        now = _in_force(layout, one.table)
        if now and not (one.folder / f"{BEFORE}{now.suffix}").exists() and _digest(now.read_bytes()) != one.sha256:
            (one.folder / f"{BEFORE}{now.suffix}").write_bytes(now.read_bytes())
        _put(layout, one)
    except OSError:
        return ended(one, (fault("sent_unwritable", one.file, folder=str(layout.settings)),))
    return ended(one, ())


def ended(one: Sent, faults: tuple[Fault, ...]) -> Outcome:
    """Write down what became of a sheet."""
    said = {"state": "refused" if faults else "taken", "at": moment(), "faults": [_told(each) for each in faults]}
    write(one.folder / OUTCOME, said)
    return Outcome(one, faults)


def _told(each: Fault) -> dict[str, Any]:
    return {**asdict(each), "place": each.place}


def write(path: Path, said: dict[str, Any]) -> None:
    """A file beside a sheet, whole or not at all."""
    put_in_place(path, json.dumps(said, ensure_ascii=False, indent=1).encode(), is_shared=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def moment() -> str:
    """Now, in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
