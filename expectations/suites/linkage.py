"""Rules of the linkage family: requests, entrusted matters and auctions answer in the order in which they were asked.
Whether an answer came in time is an indicator, not a fault of the delivery."""

from __future__ import annotations

from expectations.rules import Check, Rule
from expectations.suites.contract import dates_in_order

SOLD_WITH_PRICE = Rule(
    code="sold_with_price",
    zh="成交应有成交价，未成交不应有成交价",
    en="A lot has a price when it is sold, and only then",
    checks=(Check("deal_price", "(coalesce(result, '') = '成交') <> (coalesce(deal_price, 0) > 0)"),),
)

RULES: dict[str, tuple[Rule, ...]] = {
    "linkage": (dates_in_order(("sent_at", "feedback_at"), ("sent_at", "due_at")),),
    "entrustments": (dates_in_order(("accepted_at", "completed_at"), ("accepted_at", "due_at")),),
    "auctions": (dates_in_order(("started_date", "notice_date"), ("notice_date", "auction_date")), SOLD_WITH_PRICE),
}
