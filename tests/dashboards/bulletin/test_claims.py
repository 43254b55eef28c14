"""A text is refused when a figure or comparison in it is unclaimed or untrue.
The files belong to their own test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboards.bulletin import UnprovenTextError, make_pack
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.check import faults, prove
from dashboards.bulletin.claim_verifier import Verifier
from dashboards.bulletin.claims import Claim, Statement, compose, join, uncovered
from dashboards.bulletin.outline import write, writing
from dashboards.findings import COMPOSITE
from dashboards.month import Month
from dashboards.texts import phrases

Bench = tuple[Writing, Verifier]
CLAIMED = (
    "bulletin_change", "bulletin_side", "bulletin_status", "bulletin_count", "bulletin_item", "bulletin_target",
    "bulletin_place", "bulletin_tally", "bulletin_moves", "bulletin_named", "bulletin_written",
)  # fmt: skip


@pytest.mark.parametrize("edition", ["rank", "interval"])
def test_every_figure_of_a_bulletin_is_proven(bench: Bench, edition: str) -> None:
    w, verifier = bench
    again = writing(replace(w.facts, edition=edition))
    count, found = faults(write(again).statements(), verifier)
    assert found == []
    assert count > 300


@pytest.mark.parametrize(
    "text",
    [
        "结案率为54.14%。",
        "涉及八个法院。",
        "较上月上升。",
        "城东法院最高。",
        "与上年持平。",
        "It rose last year.",
        "The highest of all.",
        "Three courts did not.",
        "过半数法院达到。",
    ],
)
def test_a_figure_or_comparison_without_a_claim_is_refused(bench: Bench, text: str) -> None:
    with pytest.raises(UnprovenTextError):
        prove([Statement(text)], bench[1])


@pytest.mark.parametrize(
    "text", ["最高人民法院规定如下。", "不同范围之间不作比较。", "The courts are listed in order."]
)
def test_plain_prose_needs_no_claim(text: str) -> None:
    assert uncovered(Statement(text)) == []


def test_a_planted_figure_is_refused(bench: Bench) -> None:
    """One digit changed in one sentence of the whole bulletin, its claim left as it was."""
    w, verifier = bench
    said = list(write(w).statements())
    index = next(i for i, s in enumerate(said) if any(c.kind == "value" for _, c in s.claims))
    at, claim = next((at, c) for at, c in said[index].claims if c.kind == "value")
    planted = claim.text.replace(claim.text[0], str((int(claim.text[0]) + 1) % 10), 1)
    said[index] = replace(said[index], text=said[index].text[:at] + planted + said[index].text[at + len(claim.text) :])
    with pytest.raises(UnprovenTextError, match="不在原位"):
        prove(said, verifier)


def test_a_claim_with_a_wrong_figure_is_refused(bench: Bench) -> None:
    w, verifier = bench
    true = w.says.value((*w.facts.subject, "QX02"))
    assert prove([compose("{value}", value=true)], verifier) == 1
    with pytest.raises(UnprovenTextError, match="应为"):
        prove([compose("{value}", value=replace(true, text="99.99%"))], verifier)


def test_a_wrong_rank_count_or_name_is_refused(bench: Bench) -> None:
    w, verifier = bench
    court = w.facts.of_group("basic")[0]
    for claim in (
        w.says.rank("basic", court, COMPOSITE),
        w.says.score("basic", court, "QX02"),
        w.says.ranked_count("basic", "QX02"),
        w.says.tally("rolling_12m", w.facts.last_year, "flat"),
        w.says.count("courts_basic", 1),
        w.says.court(court),
        w.says.measure("first_enforcement", "new_cases"),
    ):
        with pytest.raises(UnprovenTextError):
            prove([compose("{claim}", claim=replace(claim, text=claim.text + "1"))], verifier)


def test_a_rise_within_the_noise_cannot_be_said(bench: Bench) -> None:
    """Whatever the province's figures are: none of the three words but the true one passes."""
    w, verifier = bench
    true = w.says.change((*w.facts.subject, "QX02"), "rolling_12m", w.facts.last_year)
    passed = [
        word
        for word in ("上升1.00个百分点", "下降1.00个百分点", "持平", true.text)
        if not faults([compose("{word}", word=replace(true, text=word))], verifier)[1]
    ]
    assert set(passed) == {true.text}


def test_a_court_within_the_limits_cannot_be_called_below(bench: Bench) -> None:
    w, verifier = bench
    inside = [c for c in w.facts.of_group("basic") if c not in w.says.outliers("basic", "QX02", "down")]
    with pytest.raises(UnprovenTextError):
        prove([compose("{side}", side=w.says.side("basic", "QX02", "down", (inside[0],)))], verifier)


def test_an_unknown_kind_of_claim_is_refused(bench: Bench) -> None:
    with pytest.raises(UnprovenTextError, match="无从核对"):
        prove([compose("{claim}", claim=Claim("guess", "12"))], bench[1])


def test_claims_keep_their_places_when_texts_are_joined() -> None:
    one = compose("第{n}名", n=Claim("rank", "3"))
    joined = join([one, one], "、") + compose("，共{n}个", n=Claim("count", "8"))
    assert joined.text == "第3名、第3名，共8个"
    assert [joined.text[at : at + len(c.text)] for at, c in joined.claims] == ["3", "3", "8"]
    assert uncovered(joined) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_phrase_of_the_catalogue_holds_a_figure_or_comparison_itself(lang: str) -> None:
    """Phrases that few months need are found here and not by a refusal in the night before the meeting."""
    said = {k: v for k, v in phrases(lang).items() if k.startswith("bulletin") and k.split(".")[0] not in CLAIMED}
    said = {k: v for k, v in said.items() if not k.startswith("bulletin_change")}
    bare = {key: compose(text, **dict.fromkeys(places(text), "")) for key, text in said.items()}
    assert {key: uncovered(statement) for key, statement in bare.items() if uncovered(statement)} == {}


def places(text: str) -> list[str]:
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(text) if name]


def test_a_pack_is_not_written_when_the_snapshot_contradicts_itself(home: Callable[..., Path]) -> None:
    """Published figures that the monthly measures do not bear out: nothing is put into the folder."""
    place = home(
        "full",
        """update performance.fct_court_indicators set value = value * 1.01, numerator = numerator * 1.01
           where indicator_code = 'QX02' and scope_code = 'province' and period_month = date '2019-12-01'""",
    )
    with pytest.raises(UnprovenTextError):
        make_pack(Month.parse("2019-12"))
    assert list(place.glob("packs/*/*")) == []


def test_a_rank_that_the_points_do_not_bear_out_is_refused(home: Callable[..., Path]) -> None:
    """Such as a tie broken by the last bit of a sum: a snapshot that says so is not handed out."""
    home(
        "full",
        """update rankings.rpt_court_rankings set rank = rank + 1
           where indicator_code = 'COMPOSITE' and peer_group = 'basic' and window_code = 'rolling_12m'
             and period_month = date '2019-12-01' and rank = 2""",
    )
    with pytest.raises(UnprovenTextError, match="COMPOSITE"):
        make_pack(Month.parse("2019-12"))
