"""The three scopes one after the other: ranks and points in the rank edition, values and statuses in the other.
Judgements on single courts belong to the findings."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards import formats
from dashboards.bulletin import charts
from dashboards.bulletin.blocks import Block, Figure, HeadCell, Paragraph, Table
from dashboards.bulletin.chapters.writing import IN_TABLE, Writing, measured
from dashboards.bulletin.claims import Statement, join
from dashboards.bulletin.editions import RANK
from dashboards.bulletin.facts import GROUPS, JUDGED
from dashboards.bulletin.judgement import CHANGE_LEVEL
from dashboards.findings import COMPOSITE, FIRST, LAST

STATUSES = ("inside", "high", "low", "short", "missing")
NAMED = 6  # courts that a sentence names; more are counted, and the annex has them all
ON_A_PAGE = 50  # rows of the picture: sixty would run off the foot of an A4 page


def standings(w: Writing) -> Iterator[Block]:
    """One section per scope: a sentence, the table, for basic courts the picture."""
    yield w.chapter(f"standings_{w.facts.edition}")
    for group in w.groups():
        yield w.section(w.group(group))
        yield from _ranked(w, group) if w.is_ranked(group) else _listed(w, group)
        if group == "basic":
            yield from _spread(w, group)


def in_order(w: Writing, group: str, indicator: str = COMPOSITE) -> list[str]:
    """Ranked courts by rank, then the others, each in the official order where equal; by official order if unranked."""
    courts = w.facts.of_group(group)
    if not w.is_ranked(group):
        return courts
    rows = {court: w.facts.ranks.get((group, court, indicator), {}) for court in courts}
    return sorted(courts, key=lambda court: int(rows[court].get("rank") or len(courts) + 1))


def _ranked(w: Writing, group: str) -> Iterator[Block]:
    says, courts = w.says, in_order(w, group)
    count = says.status_total(group)
    yield Paragraph(w.text("rank_intro", group=w.group(group), count=count, ranked=says.ranked_count(group, COMPOSITE)))
    if (told := _told_apart(w, group)) is not None:
        yield Paragraph(told)
    yield _rank_table(w, group, courts)


def _told_apart(w: Writing, group: str) -> Statement | None:
    """Who could be among the first and who among the last, by the sets of ranks; nothing where there are none."""
    says, level = w.says, w.says.rule("change_level", CHANGE_LEVEL)
    if not any(says.place_code(group, court) for court in w.facts.of_group(group)):
        return None
    n, first, last = says.end_count(group), says.at_end(group, FIRST), says.at_end(group, LAST)
    if not first and not last:
        return w.text("ends_alike", level=level, n=n)
    sizes = {"first": says.end_size(group, FIRST), "last": says.end_size(group, LAST)}
    sizes["surely"] = says.end_size(group, ("surely_last",))
    named = {"firsts": _named(w, group, first, FIRST), "lasts": _named(w, group, last[::-1], LAST)}
    return w.text("ends", level=level, n=n, **sizes, **named) + _unnamed(w, group, last)


def _unnamed(w: Writing, group: str, last: list[str]) -> Statement:
    """Why courts that rank behind a named one are not named themselves."""
    said = Statement("")
    for code in ("anywhere", "between"):
        if last and w.says.behind(group, code):
            best = w.says.rank(group, last[0], COMPOSITE)
            counts = {"amount": w.says.unnamed(group, code), "n": w.says.end_count(group), "rank": best}
            said = said + w.text(f"ends_unnamed_{code}", **counts)
    return said


def _named(w: Writing, group: str, courts: list[str], codes: tuple[str, ...]) -> Statement:
    """The courts at one end with rank and score, each a claim that its set of ranks has to bear."""
    named = [
        w.text(
            "rank_court",
            rank=w.says.rank(group, court, COMPOSITE),
            court=w.says.at_end_court(group, court, codes),
            score=w.says.score(group, court, COMPOSITE),
        )
        for court in courts
    ]
    return w.text("ends_named", courts=join(named, w.comma)) if named else Statement("")


def _rank_table(w: Writing, group: str, courts: list[str]) -> Table:
    says, codes = w.says, w.core(IN_TABLE)
    top = [w.head("head_court", rows=2), HeadCell(w.text("head_composite"), columns=4)]
    top += [HeadCell(w.one(says.indicator(code)), columns=3) for code in codes]
    names = [
        "head_rank",
        "head_rank_interval",
        "head_previous_rank",
        "head_score",
        *["head_rank", "head_value", "head_score"] * len(codes),
    ]
    rows = []
    for court in courts:
        cells = [says.court(court), says.rank(group, court, COMPOSITE), says.rank_interval(group, court)]
        row = [w.one(cell) for cell in [*cells, says.previous_rank(group, court, COMPOSITE)]]
        row.append(w.one(says.score(group, court, COMPOSITE)))
        for code in codes:
            row += [w.one(says.rank(group, court, code)), w.figure((court, w.scope(group), code))]
            row.append(w.one(says.score(group, court, code)))
        rows.append(row)
    caption = w.text("table_rank", group=w.group(group))
    second = [w.head(name) for name in names]
    aligns = "lcccr" + "crr" * len(codes)
    note = w.noted(w.text("table_rank_note"))
    if says.is_recomposed:
        note = note + Statement("" if w.is_chinese else " ") + w.text("table_rank_note_redefined")
    return Table(w.label("table"), caption, [top, second], rows, measured([top[0], *second], rows), aligns, note)


def _listed(w: Writing, group: str) -> Iterator[Block]:
    """Values without an order, with what the published intervals say of them."""
    says = w.says
    if w.facts.edition == RANK:
        why = "rank_alone" if group in GROUPS else "rank_few"
        yield Paragraph(w.text(why, group=w.group(group), count=says.status_total(group)))
    else:
        yield from _counted(w, group)
    top, second = [w.head("head_court", rows=2)], []
    codes = w.core(IN_TABLE)
    for code in codes:
        top.append(HeadCell(w.one(says.indicator(code)), columns=3))
        second += [w.head("head_value"), HeadCell(Statement("n")), w.head("head_status")]
    rows = []
    for court in w.facts.of_group(group):
        row = [w.one(says.court(court))]
        for code in codes:
            key = (court, w.scope(group), code)
            row += [w.figure(key), w.one(says.n(key)), w.one(says.status(key))]
        rows.append(row)
    caption = w.text("table_interval", group=w.group(group))
    widths = measured([top[0], *second], rows)
    aligns = "l" + "rrc" * len(codes)
    yield Table(w.label("table"), caption, [top, second], rows, widths, aligns, w.noted(w.text("table_interval_note")))


def _counted(w: Writing, group: str) -> Iterator[Paragraph]:
    """How many courts stand where, for every indicator with a target; who misses it is named where few do."""
    intro = w.text("interval_intro", group=w.group(group), count=w.says.status_total(group))
    codes = [code for code, target in w.facts.targets.items() if target.status != "reference"]
    yield Paragraph(intro if codes else intro + w.text("interval_none"))
    for number, code in enumerate(codes, start=1):
        parts = [_with_status(w, group, code, status) for status in STATUSES]
        listed = join([part for part in parts if part.text], w.comma)
        said = w.text("interval_line", indicator=w.aims.name(code), aim=w.aims.aim(code), parts=listed)
        yield Paragraph(said, number=f"{number}.")


def _with_status(w: Writing, group: str, code: str, status: str) -> Statement:
    """达标42个; of those that miss it the names too, in the official order, as far as they fit."""
    courts = w.says.with_status(group, code, status)
    if not courts:
        return Statement("")
    said = w.one(w.says.status_count(group, code, status))
    if status not in ("high", "low") or len(courts) > NAMED:
        return said
    return said + w.text("ends_named", courts=join([w.one(w.says.court(court)) for court in courts], w.comma))


def _spread(w: Writing, group: str) -> Iterator[Figure]:
    """The first core indicator of every court with its interval and the group's own value, a page each."""
    code = w.core()[0]
    definition = w.facts.indicators[code]
    unit = str(definition["unit"])
    spots = []
    for court in in_order(w, group, code):
        row = w.facts.ranks.get((group, court, code), {})
        spots.append(
            charts.Spot(
                label=w.facts.t.name(w.facts.courts[court], "short_name"),
                shown=formats.value(row.get("value"), unit, w.facts.t.lang),
                value=formats.scaled(row.get("value"), unit),
                low=formats.scaled(row.get("value_low"), unit),
                high=formats.scaled(row.get("value_high"), unit),
                is_small=row.get("status") not in JUDGED,
            )
        )
    pooled = w.says.pooled_share(group, code)
    reference = formats.scaled(pooled.value if pooled else None, unit)
    level = w.says.rule("change_level", CHANGE_LEVEL)
    caption = w.text("figure_spread", group=w.group(group), indicator=w.says.indicator(code), level=level)
    note = w.text("figure_spread_note", pooled=w.says.pooled(group, code))
    suffix, pages = formats.suffix(unit, w.facts.t.lang), -(-len(spots) // ON_A_PAGE)
    for page in range(pages):
        part = spots[page * len(spots) // pages : (page + 1) * len(spots) // pages]
        svg = charts.dots(part, reference, suffix, within=spots)
        yield Figure(w.label("figure"), "spread", caption + w.text("figure_next") if page else caption, svg, note)
