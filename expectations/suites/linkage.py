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

# 法释〔2016〕18号: a lot begins at no less than seven tenths of its value, and at four fifths of that the second time.
PRICES_WITHIN_REASON = Rule(
    code="amounts_within_reason",
    zh="起拍价、成交价与评估价不应相差十倍以上",
    en="Starting price and price are not more than ten times off the valuation, nor the price off the starting price",
    checks=(
        Check(
            "starting_price",
            "valuation_amount > 0 and starting_price > 0"
            " and (starting_price > 10 * valuation_amount or 10 * starting_price < valuation_amount)",
        ),
        Check(
            "deal_price",
            "deal_price > 0 and ("
            "valuation_amount > 0 and (deal_price > 10 * valuation_amount or 10 * deal_price < valuation_amount)"
            " or starting_price > 0 and (deal_price > 10 * starting_price or 10 * deal_price < starting_price))",
        ),
    ),
)

RULES: dict[str, tuple[Rule, ...]] = {
    "linkage": (dates_in_order(("sent_at", "feedback_at"), ("sent_at", "due_at")),),
    "entrustments": (dates_in_order(("accepted_at", "completed_at"), ("accepted_at", "due_at")),),
    "auctions": (
        dates_in_order(("started_date", "notice_date"), ("notice_date", "auction_date")),
        SOLD_WITH_PRICE,
        PRICES_WITHIN_REASON,
    ),
}
