"""Which courts differ from their peers beyond chance, and which are named to the meeting.
Places in a ranking belong to the standings."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.bulletin.blocks import Block, HeadCell, Paragraph, Table
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claims import Part, Statement, join
from dashboards.bulletin.editions import RANK
from dashboards.bulletin.facts import called_in, has
from dashboards.bulletin.judgement import CHANGE_LEVEL, PEER_LEVEL, UP
from dashboards.findings import COMPOSITE, LAST, NAMED_FROM, core

CHECKS = 12  # checks in sentences, the alerts first; the others follow in a table


def findings(w: Writing) -> Iterator[Block]:
    """Two sections: beyond the limits on the bad side of their peers, and on the good side."""
    yield w.chapter("findings")
    for phrase, is_adverse in (("findings_adverse", True), ("findings_good", False)):
        yield w.section(w.text(phrase, level=w.says.rule("peer_level", PEER_LEVEL)))
        lines = [
            _finding(w, group, code, w.says.side_of(code, is_adverse=is_adverse))
            for group in w.groups()
            for code in w.says.core
        ]
        said = [line for line in lines if line is not None] or [w.one(w.says.nobody_beyond(is_adverse=is_adverse))]
        is_list = len(said) > 1
        for number, line in enumerate(said, start=1):
            yield Paragraph(line, number=f"{number}." if is_list else "")


def named(w: Writing) -> Iterator[Block]:
    """Courts that have to explain themselves, by the rule of the meeting, with what they are named for."""
    yield w.chapter("named")
    lines = [line for group in called_in(w.facts.groups) for line in _named(w, group)]
    if not lines:
        yield Paragraph(w.one(w.says.nobody_called()))
        return
    rules: dict[str, Part] = {
        "key": join([w.says.indicator(code) for code in core(w.facts.indicators)], w.comma),
        "least": w.says.rule("named_from", str(NAMED_FROM)),
        "limit": w.says.rule("peer_level", PEER_LEVEL),
        "level": w.says.rule("change_level", CHANGE_LEVEL),
    }
    yield Paragraph(w.text("named_intro", count=w.says.called_count(), **rules))
    for number, line in enumerate(lines, start=1):
        yield Paragraph(line, number=f"{number}.")
    yield Paragraph(w.text("named_request"))


def checks(w: Writing) -> Iterator[Block]:
    """What the gaming checks ask a court to explain, the gravest in sentences and all others in a table."""
    yield w.chapter("checks")
    rows = [(str(row.check_code), str(row.court_code)) for row in w.facts.flags.itertuples()]
    for number, (check, court) in enumerate(rows[:CHECKS], start=1):
        names = ("name", "flag", "hits", "n", "share", "peers", "innocent")
        parts = {name: w.says.check(check, court, name) for name in names}
        yield Paragraph(w.text("check_line", court=w.says.court(court), **parts), number=f"{number}.")
    if len(rows) > CHECKS:
        yield Paragraph(w.text("checks_more", count=w.says.count("checks_flagged", len(rows))))
        yield _checks_table(w, rows[CHECKS:])
    yield Paragraph(w.text("checks_request" if rows else "checks_none"))


def _checks_table(w: Writing, rows: list[tuple[str, str]]) -> Table:
    names = ("name", "hits", "n", "share", "peers", "flag", "innocent")
    cells = [
        [w.one(w.says.court(court)), *(w.one(w.says.check(check, court, name)) for name in names)]
        for check, court in rows
    ]
    head = [w.head("head_court"), *(HeadCell(Statement("n")) if n == "n" else w.head(f"head_check_{n}") for n in names)]
    return Table(w.label("table"), w.text("table_checks"), [head], cells, [2, 3, 1, 1, 1.2, 1.2, 1.2, 4], "llrrrrcl")


def _finding(w: Writing, group: str, code: str, side: str) -> Statement | None:
    courts = w.says.outliers(group, code, side)
    if not courts:
        return None
    if w.facts.edition == RANK:
        courts = sorted(courts, key=lambda c: w.facts.ranks[group, c, code]["value"], reverse=side == UP)
    return w.text(
        "finding",
        group=w.group(group),
        indicator=w.says.indicator(code),
        courts=join([_court(w, group, court, code) for court in courts], w.comma),
        side=w.says.side(group, code, side, tuple(courts)),
        pooled=w.says.pooled(group, code),
    )


def _court(w: Writing, group: str, court: str, code: str) -> Statement:
    key = (court, w.scope(group), code)
    return w.text("finding_court", court=w.says.court(court), value=w.valued(key), n=w.says.n(key))


def _named(w: Writing, group: str) -> Iterator[Statement]:
    says, is_ranked = w.says, w.is_ranked(group)
    for court in says.called(group):
        parts, place = [], says.place_code(group, court)
        row = w.facts.ranks.get((group, court, COMPOSITE), {})
        if is_ranked and has(row.get("rank")):
            rank, count = says.rank(group, court, COMPOSITE), says.ranked_count(group, COMPOSITE)
            parts.append(w.text("named_rank", rank=rank, count=count))
        if place in LAST:
            parts.append(w.one(says.place(group, court) if is_ranked else says.apart(group, court)))
            if says.ahead(group, court).text != "0":
                phrase = "named_ahead" if is_ranked else "named_ahead_interval"
                parts.append(w.text(phrase, amount=says.ahead(group, court)))
        if is_ranked and (group, court) in w.facts.streaks:
            parts.append(w.one(says.streak(group, court)))
        parts += [_adverse(w, group, court, code) for code in says.adverse(group, court)]
        yield w.text("named_court", court=says.called_court(group, court), parts=join(parts, w.semicolon))


def _adverse(w: Writing, group: str, court: str, code: str) -> Statement:
    """What counts against the court: its peers, a target, or both."""
    key = (court, w.scope(group), code)
    parts: dict[str, Part] = {"indicator": w.says.indicator(code), "value": w.valued(key), "n": w.says.n(key)}
    is_apart, is_missed = w.says.is_apart(group, court, code), w.says.misses(group, court, code)
    if is_apart:
        parts["side"] = w.says.side(group, code, w.says.side_of(code, is_adverse=True), (court,))
    if is_missed:
        parts |= {"aim": w.says.aim(code), "missed": w.says.missed(group, court, code)}
    phrase = "named_both" if is_apart and is_missed else "named_missed" if is_missed else "named_part"
    return w.text(phrase, **parts)
