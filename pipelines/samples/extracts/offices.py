"""Which office delivers which courts' records: a file a jurisdiction, a region or the province.
The habits of an office belong to `styles`, delays and replacements to `oddities`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.samples.world.plan import CourtPlan

BULK_CASES = 300_000  # from here on every court delivers for itself, in fast formats
_REGIONS = 4
PROVINCIAL_KINDS = (
    "petitions", "staffing", "rectifications", "returns", "entrustments", "auctions", "linkage_activities",
)  # fmt: skip
REGIONAL_KINDS = ("funds", "nodes", "linkage", "defaulters", "restrictions")


@dataclass(frozen=True)
class Jurisdiction:
    """Courts whose cases come in one file, and the number of the office that writes it."""

    name: str
    office: int
    courts: tuple[str, ...]


@dataclass(frozen=True)
class Region:
    """Jurisdictions that are made and delivered together: this much of the province is in memory at a time."""

    name: str
    office: int
    jurisdictions: tuple[Jurisdiction, ...]
    shares: tuple[CourtPlan, ...]


def regions(shares: Sequence[CourtPlan], cases: int) -> tuple[Region, ...]:
    """The regions of a sample in a fixed order: the three busiest jurisdictions alone, all others together.

    A single jurisdiction is cut into four by its courts; a bulk sample into its courts.
    """
    if cases >= BULK_CASES:
        singles = [Jurisdiction(s.court.name, i, (s.court.code,)) for i, s in enumerate(shares)]
        return tuple(_region(i, (one,), shares) for i, one in enumerate(singles))
    by_office: dict[int, list[CourtPlan]] = {}
    for share in shares:
        by_office.setdefault(share.court.office, []).append(share)
    if len(by_office) == 1:
        by_office = {i: list(shares[i::_REGIONS]) for i in range(_REGIONS) if shares[i::_REGIONS]}
    made = [
        Jurisdiction(members[0].court.name, office, tuple(m.court.code for m in members))
        for office, members in by_office.items()
    ]
    loads = {j.office: sum(s.court.load for s in shares if s.court.code in j.courts) for j in made}
    busiest = sorted(made, key=lambda j: (-loads[j.office], j.office))[: _REGIONS - 1]
    rest = tuple(j for j in made if j not in busiest)
    groups = [(j,) for j in sorted(busiest, key=lambda j: j.office)] + ([rest] if rest else [])
    return tuple(_region(i, group, shares) for i, group in enumerate(groups))


def _region(office: int, jurisdictions: tuple[Jurisdiction, ...], shares: Sequence[CourtPlan]) -> Region:
    codes = {code for j in jurisdictions for code in j.courts}
    name = jurisdictions[0].name if len(jurisdictions) == 1 else "其他地区"
    return Region(name, office, jurisdictions, tuple(s for s in shares if s.court.code in codes))
