"""Case numbers: the grammar of 法〔2015〕137号 in every disguise, and that nothing else is taken for it.
Which court a prefix means is tested with the courts."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grammar.case_numbers import ENFORCEMENT_TYPES, PROVINCES, parse, parse_column

NORMAL = "（2019）青0104执123号"


@pytest.mark.parametrize(
    "raw",
    [
        NORMAL, "(2019)青0104执123号", "〔2019〕青0104执123号", "[2019]青0104执123号", "【2019】青0104执123号",
        "（2019）青0104执123", "( 2019 ) 青 0104 执 123 号", "（２０１９）青０１０４执１２３号", "2019青0104执123号",
        "（2019）青0104執123號", "（2019）青0104执00123号", "（2019）青0104执123号 |", "（2019）青0104执\n123号",
    ],
)  # fmt: skip
def test_every_disguise_of_a_number_has_one_normal_form(raw: str) -> None:
    number = parse(raw)
    assert (number.text, number.status) == (NORMAL, "parsed")
    assert (number.year, number.court_prefix, number.case_type, number.serial) == (2019, "青0104", "执", 123)


@given(
    st.integers(1990, 2030),
    st.sampled_from(PROVINCES),
    st.sampled_from(["", "01", "0104", "8601"]),
    st.sampled_from([*ENFORCEMENT_TYPES, "司救执", "财保", "司惩", "知民初"]),
    st.integers(1, 999_999),
    st.sampled_from(["", "之一", "之十二"]),
)
def test_a_number_survives_being_written_and_read(
    year: int, province: str, court: str, kind: str, serial: int, part: str
) -> None:
    text = f"（{year}）{province}{court}{kind}{serial}号{part}"
    number = parse(text.replace("（", "(").replace("）", ") "))
    assert number.text == text
    assert (number.court_prefix, number.case_type, number.serial) == (province + court, kind, serial)
    assert parse(number.text) == number


def test_judicial_aid_in_enforcement_is_not_enforcement() -> None:
    number = parse("（2019）青0104司救执5号")
    assert (number.case_type, number.is_enforcement) == ("司救执", False)
    assert parse("（2019）青0104执恢5号").case_type == "执恢"


@pytest.mark.parametrize(
    "raw", ["(2014)滨法执一字第01070号", "（2015）宁执字第12号", "(2013)城执字第00012-1号", "(2012)执字第3号之一"]
)
def test_numbers_before_2016_are_legacy(raw: str) -> None:
    assert parse(raw).status == "legacy"


@pytest.mark.parametrize(
    "raw",
    ["乱写", "（2019）青010执5号", "（2019）青01045执5号", "（2019）青0104执0号", "（19）青0104执5号", "见附件", "号"],
)
def test_what_does_not_parse_is_flagged_and_kept(raw: str) -> None:
    number = parse(raw)
    assert number.status == "unparsed"
    assert number.text
    assert number.court_prefix is None


def test_no_digits_of_other_scripts_pass_for_a_number_in_normal_form() -> None:
    parsed = parse_column(pl.Series(["（２０１９）青0104执123号", "（2019）青0104执１２３号"]))
    assert parsed["number"].to_list() == [NORMAL, NORMAL]


@given(
    st.lists(
        st.one_of(st.none(), st.sampled_from([NORMAL, "(2019)青0104执123号", "x", "(2014)滨法执一字第01070号"])),
        max_size=6,
    )
)
def test_a_column_is_parsed_as_its_values_are(raws: list[str | None]) -> None:
    parsed = parse_column(pl.Series(raws, dtype=pl.String))
    for raw, row in zip(raws, parsed.rows(), strict=True):
        number = parse(raw) if raw else None
        assert row == ((number.text, number.status, number.court_prefix) if number else (None, None, None))
