"""How a sample is delivered: formats, delays, planted oddities, the same bytes for the same seed.
What the rows add up to belongs to `test_published_totals`."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines.extracts.contracts import KINDS
from pipelines.samples import Made, generate
from pipelines.samples.extracts import broken_files
from pipelines.samples.extracts.offices import regions
from pipelines.samples.figures import figures, largest_remainder
from pipelines.samples.world.courts import read_courts
from pipelines.samples.world.plan import make_plan
from tests.unit.samples.conftest import SMALL
from tests.unit.samples.reading_back import accepted_cases, in_force, latest, read_file, read_kind

LATER = {"cross_enforcements"}  # records of 2024 and after: the sample ends in 2019
ROW_FAULTS = {
    "missing_required", "bad_date", "bad_amount", "closed_without_mode", "mode_without_date", "unknown_code",
    "duplicate_key", "unknown_court", "unparsable_case_number", "half_width_brackets", "stray_spaces", "total_line",
    "extra_column", "ragged_row",
}  # fmt: skip


def fingerprint(landing: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in landing.rglob("*") if p.is_file()):
        digest.update(f"{path.relative_to(landing)}|{path.stat().st_mtime}|".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(small: Made, tmp_path: Path) -> None:
    again = generate(tmp_path / "again", **SMALL)
    other = generate(tmp_path / "other", **{**SMALL, "seed": SMALL["seed"] + 1})
    assert fingerprint(again.landing) == fingerprint(small.landing)
    assert again.planted == small.planted
    assert fingerprint(other.landing) != fingerprint(small.landing)


def test_a_small_sample_has_exactly_the_cases_asked_for(small: Made) -> None:
    cases = accepted_cases(small.landing)
    assert cases.height == SMALL["cases"]
    assert cases["closed_date"].is_null().sum() == small.figures.periods[-1].pending
    assert cases["court"].n_unique() == SMALL["courts"]
    assert len(list(small.landing.iterdir())) == SMALL["months"]


def test_all_kinds_and_formats_are_delivered(qinghai: Made) -> None:
    files = [p for p in qinghai.landing.glob("*/*/*") if p.is_file()]
    assert {p.parent.name for p in files} == set(KINDS) - LATER
    assert {p.suffix for p in files} == {".csv", ".xlsx", ".json", ".jsonl", ".parquet"}
    assert 1_500 <= len(files) == qinghai.files <= 2_200
    heads = {p: p.read_bytes()[:3] for p in files if p.suffix == ".csv" and p.parent.name == "cases"}
    assert any(head == b"\xef\xbb\xbf" for head in heads.values())
    assert any(_is_gb18030(p) for p in list(heads)[:30])


def _is_gb18030(path: Path) -> bool:
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "案" in data.decode("gb18030")
    return False


def test_public_list_is_the_public_list(qinghai: Made) -> None:
    path = next(iter(sorted(qinghai.landing.glob("*/defaulters/*.json"))))
    rows = pl.read_json(path.read_bytes())
    assert {"iname", "caseCode", "cardNum", "sexy", "partyTypeName", "disruptTypeName", "publishDate"} <= set(
        rows.columns
    )
    assert rows["cardNum"].str.contains(r"^\S{10}\*{4}\S{4}$").all()
    assert rows["publishDate"].str.contains(r"^\d{4}年\d\d月\d\d日$").all()
    assert set(rows["partyTypeName"]) <= {580, 581}


def test_every_row_fault_is_planted_where_the_list_says(qinghai: Made) -> None:
    planted = Counter(p.oddity for p in qinghai.planted)
    assert set(planted) >= ROW_FAULTS | {"vanished", "reopened", "late", "redelivered"}
    for fault in (p for p in qinghai.planted if p.oddity in ROW_FAULTS and p.key and p.oddity != "duplicate_key"):
        rows = read_file(fault.kind, qinghai.landing / fault.file)
        assert fault.key.split("|")[0] in rows[rows.columns[0]].to_list() + [
            value for name in rows.columns if name.endswith(("_id", "court_code")) for value in rows[name]
        ]


def test_a_duplicate_row_repeats_a_case_that_is_stated_again_later(qinghai: Made) -> None:
    fault = next(p for p in qinghai.planted if p.oddity == "duplicate_key" and p.kind == "cases")
    rows = read_file("cases", qinghai.landing / fault.file)
    assert (rows["case_id"] == fault.key).sum() == 2
    later = [p for p in qinghai.landing.glob("*/cases/*") if p.parts[-3] > fault.month]
    assert any((read_file("cases", p)["case_id"] == fault.key).any() for p in sorted(later)[:12])


def test_one_court_is_late_by_a_month(qinghai: Made) -> None:
    late = {p.file for p in qinghai.planted if p.oddity == "late"}
    assert late
    for path in qinghai.landing.glob("*/*/*"):
        month = datetime.strptime(path.parts[-3], "%Y-%m").replace(tzinfo=UTC)
        days = (datetime.fromtimestamp(path.stat().st_mtime, UTC) - month).days
        assert (days > 55) == (str(path.relative_to(qinghai.landing)) in late)


def test_a_corrected_month_replaces_the_first(qinghai: Made) -> None:
    changes = [p for p in qinghai.planted if p.oddity == "redelivered" and p.kind == "cases"]
    assert {p.value for p in changes} == {"changed", "added", "removed"}
    rows = read_kind(qinghai.landing, "cases", ("case_id",), ("filed_date",)).drop_nulls(["court", "filed_date"])
    first, last = set(rows["case_id"]), set(in_force(rows)["case_id"])
    assert {p.key for p in changes if p.value == "removed"} == first - last


def test_vanished_cases_stay_open_and_are_not_stated_again(qinghai: Made) -> None:
    rows = read_kind(qinghai.landing, "cases", ("case_id",), ("filed_date", "closed_date"))
    states = latest(rows.drop_nulls(["court", "filed_date"]), "case_id").rows_by_key("case_id", named=True, unique=True)
    vanished = [p for p in qinghai.planted if p.oddity == "vanished"]
    assert len(vanished) >= 3
    for oddity in vanished:
        state = states[oddity.key]
        assert state["closed_date"] is None
        assert f"{state['month']:%Y-%m}" == oddity.month < "2019-12"


def test_a_delivery_that_is_there_is_left_alone_and_nothing_half_made_stays(small: Made, tmp_path: Path) -> None:
    before = fingerprint(small.landing)
    assert generate(small.landing, **SMALL).skipped
    assert fingerprint(small.landing) == before
    landing = tmp_path / "landing"
    (tmp_path / ".landing.in-progress" / "2016-03").mkdir(parents=True)
    (tmp_path / ".landing.in-progress" / "2016-03" / "half.csv").write_text("left by a killed run")
    generate(landing, **{**SMALL, "cases": 400, "courts": 3, "months": 3})
    assert not list(tmp_path.rglob("half.csv"))
    assert [p.name for p in tmp_path.iterdir()] == ["landing"]


def test_bulk_samples_are_made_court_by_court(courts_file: Path) -> None:
    wanted = figures("qinghai", cases=10_000_000)
    plan = make_plan(wanted, read_courts(courts_file, "QH", 1, None), 1)
    units = regions(plan.courts, wanted.accepted)
    sizes = [sum(s.opening + sum(s.filed) for s in unit.shares) for unit in units]
    assert sum(sizes) == 10_000_000
    assert len(units) == 55
    assert max(sizes) < 1_100_000


@pytest.mark.parametrize("cases", [0, -5])
def test_sizes_that_cannot_be_are_refused(cases: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        generate(tmp_path / "landing", cases=cases)
    assert not list(tmp_path.iterdir())


def test_shares_add_up_to_the_total() -> None:
    assert largest_remainder(10, [1, 1, 1]).tolist() == [4, 3, 3]
    assert largest_remainder(2, [0, 5]).tolist() == [0, 2]
    with pytest.raises(ValueError, match="nothing to spread"):
        largest_remainder(3, [0, 0])


def test_broken_files_are_broken(small: Made, tmp_path: Path) -> None:
    source = next(p for p in sorted(small.landing.glob("*/cases/*.csv")) if _is_gb18030(p))
    assert broken_files.empty(tmp_path / "a.csv").read_bytes() == b""
    assert broken_files.truncated(source, tmp_path / "b.csv").stat().st_size < source.stat().st_size
    assert broken_files.encrypted(tmp_path / "c.xlsx").read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    cut = broken_files.without_column(source, tmp_path / "d.csv", "立案日期", "gb18030").read_bytes().decode("gb18030")
    assert "立案日期" not in cut
    assert cut.count("\n") == source.read_bytes().count(b"\n")
    mixed = broken_files.mixed_encodings(source, tmp_path / "e.csv", "gb18030").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        mixed.decode("utf-8")
