"""The end of a bulletin: open items with their dates, annexes, the signature block.
What to know about the data is in quality; figures about courts' work belong to the chapters before."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.blocks import Annex, Block, HeadCell, Paragraph, Table
from dashboards.bulletin.chapters.standings import in_order
from dashboards.bulletin.chapters.writing import Writing, measured
from dashboards.bulletin.claims import Statement
from dashboards.bulletin.facts import Key

# A wide page holds so many indicators with three columns each beside the courts' names; English statuses are longer.
ACROSS, ACROSS_IN_ENGLISH = 6, 4
TARGETS_ACROSS = 7
DEFINED = ("formula", "direction", "min_denominator", "target", "kind")


def items(w: Writing) -> Iterator[Block]:
    """Items to rectify that stood open at the month's end, the earliest date first."""
    yield w.chapter("items")
    frame, says = w.facts.items, w.says
    month = says.month(w.facts.month)
    if frame.empty:
        yield Paragraph(w.text("items_none", month=month))
        return
    yield Paragraph(
        w.text(
            "items_line",
            month=month,
            open=says.count("items_open", len(frame)),
            courts=says.count("items_courts", frame["court_code"].nunique()),
            overdue=says.count("items_overdue", int(frame["is_overdue"].sum())),
            due_next=says.count("items_due_next", int(frame["is_due_next"].sum())),
        )
    )
    rows = []
    for index, row in enumerate(frame.itertuples()):
        dates = [says.item_date(index, "found_date"), says.item_date(index, "due_date"), says.item_state(index)]
        rows.append(
            [w.one(says.court(str(row.court_code))), w.word(f"problem_class.{row.problem_class}"), *map(w.one, dates)]
        )
    head = [w.head(f"head_{name}") for name in ("court", "problem", "found", "due", "state")]
    yield Table(w.label("table"), w.text("table_items"), [head], rows, [2, 2, 2, 2, 1.4], "llccc")


def signature(w: Writing) -> Iterator[Block]:
    """What is attached, who issues it, and an empty date for whoever signs."""
    titles = (f"annex_tables_{w.facts.edition}", "annex_definitions")
    opening = w.facts.t("bulletin.annexes")
    below = "　" * len(opening) if w.is_chinese else ""  # the second title stands under the first
    for number, title in enumerate(titles, start=1):
        yield Paragraph(w.text(title), style="list", number=f"{below if number > 1 else opening}{number}. ")
    if w.facts.letterhead:
        yield Paragraph(Statement(w.facts.letterhead), style="signature")
    elif w.facts.subject[1] == "province":
        yield Paragraph(w.text("signature", court=w.says.court(w.facts.subject[0], "name")), style="signature")
    yield Paragraph(w.text("date_blank"), style="signature")


