"""The monthly bulletin: from a published snapshot to a meeting pack in Word, Excel, PDF and one HTML file.
`make_pack` is the one call for a button, `made_packs` for an asset; no browser session and no pipeline belongs here."""

from dashboards.bulletin.editions import EDITIONS, edition_in_force
from dashboards.bulletin.pack import Pack, made_before, made_packs, make_pack
from dashboards.bulletin.refusals import BulletinError, FontsMissingError, NothingToReportError, UnprovenTextError

__all__ = [
    "EDITIONS",
    "BulletinError",
    "FontsMissingError",
    "NothingToReportError",
    "Pack",
    "UnprovenTextError",
    "edition_in_force",
    "made_before",
    "made_packs",
    "make_pack",
]
