"""The chapter of what people wrote: quoted as it stands in the store, proven there again, absent when nothing is.
How a pack is made is tested with the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboards.access.readers import Reader
from dashboards.bulletin.chapters.proceedings import proceedings
from dashboards.bulletin.check import faults
from dashboards.bulletin.claim_verifier import Place, Verifier
from dashboards.bulletin.facts import Facts, gather
from dashboards.bulletin.outline import writing
from dashboards.month import Month
from dashboards.proceedings import comments, decisions, objections
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.objections import Filing
from dashboards.proceedings.store import Writer
from dashboards.snapshot import Snapshot, current_id, find

NUMBER = Number("T13", "own", "QX04", "month", Month.parse("2019-12"), "1")


@pytest.fixture
def found(data_directories: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    (tmp_path / "published").symlink_to(data_directories["full"] / "published")
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    snapshot = find(current_id())
    assert snapshot is not None
    return snapshot


def write() -> None:
    court = Writer(Reader("wang", "court", ("T13",)), "QH", "20200105-0800-full")
    bureau = Writer(Reader("bureau", "bureau", None), "QH", "20200105-0800-full")
    comments.say(court, ("T13",), NUMBER, "系统切换，少报2件，\n较上月下降是漏报所致")
    comments.examine(bureau, NUMBER, is_examined=True)
    filing = Filing(NUMBER, ["（2019）青0104执1号"], [], {}, "结案日期录错", "", 0.5)
    objections.file(court, ("T13",), filing)
    earlier = Number("T13", "own", "QX04", "month", Month.parse("2019-11"), "1")
    decisions.decide(bureau, earlier, "三个月内清理", "执行局", date(2020, 1, 20))


def chapter(snapshot: Snapshot, lang: str) -> tuple[Facts, list, list[str]]:
    with duckdb.connect(str(snapshot.database), read_only=True) as connection:
        facts = gather(connection.cursor(), snapshot, Month.parse("2019-12"), "rank", lang)
        blocks = list(proceedings(writing(facts)))
        said = [statement for block in blocks for statement in _statements(block)]
        place = Place(snapshot.snapshot_id, facts.province, facts.subject)
        verifier = Verifier(connection.cursor(), Month.parse("2019-12"), lang, place)
        return facts, said, faults(said, verifier)[1]


def _statements(block: object) -> list:
    if hasattr(block, "rows"):
        return [*[cell.said for row in block.head for cell in row], *[c for row in block.rows for c in row], block.note]
    return [block.said]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_written_is_quoted_and_every_claim_of_it_is_borne_out(found: Snapshot, lang: str) -> None:
    write()
    facts, said, wrong = chapter(found, lang)
    assert wrong == []
    text = "\n".join(statement.text for statement in said)
    assert "系统切换，少报2件， 较上月下降是漏报所致" in text and "三个月内清理" in text and "执行局" in text
    assert facts.written.objected == {("T13", "own", "QX04"): 1}


def test_a_quotation_that_is_not_what_was_written_is_refused(found: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    with monkeypatch.context() as changed:
        changed.setattr("dashboards.bulletin.written_claims.one_line", lambda text: text.replace("2件", "3件"))
        _, _, wrong = chapter(found, "zh")
    assert any("少报3件" in fault for fault in wrong)


def test_nothing_written_is_no_chapter(found: Snapshot) -> None:
    assert chapter(found, "zh")[1] == []
