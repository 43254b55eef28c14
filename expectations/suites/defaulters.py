"""Rules of the defaulter family: a listing ends after it began.
Whether it was taken down in time is an indicator, not a fault of the delivery."""

from __future__ import annotations

from expectations.rules import Rule
from expectations.suites.contract import dates_in_order

RULES: dict[str, tuple[Rule, ...]] = {
    "defaulters": (
        dates_in_order(
            ("published_date", "delisted_date"),
            ("published_date", "deletion_trigger_date"),
            ("published_date", "term_end_date"),
        ),
    ),
    "restrictions": (dates_in_order(("issued_date", "lifted_date")),),
}