def annexes(w: Writing) -> Iterator[Block]:
    """The full tables of the three scopes, then the definitions."""
    yield Annex(w.facts.t("bulletin.annex_label", number=1), w.text(f"annex_tables_{w.facts.edition}"))
    for group in w.groups():
        across = ACROSS if w.is_chinese or w.is_ranked(group) else ACROSS_IN_ENGLISH
        for part, codes in parted(w):
            size = -(-len(codes) // -(-len(codes) // across))
            for start in range(0, len(codes), size):
                yield _table(
                    w,
                    group,
                    w.text("annex_part_next" if start else "annex_part", part=w.word(f"bulletin_part.{part}")),
                    codes[start : start + size],
                )
    yield from _targets(w)
    yield from _largest(w)
    yield Annex(w.facts.t("bulletin.annex_label", number=2), w.text("annex_definitions"))
    yield _definitions(w)


def parted(w: Writing) -> list[tuple[str, list[str]]]:
    """首次执行, 恢复执行, 其他, each with its indicators in the catalogue's order; empty parts are left out."""
    scopes = {"first_enforcement": "first", "resumed_enforcement": "resumed"}
    parts: dict[str, list[str]] = {"first": [], "resumed": [], "other": []}
    for code, row in w.facts.indicators.items():
        parts[scopes.get(str(row["case_scope"]), "other")].append(code)
    return [(part, codes) for part, codes in parts.items() if codes]


def _table(w: Writing, group: str, part: Statement, codes: list[str]) -> Table:
    says, is_rank = w.says, w.is_ranked(group)
    names = ("head_rank", "head_value", "head_score") if is_rank else ("head_value", "n", "head_status")
    top = [w.head("head_court", rows=2), *(HeadCell(w.one(says.indicator(c)), columns=3) for c in codes)]
    second = [HeadCell(Statement("n")) if name == "n" else w.head(name) for name in [*names] * len(codes)]
    rows = []
    for court in in_order(w, group):
        row = [w.one(says.court(court))]
        for code in codes:
            key = (court, w.scope(group), code)
            if is_rank:
                row += [w.one(says.rank(group, court, code)), w.figure(key), w.one(says.score(group, court, code))]
            else:
                row += [w.figure(key), w.one(says.n(key)), w.one(says.status(key))]
        rows.append(row)
    caption = w.text("annex_group", group=w.group(group), part=part)
    aligns = "l" + ("crr" if is_rank else "rrc") * len(codes)
    widths = measured([top[0], *second], rows)
    return Table(w.label("table"), caption, [top, second], rows, widths, aligns, w.noted(Statement("")))


def _largest(w: Writing) -> Iterator[Table]:
    """Amounts that few records carry, with and without the largest; courts in the official order."""
    for group in w.groups():
        keys = {c: {i: (c, w.scope(group), i) for i in w.facts.indicators} for c in w.facts.of_group(group)}
        codes = [i for i in w.facts.indicators if any(w.says.rests_on_few(own[i]) for own in keys.values())]
        courts = [c for c, own in keys.items() if any(w.says.rests_on_few(own[i]) for i in codes)]
        if not codes:
            continue
        top = [w.head("head_court", rows=2), *(HeadCell(w.one(w.says.indicator(i)), columns=3) for i in codes)]
        second = [w.head("head_value"), w.head("head_without"), HeadCell(Statement("n"))] * len(codes)
        rows = [[w.one(w.says.court(c)), *(cell for i in codes for cell in _with(w, keys[c][i]))] for c in courts]
        caption = w.text("annex_group", group=w.group(group), part=w.text("table_largest"))
        widths, aligns = measured([top[0], *second], rows), "l" + "rrr" * len(codes)
        yield Table(w.label("table"), caption, [top, second], rows, widths, aligns, w.text("largest_note"))


def _with(w: Writing, key: Key) -> list[Statement]:
    """Value, value without the largest record, n."""
    without = w.says.without(key)
    return [w.figure(key), w.one(without) if without else Statement(formats.ABSENT), w.one(w.says.n(key))]


def _targets(w: Writing) -> Iterator[Table]:
    """Every court against every target, so that whoever misses one can be found; in the official order."""
    codes = [code for code, target in w.facts.targets.items() if target.status != "reference"]
    size = -(-len(codes) // -(-len(codes) // TARGETS_ACROSS)) if codes else 1
    for group in w.groups():
        for start in range(0, len(codes), size):
            part = codes[start : start + size]
            head = [w.head("head_court"), *(HeadCell(w.one(w.aims.name(code))) for code in part)]
            rows = [
                [w.one(w.says.court(c)), *(w.one(w.says.status((c, w.scope(group), code))) for code in part)]
                for c in w.facts.of_group(group)
            ]
            caption = w.text("annex_group", group=w.group(group), part=w.text("table_targets"))
            aligns = "l" + "c" * len(part)
            yield Table(w.label("table"), caption, [head], rows, measured(head, rows), aligns, w.text("targets_note"))


def definition_rows(w: Writing) -> tuple[list[str], list[list[Statement]]]:
    """Heads and one row per indicator: name, formula, direction, smallest sample, target, kind of definition."""
    rows = []
    for code, definition in w.facts.indicators.items():
        cells = [w.says.indicator(code, "name")]
        cells += [w.says.definition(code, name, wording.definition(w.facts.t, definition, name)) for name in DEFINED]
        rows.append([w.one(cell) for cell in cells])
    names = ("indicator", "formula", "direction", "minimum", "target", "kind")
    return [w.facts.t(f"bulletin.head_{name}") for name in names], rows


def _definitions(w: Writing) -> Table:
    heads, rows = definition_rows(w)
    head = [HeadCell(Statement(text)) for text in heads]
    return Table(w.label("table"), w.text("annex_definitions"), [head], rows, [2.6, 5, 1.1, 1, 1.5, 1.2], "llcccc")
