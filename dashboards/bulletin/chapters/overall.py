"""The opening of a bulletin: what it covers, the province's caseload and its indicators with their changes.
Single courts belong to the standings and the findings."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards import formats
from dashboards.bulletin import charts
from dashboards.bulletin.blocks import Block, Figure, HeadCell, Paragraph, Table
from dashboards.bulletin.chapters.targets import targets
from dashboards.bulletin.chapters.writing import Writing, measured
from dashboards.bulletin.claims import Claim, Statement, join
from dashboards.bulletin.editions import INTERVAL
from dashboards.bulletin.facts import WINDOW, Key
from dashboards.bulletin.judgement import CHANGE_LEVEL, PEER_LEVEL, REDEFINED, UNJUDGED
from dashboards.month import Month

VERDICTS = ("better", "worse", "moved", "flat", "unjudged", "redefined", "absent")


def scope(w: Writing) -> Iterator[Block]:
    """Which courts, which indicators, and by which rules differences are judged."""
    f, says = w.facts, w.says
    yield w.chapter("scope")
    levels = []
    for level in ("high", "intermediate", "basic"):
        amount = sum(1 for row in f.courts.values() if row["level"] == level)
        if amount:
            count = says.count(f"courts_{level}", amount)
            levels.append(w.text("scope_level", level=w.word(f"bulletin_level.{level}"), count=count))
    yield Paragraph(
        w.text(
            "scope_courts",
            region=f.region,
            levels=join(levels, w.comma),
            indicators=says.indicator_count(),
            targets=_aimed(w),
        )
    )
    yield Paragraph(w.text(f"scope_{f.edition}"))
    change, peer = says.rule("change_level", CHANGE_LEVEL), says.rule("peer_level", PEER_LEVEL)
    yield Paragraph(w.text("scope_noise", change_level=change, peer_level=peer, flat=says.flat("bulletin_change")))


def _aimed(w: Writing) -> Statement:
    total = w.aims.count("total")
    return w.text("targets_none") if total.text == "0" else w.text("targets_some", n=total)


def overall(w: Writing) -> Iterator[Block]:
    """Caseload, tally of changes, one sentence per core indicator, the table of all, the picture of two years."""
    yield w.chapter("overall")
    yield w.section(w.text("caseload"))
    for cases in ("first_enforcement", "resumed_enforcement"):
        if (cases, "new_cases") in w.facts.caseload:
            parts = {name.removesuffix("_cases"): w.says.measure(cases, name) for name in _caseload_names()}
            yield Paragraph(w.text("caseload_line", cases=w.word(f"cases.{cases}"), **parts))
    yield w.section(w.text("main"))
    yield Paragraph(_tally(w, WINDOW, w.facts.last_year, "versus_year"))
    for number, code in enumerate(w.core(), start=1):
        yield Paragraph(_line(w, (*w.facts.subject, code)), number=f"{number}.")
    yield from targets(w)
    yield _table(w)
    if (figure := _trend(w)) is not None:
        yield figure


def _caseload_names() -> tuple[str, ...]:
    return "opening_cases", "new_cases", "closed_cases", "pending_cases"


def _tally(w: Writing, window: str, base: Month, when: str) -> Statement:
    found = w.says.verdicts(window, base)
    parts = [w.one(w.says.tally(window, base, what)) for what in VERDICTS if what in found]
    listed = join(parts, w.facts.t("bulletin.tally_comma"))
    return w.text("tally", total=w.says.indicator_count(), when=w.text(when), parts=listed)


def _line(w: Writing, key: Key) -> Statement:
    """Value, what it is made of, against last year; the month, against the month before."""
    f, says = w.facts, w.says
    year = _against(w, key, WINDOW, f.last_year, "line_year")
    month = _against(w, key, "month", f.previous, "line_month")
    return w.text(
        "line",
        indicator=says.indicator(key[2], "name"),
        value=w.valued(key),
        base=_made_of(w, key),
        year=year,
        monthly=says.value(key, "month"),
        month=month,
    )


def _against(w: Writing, key: Key, window: str, base: Month, phrase: str) -> Statement:
    change = w.says.change(key, window, base)
    if change.text == formats.ABSENT:
        return w.text(f"{phrase}_absent")
    verdict = w.says.verdict(key, window, base)
    if verdict == REDEFINED:
        return w.text(f"{phrase}_redefined", change=change)
    if verdict == UNJUDGED:
        return w.text(f"{phrase}_unjudged", value=w.says.value(key, window, base))
    return w.text(phrase, value=w.says.value(key, window, base), change=change)


def _made_of(w: Writing, key: Key) -> Statement:
    """Numerator and denominator with their names; of days only the denominator, a sum of days says nothing."""
    definition = w.facts.indicators[key[2]]
    sides = ("denominator",) if definition["unit"] == "days" else ("numerator", "denominator")
    parts = []
    for side in sides:
        code, unit = str(definition[f"{side}_measure"]), definition[f"{side}_unit"]
        name = Claim("measure_name", w.facts.t.name(definition, f"{side}_name"), (key[2], side))
        amount = w.one(w.says.part(key, side))
        if unit and unit != "yuan" and w.is_chinese:
            amount = amount + w.word(f"unit.{unit}")
        parts.append(w.text("part", name=name, amount=amount) if code else amount)
    return join(parts, w.comma)


def _table(w: Writing) -> Table:
    """Every indicator of the province: so far, last year, the month, the month before."""
    f, says, columns = w.facts, w.says, []
    for name in ("head_indicator", "head_total", None, "head_year", "head_year_change", "head_month"):
        columns.append(HeadCell(Statement("n")) if name is None else w.head(name))
    columns += [w.head("head_previous"), w.head("head_month_change")]
    is_interval = f.edition == INTERVAL
    rows = []
    for code in f.indicators:
        key = (*f.subject, code)
        cells = [says.n(key)]
        cells += [says.value(key, WINDOW, f.last_year), says.change_short(key, WINDOW, f.last_year)]
        cells += [says.value(key, "month"), says.value(key, "month", f.previous)]
        cells += [says.change_short(key, "month", f.previous), *([says.status(key)] if is_interval else [])]
        rows.append([w.one(says.indicator(code)), w.figure(key), *map(w.one, cells)])
    aligns = "lrrrrrrr"
    if is_interval:
        columns, aligns = [*columns, w.head("head_status")], aligns + "c"
    caption, flat = w.text("table_all", region=f.region), says.flat("bulletin_change_short")
    note = w.noted(w.text("table_all_note", flat=flat))
    return Table(w.label("table"), caption, [columns], rows, measured(columns, rows), aligns, note)


def _trend(w: Writing) -> Figure | None:
    """Rolling years of the core indicators over two years; nothing before there are two points."""
    history = w.facts.history
    panels = []
    for code in w.core():
        part = history[history["indicator_code"] == code]
        if len(part) < 2:
            continue
        definition = w.facts.indicators[code]
        unit = str(definition["unit"])
        months = [f"{day:%Y-%m}" for day in part["period_month"]]
        panels.append(
            charts.Panel(
                title=w.facts.t.name(definition, "short_name"),
                labels=(months[0], months[-1]),
                values=[formats.scaled(v, unit) for v in part["value"]],
                lows=[formats.scaled(low, unit) for low in part["value_low"]],
                highs=[formats.scaled(high, unit) for high in part["value_high"]],
                definitions=[str(version) for version in part["definition_version"]],
                shown=formats.value(part["value"].iloc[-1], unit, w.facts.t.lang),
            )
        )
    if not panels:
        return None
    level = w.says.rule("change_level", CHANGE_LEVEL)
    note = w.text("figure_trend_note", level=level)
    return Figure(w.label("figure"), "trend", w.text("figure_trend"), charts.small_multiples(panels), note)
