"""A line of a region among its courts' rows is a total where the court tree and the sums say so, else held.
Whatever it is called: the register's own courts are never taken for one."""

from __future__ import annotations

import pytest

from pipelines.extracts.courts import CourtRegister
from pipelines.extracts.receiving_context import current_register
from pipelines.settings.effective import seeds
from tests.unit.extracts.conftest import Clerk, csv_text, fund

RETURNS = [
    "法院名称,报表项目,报表数", "西宁市城东区人民法院,新收,10", "西宁市城中区人民法院,新收,5",
    "海东市中级人民法院,新收,7", "西宁市城东区人民法院,到位金额,1000.10",
]  # fmt: skip


def taken_in(clerk: Clerk, *lines: str) -> tuple[int, int, int, int]:
    clerk.deliver("\n".join([*RETURNS, *lines]) + "\n", kind="returns")
    receipt = clerk.receive("returns")
    return receipt.accepted, receipt.rejected, receipt.held, receipt.no_data


@pytest.mark.parametrize(
    "line",
    [
        "青海省,新收,22",
        "青海,新收,22",
        "西宁市,新收,15",
        "西宁,新收,15",
        "海东市,新收,7",
        "青海省,到位金额,1000.10",
        "全省合计,新收,22",
    ],
)
def test_a_region_with_the_sum_of_its_courts_is_a_total(clerk: Clerk, line: str) -> None:
    assert taken_in(clerk, line) == (4, 0, 0, 1)


@pytest.mark.parametrize("line", ["西宁市,新收,22", "海东市,新收,8", "海西州,新收,22", "青海省,结案,0", "某省,新收,22"])
def test_a_region_whose_figure_is_not_the_sum_is_held(clerk: Clerk, line: str) -> None:
    assert taken_in(clerk, line) == (4, 0, 1, 0)


def test_a_court_with_the_sum_of_others_is_a_court(clerk: Clerk) -> None:
    assert taken_in(clerk, "青海省高级人民法院,新收,22", "西宁市中级人民法院,新收,15") == (6, 0, 0, 0)


@pytest.mark.parametrize("places", [{"法院代码": "青海省"}, {"案款标识": "青海省"}, {"法院代码": "西宁市"}])
def test_a_region_without_a_record_s_key_is_no_record(clerk: Clerk, places: dict[str, str]) -> None:
    total = dict.fromkeys(fund(1), "") | {"到账金额": "300"} | places
    clerk.deliver(csv_text([fund(1), fund(2), total]))
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected, receipt.held, receipt.no_data) == (2, 0, 0, 1)


def test_a_record_of_a_region_is_held(clerk: Clerk) -> None:
    clerk.deliver(csv_text([fund(1), fund(2, 法院代码="青海省")]))
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.held, receipt.no_data) == (1, 1, 0)


def test_a_tree_that_runs_in_a_circle_ends() -> None:
    register = CourtRegister(names={"A": "甲市中级人民法院", "B": "乙县人民法院"}, parent_of={"A": "B", "B": "A"})
    assert register.courts_of("甲市") == {"A", "B"}


def test_a_court_of_one_level_has_no_region(clerk: Clerk) -> None:
    register = current_register(seeds(clerk.layout))
    assert register.courts_of("西宁市城东区") is None
    assert "T11" in (register.courts_of("西宁市") or ()) and "T22" not in (register.courts_of("西宁市") or ())
