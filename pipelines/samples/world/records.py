"""All records of one region's courts, by kind of extract.
Each kind's own rules belong to the module named after it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipelines.samples.world.activities import court_activities, court_staffing
from pipelines.samples.world.auctions import court_auctions
from pipelines.samples.world.cases import court_cases
from pipelines.samples.world.defaulters import court_listings, court_restrictions
from pipelines.samples.world.funds import court_funds
from pipelines.samples.world.linkage import court_linkage
from pipelines.samples.world.plan import CourtPlan, Plan
from pipelines.samples.world.process import court_entrustments, court_nodes, court_petitions, court_rectifications
from pipelines.samples.world.returns import court_returns


def region_records(plan: Plan, shares: Sequence[CourtPlan]) -> dict[str, pl.DataFrame]:
    """Kind of extract to the true records of these courts."""
    by_court = [_court_records(plan, share) for share in shares]
    return {kind: pl.concat([records[kind] for records in by_court], how="diagonal") for kind in by_court[0]}


def _court_records(plan: Plan, share: CourtPlan) -> dict[str, pl.DataFrame]:
    cases = court_cases(plan, share)
    listings = court_listings(plan, share, cases)
    return {
        "cases": cases,
        "funds": court_funds(plan, share, cases),
        "defaulters": listings,
        "restrictions": court_restrictions(plan, share, cases, listings),
        "returns": court_returns(plan, share, cases),
        "nodes": court_nodes(plan, share, cases),
        "petitions": court_petitions(plan, share, cases),
        "staffing": court_staffing(plan, share),
        "rectifications": court_rectifications(plan, share, cases),
        "linkage": court_linkage(plan, share, cases),
        "entrustments": court_entrustments(plan, share, cases),
        "auctions": court_auctions(plan, share, cases),
        "linkage_activities": court_activities(plan, share, cases),
    }
