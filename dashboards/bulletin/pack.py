"""One meeting pack: gathered, written, proven, typeset, and put where the packs of its snapshot lie.
What it says belongs to the chapters; nothing is written before every figure is proven."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from dashboards import formats, snapshot
from dashboards.bulletin.blocks import Document
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.check import prove
from dashboards.bulletin.claim_verifier import Place, Verifier
from dashboards.bulletin.editions import EDITIONS, edition_in_force
from dashboards.bulletin.facts import gather, newest_month
from dashboards.bulletin.outline import write, writing
from dashboards.bulletin.queries.published import provinces
from dashboards.bulletin.refusals import BulletinError, NothingToReportError
from dashboards.bulletin.writers import annex, page, typeset, word
from dashboards.month import Month
from dashboards.snapshot import Snapshot

FOLDER = "bulletin"  # inside the snapshot's folder, where packs were put once
ENDINGS = ("docx", "xlsx", "pdf", "html")


@dataclass(frozen=True)
class Pack:
    """What was written: `files` by format (docx, xlsx, pdf, html), the number of claims proven, and the seconds."""

    month: Month
    edition: str
    lang: str
    snapshot_id: str
    files: dict[str, Path]
    claims: int
    seconds: float


def make_pack(
    month: Month | None = None,
    edition: str | None = None,
    lang: str = "zh",
    snapshot_id: str | None = None,
    province: str | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> Pack:
    """Write `<data>/packs/<id>/<month>-<edition>[-<province>][-en].*`; by default of the current snapshot,
    its newest month, and the edition in force in that month.

    BulletinError says why not: nothing to report, no Chinese font, or a text that the snapshot does not bear out;
    then files of an earlier run stay as they are.
    `progress` is told read, write, prove and typeset as they begin.
    """
    started = time.monotonic()
    if edition is not None and edition not in EDITIONS:
        raise BulletinError(f"版式只有 rank 和 interval · an edition is rank or interval, not {edition}")
    found = snapshot.find(snapshot_id or snapshot.current_id())
    if found is None:
        raise NothingToReportError(_missing(snapshot_id))
    typeset.faces()
    with snapshot.connect(found) as connection:
        progress("read")
        cursor = connection.cursor()
        month = month or newest_month(cursor, province)
        edition = edition or edition_in_force(cursor, month)
        w = writing(gather(cursor, found, month, edition, lang, province))
        progress("write")
        document = write(w)
        progress("prove")
        place = Place(found.snapshot_id, w.facts.province, w.facts.subject)
        claims = prove([*document.statements(), *annex.statements(w)], Verifier(cursor, month, lang, place), edition)
    progress("typeset")
    files = _put(snapshot.packs_directory(found), _stem(month, edition, lang, province), contents(w, document))
    return Pack(month, edition, lang, found.snapshot_id, files, claims, time.monotonic() - started)


def made_packs() -> list[Pack]:
    """A pack of every province's own newest month, from the current snapshot: the largest province's under the name
    that a pack has where no province is asked for. BulletinError of the first that cannot be made."""
    found = snapshot.find(snapshot.current_id())
    if found is None:
        raise NothingToReportError(_missing(None))
    with snapshot.connect(found) as connection:
        others = provinces(connection.cursor())[1:]
    return [make_pack(snapshot_id=found.snapshot_id, province=province) for province in (None, *others)]


def _missing(snapshot_id: str | None) -> str:
    if snapshot_id is None:
        return "还没有发布快照，先运行 make run · nothing has been published yet: make run first"
    return (
        f"快照 {snapshot_id} 不在：编号有误，或已不再保留（只留最近十二份）。当时发布的每个数仍在台账中："
        f"python -m pipelines value --asof {snapshot_id} … · "
        "no such snapshot, or no longer kept; every number it published is still in the ledger"
    )


def made_before(
    source: Snapshot, month: Month, edition: str, lang: str, province: str | None = None
) -> dict[str, Path]:
    """Format → file of a pack that was made of the whole snapshot already; empty if there is none."""
    if source.province is not None:
        return {}
    stem = _stem(month, edition, lang, province)
    for folder in (snapshot.packs_directory(source), source.directory / FOLDER):
        files = {ending: folder / f"{stem}.{ending}" for ending in ENDINGS}
        if found := {ending: file for ending, file in files.items() if file.is_file()}:
            return found
    return {}


def contents(w: Writing, document: Document) -> dict[str, bytes]:
    """Format → the file's bytes."""
    facts = w.facts
    first, last = (formats.month(month, facts.t.lang) for month in (facts.first_month, facts.month))
    label = facts.t(f"bulletin_label.{facts.label}")
    window = facts.t("bulletin.sheet_window", first=first, month=last, snapshot=facts.snapshot_id, label=label)
    return {
        "docx": word.docx(document, facts.published_at),
        "xlsx": annex.xlsx(w, document.title.text, window),
        "pdf": typeset.pdf(document, facts.published_at),
        "html": page.html(document),
    }


def _stem(month: Month, edition: str, lang: str, province: str | None) -> str:
    return f"{month}-{edition}" + (f"-{province}" if province else "") + ("" if lang == "zh" else f"-{lang}")


def _put(folder: Path, stem: str, made: dict[str, bytes]) -> dict[str, Path]:
    """All files aside first, then each renamed into place: a reader meets the old file or the new one, never half."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=f".{stem}.", dir=folder))  # two readers of one server may ask at the same time
    try:
        for ending, content in made.items():
            (aside / f"{stem}.{ending}").write_bytes(content)
        for ending in made:
            (aside / f"{stem}.{ending}").replace(folder / f"{stem}.{ending}")
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return {ending: folder / f"{stem}.{ending}" for ending in made}
