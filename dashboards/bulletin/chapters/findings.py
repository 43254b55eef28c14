"""Which courts differ from their peers beyond chance, and which are named to the meeting.
Places in a ranking belong to the standings."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.bulletin.blocks import Block, Paragraph
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claims import Statement, join
from dashboards.bulletin.editions import RANK
from dashboards.bulletin.facts import COMPOSITE, has
from dashboards.bulletin.judgement import DOWN, UP
from dashboards.findings import LAST, is_called

CHECKS = 12  # checks in the text; the alerts come first
LISTED = 6  # more than this in one sentence, and the rest are counted


def findings(w: Writing) -> Iterator[Block]:
    """Two sections: on the bad side of their peers, and on the good side."""
    yield w.chapter("findings")
    for phrase, is_adverse in (("findings_adverse", True), ("findings_good", False)):
        yield w.section(w.text(phrase))
        lines = [
            _finding(w, group, code, _side(w, code, is_adverse=is_adverse))
            for group in w.groups()
            for code in w.core()
            if w.facts.indicators[code]["direction"] in ("higher", "lower")
        ]
        said = [line for line in lines if line is not None] or [w.text("finding_none")]
        is_list = len(said) > 1
        for number, line in enumerate(said, start=1):
            yield Paragraph(line, number=f"{number}." if is_list else "")


def named(w: Writing) -> Iterator[Block]:
    """Courts that have to explain themselves, by the rule of the meeting, with what they are named for."""
    yield w.chapter("named" if w.facts.edition == RANK else "named_interval")
    lines = [line for group in w.groups() if group != "intermediate_jurisdiction" for line in _named(w, group)]
    for number, line in enumerate(lines, start=1):
        yield Paragraph(line, number=f"{number}.")
    yield Paragraph(w.text("named_request" if lines else "named_none"))


def checks(w: Writing) -> Iterator[Block]:
    """What the gaming checks ask a court to explain, with the explanations that would be innocent."""
    yield w.chapter("checks")
    rows = [(str(row.check_code), str(row.court_code)) for row in w.facts.flags.itertuples()]
    for number, (check, court) in enumerate(rows[:CHECKS], start=1):
        names = ("name", "flag", "hits", "n", "share", "peers", "innocent")
        parts = {name: w.says.check(check, court, name) for name in names}
        yield Paragraph(w.text("check_line", court=w.says.court(court), **parts), number=f"{number}.")
    if len(rows) > CHECKS:
        yield Paragraph(w.text("checks_more", count=w.says.count("checks_flagged", len(rows))))
    yield Paragraph(w.text("checks_request" if rows else "checks_none"))


def _side(w: Writing, code: str, *, is_adverse: bool) -> str:
    is_higher = w.facts.indicators[code]["direction"] == "higher"
    return DOWN if is_higher == is_adverse else UP


def _finding(w: Writing, group: str, code: str, side: str) -> Statement | None:
    courts = w.says.outliers(group, code, side)
    if not courts:
        return None
    if w.facts.edition == RANK:
        courts = sorted(courts, key=lambda c: w.facts.ranks[group, c, code]["value"], reverse=side == UP)
    listed = join([_court(w, group, court, code) for court in courts[:LISTED]], w.comma)
    if len(courts) > LISTED:
        listed = w.text("finding_more", courts=listed, count=w.says.outlier_count(group, code, side))
    return w.text(
        "finding",
        group=w.group(group),
        indicator=w.says.indicator(code),
        courts=listed,
        side=w.says.side(group, code, side, tuple(courts[:LISTED])),
        pooled=w.says.pooled(group, code),
    )


def _court(w: Writing, group: str, court: str, code: str) -> Statement:
    key = (court, w.scope(group), code)
    return w.text(
        "finding_court", court=w.says.court(court), value=w.says.value(key), n=w.says.part(key, "denominator")
    )


def _named(w: Writing, group: str) -> Iterator[Statement]:
    adverse: dict[str, list[str]] = {}
    for code in w.core():
        if w.facts.indicators[code]["direction"] in ("higher", "lower"):
            for court in w.says.outliers(group, code, _side(w, code, is_adverse=True)):
                adverse.setdefault(court, []).append(code)
    streaks = w.facts.streaks if w.is_ranked(group) else {}
    courts = w.facts.of_group(group)
    places = {court: w.says.place_code(group, court) for court in courts}
    for court in (c for c in courts if is_called(len(adverse.get(c, [])), places[c])):
        parts = []
        row = w.facts.ranks.get((group, court, COMPOSITE), {})
        if w.is_ranked(group) and has(row.get("rank")):
            rank, count = w.says.rank(group, court, COMPOSITE), w.says.ranked_count(group, COMPOSITE)
            parts.append(w.text("named_rank", rank=rank, count=count))
        if places[court] in LAST:
            parts.append(w.one(w.says.place(group, court)) if w.is_ranked(group) else w.text("named_apart"))
        if (group, court) in streaks:
            parts.append(w.text("named_streak", months=w.says.streak(group, court)))
        parts += [_adverse(w, group, court, code) for code in adverse.get(court, [])]
        yield w.text("named_court", court=w.says.court(court, "name"), parts=join(parts, w.semicolon))


def _adverse(w: Writing, group: str, court: str, code: str) -> Statement:
    return w.text(
        "named_part",
        indicator=w.says.indicator(code),
        value=w.says.value((court, w.scope(group), code)),
        side=w.says.side(group, code, _side(w, code, is_adverse=True), (court,)),
    )
