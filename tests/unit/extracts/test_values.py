"""What delivered texts mean: dates, amounts, numbers, flags and codes in every form that courts write.
Only single values and columns of them; rows and files have their own tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extracts.columns import type_columns
from pipelines.extracts.contracts import contract, vocabulary
from pipelines.extracts.values import (
    ABSURD_AMOUNT,
    UnreadableError,
    read_amount,
    read_code,
    read_date,
    read_flag,
    read_integer,
    read_number,
    read_timestamp,
)

DAYS = st.dates(date(1950, 1, 2), date(2099, 12, 31))
CENTS = st.integers(0, 10**13).map(lambda cents: Decimal(cents).scaleb(-2))


@pytest.mark.parametrize(
    "text",
    [
        "2019-12-03", "2019/12/3", "2019.12.3", "20191203", "2019年12月3日", "2019年12月3号", "2019 年 12 月 3 日",
        "２０１９年１２月３日", "43802", "43802.0", "43802.75", "1575302400000", "2019-12-03 00:00:00",
        "2019-12-03T23:59:59", "2019-12-02T16:00:00.000Z", "2019-12-03T08:00:00+08:00", "20191203093000",
    ],
)  # fmt: skip
def test_every_form_of_a_date_means_the_same_day(text: str) -> None:
    assert read_date(text) == date(2019, 12, 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2019-13-01", "not_a_date"), ("2019-02-29", "not_a_date"), ("2019-12/03", "not_a_date"),
        ("12-03-2019", "not_a_date"), ("去年", "not_a_date"), ("########", "not_a_date"), ("2019", "not_a_date"),
        ("0219-12-03", "absurd_date"), ("9999-12-31", "absurd_date"), ("00001", "absurd_date"),
        ("0000-00-00", "not_a_date"), ("2019-12-03 25:00:00", "not_a_date"),
        # Digits of a moment that were cut short, or are no moment: 2033, 1976, 1973, 2034 as counts from 1970.
        ("2019120309300", "absurd_date"), ("201913030930", "absurd_date"), ("201912030", "absurd_date"),
        ("2034567890123", "absurd_date"), ("201912039999", "absurd_date"), ("1893542400", "not_a_date"),
        ("20191303", "not_a_date"), ("20190230", "not_a_date"), ("03122019", "not_a_date"), ("2019120", "not_a_date"),
        ("20191203250000", "not_a_date"), ("20191203096100", "not_a_date"), ("03122019093000", "not_a_date"),
        ("2019-12-31 20:00-21:00", "not_a_date"), ("2019-12-03 9:30:00-11:00", "not_a_date"),
        ("2019-12-03T09:30:00+15:00", "not_a_date"), ("2019-12-03T09:30:00+08:20", "not_a_date"),
        ("2019年12月3日9:30-10:30", "not_a_date"),
        ("2019120309300012", "not_a_date"), ("201912", "not_a_date"), ("191203", "not_a_date"),
    ],
)  # fmt: skip
def test_what_is_no_possible_day_is_not_guessed_into_one(text: str, code: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_date(text)
    assert raised.value.code == code


@given(DAYS)
def test_a_date_survives_every_way_of_writing_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    moment = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(hours=8)))
    written = [
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{day}T00:00:00",
    ]  # fmt: skip
    if 1985 <= day.year < 2050:  # five digits outside are no day that enforcement has to do with
        written.append(str(serial))
    if 1985 <= day.year < 2030:  # and neither are thirteen
        written.append(str(int(moment.timestamp() * 1000)))
    if day.year >= 1980:
        written.append(f"/Date({int(moment.timestamp() * 1000):010})/")
        written.append(f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z")
    assert {read_date(text) for text in written} == {day}


@given(st.datetimes(datetime.fromisoformat("1950-01-02"), datetime.fromisoformat("2099-12-31")))
def test_a_moment_survives_being_written_to_the_second(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert read_timestamp(moment.isoformat(sep=" ")) == moment
    assert read_timestamp(f"{moment:%Y年%m月%d日 %H时%M分%S秒}") == moment
    assert read_timestamp(f"{moment:%Y%m%d%H%M%S}") == moment


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1234.50", "1234.50"), ("1,234.50", "1234.50"), ("１，２３４．５０", "1234.50"), ("12.5万元", "125000"),
        ("12.5 万", "125000"), ("0.3亿元", "30000000"), ("3千元", "3000"), ("￥1,234.5", "1234.50"),
        ("1234.50元", "1234.50"),
        ("人民币5000元整", "5000"), ("0", "0"), ("0.005", "0.01"), ("0.30000000000000004", "0.30"), (".5", "0.50"),
    ],
)  # fmt: skip
def test_every_form_of_an_amount_means_the_same_yuan(text: str, yuan: str) -> None:
    assert read_amount(text) == Decimal(yuan)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1234,50", "not_an_amount"), ("1,23", "not_an_amount"), ("约五千", "not_an_amount"),
        ("5000美元", "not_an_amount"),
        ("-5", "negative_amount"), ("2万亿元", "absurd_amount"), ("1.2E+11", "scientific_notation"),
        ("1" * 30, "absurd_amount"), ("12.5万万", "not_an_amount"),
    ],
)  # fmt: skip
def test_what_is_no_possible_amount_is_not_guessed_into_one(text: str, code: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_amount(text)
    assert raised.value.code == code


@given(CENTS.filter(lambda amount: amount < ABSURD_AMOUNT))
def test_an_amount_survives_every_way_of_writing_it(amount: Decimal) -> None:
    wide = str(amount).translate({ord("."): "．"} | {ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    written = [
        str(amount),
        f"{amount:,}",
        f"{amount}元",
        wide,
        f"{amount.scaleb(-4):f}万元",
        f"{amount.scaleb(-8):f}亿",
    ]
    assert {read_amount(text) for text in written} == {amount}


def test_a_plain_number_may_be_negative_and_an_integer_may_not() -> None:
    assert read_number("-1,234.5") == Decimal("-1234.50")
    assert (read_integer("1,234"), read_integer("12.0"), read_integer("１２")) == (1234, 12, 12)
    for text, code in (("-1", "negative_count"), ("1.5", "not_an_integer"), ("十二", "not_an_integer")):
        with pytest.raises(UnreadableError) as raised:
            read_integer(text)
        assert raised.value.code == code


@pytest.mark.parametrize("yes", ["是", "1", "Y", "y", "true", "TRUE", "Ｙ", "有", "1.0"])
def test_every_yes_is_true(yes: str) -> None:
    assert read_flag(yes) is True


@pytest.mark.parametrize("no", ["否", "0", "N", "n", "false", "无"])
def test_every_no_is_false(no: str) -> None:
    assert read_flag(no) is False


def test_an_unclear_flag_is_not_taken_for_no() -> None:
    with pytest.raises(UnreadableError):
        read_flag("不详")


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("终本", "closing_mode", "终结本次执行程序"), ("suspension", "closing_mode", "终结本次执行程序"),
        ("Suspension", "closing_mode", "终结本次执行程序"), ("终结 执行", "closing_mode", "终结执行"),
        ("581", "party_kind", "法人"),
        ("580.0", "party_kind", "自然人"), ("违反财产报告制度的", "ground", "违反财产报告制度"),
        ("违反财产报告制度,其他规避执行", "ground", "违反财产报告制度"),
        ("有履行能力而拒不履行生效法律文书确定义务的", "ground", "有履行能力而拒不履行生效法律文书确定义务"),
    ],
)  # fmt: skip
def test_a_code_may_come_as_value_label_alias_or_number(text: str, name: str, value: str) -> None:
    assert read_code(text, name) == value


def test_an_unknown_code_is_not_matched_to_a_similar_one() -> None:
    for text in ("终本执行", "司救执", "执 恢 保"):
        with pytest.raises(UnreadableError):
            read_code(text, "closing_mode" if text == "终本执行" else "case_type")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("终本,执行完毕", "closing_mode"), ("执行完毕/终结执行", "closing_mode"), ("法人,自然人", "party_kind"),
        ("非法人组织|自然人", "party_kind"), ("银行/证券", "unit_type"), ("查询;冻结", "matter"),
        ("成交\n流拍", "auction_result"),
    ],
)  # fmt: skip
def test_two_codes_in_a_cell_are_told_and_neither_is_taken(text: str, name: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_code(text, name)
    assert raised.value.code == "two_codes"


@pytest.mark.parametrize("name", ["case_type", "closing_mode", "ground", "matter", "activity", "return_item"])
def test_a_vocabulary_reads_its_own_values(name: str) -> None:
    assert [read_code(term.value, name) for term in vocabulary(name)] == [term.value for term in vocabulary(name)]


@given(
    st.lists(st.one_of(st.none(), DAYS.map(str), st.sampled_from(["2019/1/2", "43802", "x", "2019-02-30"])), max_size=8)
)
def test_the_fast_path_of_a_column_reads_as_the_law_does(texts: list[str | None]) -> None:
    raw = pl.DataFrame(
        {column.name: pl.Series([None] * len(texts), dtype=pl.String) for column in contract("funds").columns}
    )
    raw = raw.with_columns(pl.Series("paid_date", texts, dtype=pl.String))
    columns = type_columns("funds", raw, {})
    faulty = {fault.place for fault in columns.faults}
    for place, text in enumerate(texts):
        value = columns.typed["paid_date"][place]
        try:
            assert value == (None if text is None else read_date(text))
        except UnreadableError:
            assert place in faulty
            assert value is None
