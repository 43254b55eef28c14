"""Which court is meant: by code, name, dated alias or case number, and when it is better not to decide.
The register is a small one of this file's own, with homonyms in two provinces."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.extracts.courts import CourtRegister, load_register

COURTS = """court_code,case_prefix,name_zh,level
T00,青,青海省高级人民法院,high
T10,青01,西宁市中级人民法院,intermediate
T11,青0102,西宁市城东区人民法院,basic
T12,青0103,西宁市城中区人民法院,basic
T16,青0122,西宁市湟中区人民法院,basic
T44,青2324,河南蒙古族自治县人民法院,basic
T50,青25,海南藏族自治州中级人民法院,intermediate
UNK-QHRAIL,青8601,西宁铁路运输法院,basic
J00,琼,海南省高级人民法院,high
R12,桂0202,柳州市城中区人民法院,basic
"""
ALIASES = """court_code,alias_zh,alias_prefix,valid_from,valid_to,note
T16,湟中县人民法院,青0123,,2020-12-31,renamed
T16,湟中区法院,,2021-01-01,,new short name
T12,城中区人民法院,,,,short name; homonym of 柳州市城中区人民法院
T44,河南县人民法院,,,,short name
T11,东区人民法院,,,,
T12,东区人民法院,,,,
"""
DECEMBER = date(2019, 12, 1), date(2019, 12, 31)


@pytest.fixture
def register(tmp_path: Path) -> CourtRegister:
    (tmp_path / "courts.csv").write_text(COURTS, encoding="utf-8")
    (tmp_path / "court_aliases.csv").write_text(ALIASES, encoding="utf-8")
    return load_register(tmp_path)


FOUND = [
    (("T12",), None, "T12", "code"),
    (("ｔ１２",), None, "T12", "code"),
    (("UNK-QHRAIL",), None, "UNK-QHRAIL", "code"),
    (("西宁市城中区人民法院",), None, "T12", "name"),
    (("青海省西宁市城中区人民法院",), None, "T12", "name"),
    (("西宁市 城中区法院",), None, "T12", "name"),
    (("柳州市城中区人民法院",), "桂0202", "R12", "name"),
    (("湟中县人民法院",), None, "T16", "alias"),
    (("河南县人民法院",), "青2324", "T44", "alias"),
    (("城中区人民法院",), "青0103", "T12", "alias"),
    (("T12", "西宁市城中区人民法院"), None, "T12", "code"),
    ((), "青0103", "T12", "case_number"),
    ((), "青0123", "T16", "case_number"),
    ((), "青", "T00", "case_number"),
    (("T12",), "最高法", "T12", "code"),
    (("西宁市城中区人民法院",), "最高法", "T12", "name"),
]


@pytest.mark.parametrize(("stated", "prefix", "code", "source"), FOUND)
def test_a_court_is_found(
    register: CourtRegister, stated: tuple[str, ...], prefix: str | None, code: str, source: str
) -> None:
    found = register.resolve(stated, prefix, *DECEMBER)
    assert (found.court_code, found.source, found.fault) == (code, source, None)


NOT_FOUND = [
    ("an unknown name", ("火星法院",), None, "court_unknown"),
    ("a name of another place that ends alike", ("广西壮族自治区柳州市城中区人民法院",), None, "court_unknown"),
    ("海南州 is not 海南省", ("海南中级人民法院",), None, "court_unknown"),
    ("a homonym alone", ("城中区人民法院",), None, "court_ambiguous"),
    ("a homonym with another province's case", ("城中区人民法院",), "桂0202", "court_conflict"),
    ("a short name with another province's case", ("河南县人民法院",), "豫0102", "court_conflict"),
    ("an alias that two courts bear", ("东区人民法院",), "青0102", "court_ambiguous"),
    ("an alias not yet in use", ("湟中区法院",), None, "court_out_of_date"),
    ("code and name of different courts", ("T11", "西宁市城中区人民法院"), None, "court_conflict"),
    ("a known code beside an unknown name", ("T11", "火星法院"), None, "court_conflict"),
    ("nothing stated", (), None, "court_missing"),
    ("a case number of an unknown court", (), "川33", "court_missing"),
]


@pytest.mark.parametrize(("name", "stated", "prefix", "fault"), NOT_FOUND, ids=[case[0] for case in NOT_FOUND])
def test_a_court_is_not_guessed(
    register: CourtRegister, name: str, stated: tuple[str, ...], prefix: str | None, fault: str
) -> None:
    found = register.resolve(stated, prefix, *DECEMBER)
    assert (found.court_code, found.fault) == (None, fault)


def test_an_alias_holds_within_its_dates_only(register: CourtRegister) -> None:
    later = date(2021, 1, 1), date(2021, 1, 31)
    assert register.resolve(("湟中县人民法院",), None, *later).fault == "court_out_of_date"
    assert dict(register.resolve(("湟中县人民法院",), None, *later).facts)["name"] == "西宁市湟中区人民法院"
    assert register.resolve(("湟中区法院",), None, *later).court_code == "T16"


def test_the_register_changes_its_fingerprint_with_its_content(tmp_path: Path) -> None:
    (tmp_path / "courts.csv").write_text(COURTS, encoding="utf-8")
    alone = load_register(tmp_path).fingerprint
    (tmp_path / "court_aliases.csv").write_text(ALIASES, encoding="utf-8")
    assert load_register(tmp_path).fingerprint != alone


CHANGING = """court_code,case_prefix,name_zh,level,parent_court_code,\
delivers_from,delivers_to,successor_code,predecessor_code,valid_from
T00,青,青海省高级人民法院,high,,,,,,
T10,青01,西宁市中级人民法院,intermediate,T00,,,,,
T11,青0102,西宁市城东区人民法院,basic,T10,,,,,
T13,青0104,西宁市城西区人民法院,basic,T10,,2018-12-31,T11,,
T14,青0105,西宁市城北区人民法院,basic,T10,,2018-12-31,T19,,
T19,青0105,西宁市城北区人民法院,basic,T10,,,,,
T16,青0123,湟中县人民法院,basic,T10,,,,,
T16,青0122,西宁市湟中区人民法院,basic,T10,,,,,2020-01-01
T18,青0131,西宁市新区人民法院,basic,T10,2019-01-01,,,T11,
"""
THEN, NOW = (date(2018, 12, 1), date(2018, 12, 31)), (date(2019, 1, 1), date(2019, 1, 31))


@pytest.fixture
def changing(tmp_path: Path) -> CourtRegister:
    (tmp_path / "courts.csv").write_text(CHANGING, encoding="utf-8")
    return load_register(tmp_path)


@pytest.mark.parametrize(
    ("stated", "prefix", "then", "now"),
    [
        (("西宁市城北区人民法院",), None, "T14", "T19"),  # a new code under the same name
        (("青海省西宁市城北区法院",), None, "T14", "T19"),
        ((), "青0105", "T14", "T19"),
        ((), "青0104", "T13", "T11"),  # the numbers of a court that was merged
        ((), "青0131", "T11", "T18"),
        (("湟中县人民法院",), None, "T16", "T16"),  # renamed: it may go on under the old name for a while
        (("西宁市湟中区人民法院",), "青0123", "T16", "T16"),
        (("T13",), None, "T13", "T13"),
    ],
)
def test_courts_that_come_go_and_are_renamed_are_found_by_the_month(
    changing: CourtRegister, stated: tuple[str, ...], prefix: str | None, then: str, now: str
) -> None:
    assert changing.resolve(stated, prefix, *THEN).court_code == then
    assert changing.resolve(stated, prefix, *NOW).court_code == now


def test_a_renamed_court_is_called_as_it_is_now_and_its_old_prefix_stays_its_own(changing: CourtRegister) -> None:
    assert changing.names["T16"] == "西宁市湟中区人民法院"
    assert (changing.by_prefix["青0123"], changing.by_prefix["青0122"]) == ({"T16"}, {"T16"})


def test_the_numbers_of_a_court_are_those_of_whoever_has_its_cases(changing: CourtRegister) -> None:
    assert changing.heirs("T13") == {"T13", "T11", "T18"}
    assert changing.heirs("T16") == {"T16"}
