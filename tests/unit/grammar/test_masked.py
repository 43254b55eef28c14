"""What people write is read by others without the persons in it, and with every number of a case as it was.
Which words mark a person is tested with the deliveries they come from."""

from __future__ import annotations

import pytest

from grammar.prose import masked


@pytest.mark.parametrize("number", ["（2019）青2802执273号", "(2019)青2802执恢27号之一", "2019青2802执273号"])
def test_a_case_number_stays_as_it_was_written(number: str) -> None:
    assert masked(f"{number}结案日期录错，应为2019-11-28，金额120000.50元") == (
        f"{number}结案日期录错，应为2019-11-28，金额120000.50元"
    )


def test_a_person_their_telephone_and_their_numbers_are_hidden() -> None:
    said = masked("被执行人张三，电话13912345678，身份证632801198001011234，名下账号6222 0212 3456 7890 128")
    assert not any(secret in said for secret in ("张三", "13912345678", "632801198001011234", "6222"))


@pytest.mark.parametrize(
    "text, hidden",
    [
        ("被执行人张三可证", "被执行人张**可证"),
        ("承办人李四说明", "承办人李**说明"),
        ("申请人王小五表示同意", "申请人王**表示同意"),
        ("被执行人名下有车", "被执行人名下有车"),
        ("申请执行人不同意", "申请执行人不同意"),
        ("承办人已变更", "承办人已变更"),
    ],
)
def test_a_name_behind_a_role_is_hidden_within_a_sentence(text: str, hidden: str) -> None:
    assert masked(text) == hidden


def test_hiding_twice_hides_no_more() -> None:
    once = masked("王五名下房产已拍卖，成交价120000元")
    assert masked(once) == once
