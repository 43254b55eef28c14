"""The quality statement of a pack: sources, gaps with their reasons, lateness, withheld rows, revisions, uncertainty.
What the figures say of courts belongs to the chapters before."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.bulletin.blocks import Block, Paragraph, Table
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claims import Claim, Statement, join
from dashboards.bulletin.facts import WINDOW
from dashboards.bulletin.judgement import CHANGE_LEVEL, PEER_LEVEL

SOURCED = ("expected", "delivered", "late", "received", "rejected", "held")


def quality(w: Writing) -> Iterator[Block]:
    """One section per question that a reader has to ask of figures before using them."""
    yield w.chapter("notes")
    for phrase, lines in (
        ("quality_sources", _sources(w)),
        ("quality_gaps", _gaps(w)),
        ("quality_revisions", _revisions(w)),
        ("quality_uncertainty", _uncertainty(w)),
        ("quality_definitions", _definitions(w)),
    ):
        yield w.section(w.text(phrase))
        for number, line in enumerate(lines, start=1):
            yield Paragraph(line, number=f"{number}.")
        if phrase == "quality_sources":
            yield _table(w)


def _sources(w: Writing) -> Iterator[Statement]:
    says, frame = w.says, w.facts.deliveries
    courts = frame["court_code"].nunique()
    missing = frame[~frame["is_delivered"].astype(bool)]["court_code"].nunique()
    sums = {name: int(frame[column].fillna(0).sum()) for name, column in _COUNTED.items()}
    yield w.text(
        "notes_delivery",
        expected=says.count("courts_expected", courts),
        complete=says.count("courts_complete", courts - missing),
        **{name: says.count(f"rows_{name}", amount) for name, amount in sums.items()},
    )
    yield w.text("quality_made", snapshot=says.snapshot())


_COUNTED = {"received": "row_count", "rejected": "rejected_count", "held": "held_count"}


def _table(w: Writing) -> Table:
    """Every kind of delivery: courts expected, delivered, late; rows received, rejected and held."""
    kinds = list(dict.fromkeys(w.facts.deliveries["kind"]))
    heads = [w.head("head_kind_of_data"), *(w.head(f"head_{name}") for name in SOURCED)]
    rows = [
        [w.word(f"kind.{kind}"), *(w.one(w.says.source(kind, what)) for what in SOURCED)] for kind in map(str, kinds)
    ]
    return Table(w.label("table"), w.text("table_sources"), [heads], rows, [2.4, 1, 1, 1, 1.3, 1, 1], "lrrrrrr")


def _gaps(w: Writing) -> Iterator[Statement]:
    """Who did not deliver and why what came does not count, who was late, and what the window lacks before."""
    says, frame = w.says, w.facts.deliveries
    missing = frame[~frame["is_delivered"].astype(bool)]
    for court, part in missing.groupby("court_code", sort=False):
        reasons = [
            w.text("quality_gap", kind=w.word(f"kind.{kind}"), reason=says.gap(str(court), str(kind)))
            for kind in part["kind"]
        ]
        yield w.text("notes_missing", court=says.court(str(court)), kinds=join(reasons, w.comma))
    if missing.empty:
        yield w.text("quality_no_gap")
    late = frame[frame["is_late"].fillna(value=False).astype(bool)]
    if len(late):
        names = join([says.court(str(code)) for code in dict.fromkeys(late["court_code"])], w.comma)
        yield w.text("notes_late", late=says.count("courts_late", late["court_code"].nunique()), courts=names)
    else:
        yield w.text("quality_no_late")
    for status in ("not_delivered", "not_applicable", "too_few"):
        parts = [_unjudged(w, group, status) for group in w.groups()]
        if said := [part for part in parts if part.text]:
            yield w.text(f"quality_{status}", said=join(said, w.semicolon))


def _unjudged(w: Writing, group: str, status: str) -> Statement:
    """基层法院：首执到位率3个、…: courts of a group without a judgement on a main indicator, for one reason."""
    counts = [(code, w.says.lacking(group, code, status)) for code in w.facts.indicators]
    parts = [w.text("quality_lacking", indicator=w.says.indicator(c), n=n) for c, n in counts if n.text != "0"]
    return w.text("quality_group", group=w.group(group), said=join(parts, w.comma)) if parts else Statement("")


def _revisions(w: Writing) -> Iterator[Statement]:
    yield w.text("quality_label", label=w.says.label())
    yield from _restated(w)
    if not w.facts.restated:
        yield w.text("quality_unrestated")
    yield w.text("quality_policy")


def _uncertainty(w: Writing) -> Iterator[Statement]:
    change, peer = w.says.rule("change_level", CHANGE_LEVEL), w.says.rule("peer_level", PEER_LEVEL)
    yield w.text("quality_intervals", level=change, peer_level=peer)
    yield w.text("quality_chance")
    for group in w.groups():
        claims = [(code, w.says.resting(group, code)) for code in w.facts.indicators]
        parts = [w.text("quality_lacking", indicator=w.says.indicator(c), n=n) for c, n in claims if n.text != "0"]
        if parts:
            yield w.text("quality_resting", group=w.group(group), said=join(parts, w.comma))


def _definitions(w: Writing) -> Iterator[Statement]:
    says = w.says
    if len(w.facts.failures):
        yield w.text("notes_gate", count=says.count("rules_failed", len(w.facts.failures)))
    codes = [c for c, row in w.facts.indicators.items() if row["is_working_definition"]]
    codes += [t.code for t in w.facts.targets.values() if t.is_working and t.code not in w.facts.indicators]
    working: list[Claim] = [says.working(code) for code in codes]
    if working:
        yield w.text("notes_working", indicators=join(working, w.comma))
    yield from _redefined(w)
    if w.facts.has_provisional_calendar:
        yield w.text("calendar")


def _redefined(w: Writing) -> Iterator[Statement]:
    """Which indicators are not compared with last year or the month before, because their definition changed."""
    f = w.facts
    for when, window, base in (("versus_year", WINDOW, f.last_year), ("versus_month", "month", f.previous)):
        if (names := w.says.redefined(window, base)).text:
            yield w.text("notes_redefined", when=w.text(when), indicators=names)


def _restated(w: Writing) -> Iterator[Statement]:
    """Every printed figure that was changed after its month was closed: what was said, what is said, and why."""
    for key, row in w.facts.restated.items():
        sides = {side: w.says.restated_value(key, side) for side in ("old", "new")}
        cause = w.facts.t.name(row, "cause")
        yield w.text(
            "notes_restated",
            court=w.says.court(key[0]),
            indicator=w.says.indicator(key[2]),
            cause=w.says.restated_cause(key, cause),
            **sides,
        )
