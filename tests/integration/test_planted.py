"""Persons in every kind of place, through reception, gate, models, snapshot, pack, documents, feedback: none is named.
Places and words are in planted.py; single rules of masking are tested with the extracts."""

from __future__ import annotations

import duckdb

from tests.integration.conftest import Taken
from tests.integration.world import current, pipelines
from tests.unit.extracts.planted import SECRETS, accepted, naming

WALKED = ("lake", "rejects", "conversions", "feedback", "warehouse", "dagster", "published", "documents")
PUBLISHED = {
    "core.fct_enforcement_cases": "cause", "core.fct_auction_lots": "asset_kind", "core.fct_petitions": "source",
    "core.fct_defaulter_listings": "deletion_trigger", "core.fct_entrustments": "matter",
}  # fmt: skip


def test_the_deliveries_name_them_all(planted: Taken) -> None:
    """So that the walk would find them."""
    assert {secret for _, secret in naming(planted.data, ("landing",))} == set(SECRETS)


def test_what_was_planted_is_published(planted: Taken) -> None:
    """Or nothing would have been tried: every text of few words and every prose column is in the snapshot, masked."""
    database = planted.data / "published" / str(current(planted.data)) / "enforcement.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        hidden = {
            table: connection.execute(f"select count(*) from {table} where {column} like '%**%'").fetchall()[0][0]
            for table, column in PUBLISHED.items()
        }
    assert all(count > 0 for count in hidden.values()), hidden
    assert len(PUBLISHED) == len(accepted())


def test_not_one_byte_beyond_the_deliveries_names_a_person(planted: Taken) -> None:
    # The small world has no month that a pack can be made of: packs are walked in the golden world.
    assert all(any((planted.data / name).rglob("*.*")) for name in WALKED), "every place was written to"
    others = {path.name for path in planted.data.iterdir()} - {"landing"}
    assert naming(planted.data, tuple(sorted({*WALKED, *others}))) == []
    assert [secret for secret in SECRETS if secret in planted.output] == []


def test_the_terminal_names_nobody_when_it_is_asked_later(planted: Taken) -> None:
    for command in (["status"], ["gate", "--month", "2016-06", "--kind", "cases"], ["doctor"]):
        done = pipelines(planted.data, *command)
        assert [secret for secret in SECRETS if secret in done.stdout + done.stderr] == [], command


def test_a_trial_names_nobody(planted: Taken) -> None:
    """Of the file's name too: its reader may hand on what the terminal says."""
    file = next((planted.data / "landing" / "2016-06" / "cases").glob("*更正_张甲*"))
    done = pipelines(planted.data, "check", str(file))
    assert "更正" in done.stdout
    assert [secret for secret in SECRETS if secret in done.stdout + done.stderr] == []
