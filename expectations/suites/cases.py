"""Rules of the case family that its contracts cannot say: order of dates, amounts that add up, staff within staff.
Case numbers that do not parse are labelled here and never blocked: the case counts all the same."""

from __future__ import annotations

from expectations.rules import Check, Rule
from expectations.suites.contract import GROSS_ROWS, GROSS_SHARE, dates_in_order

CASE_NUMBER_PARSED = Rule(
    code="case_number_parsed",
    zh="案号应符合编号规则",
    en="Case numbers follow the numbering rules",
    checks=(Check("case_number", "case_number_status in ('unparsed', 'legacy')"),),
    label_above=0.01,
)

# An identifier that comes in two dresses is two cases to every count: this catches the whole class of disguises.
ONE_IDENTIFIER = Rule(
    code="one_identifier",
    zh="同一法院同一案号只应有一个案件标识",
    en="A case number of a court has one case identifier",
    checks=(Check("case_id", "_has_several_cases and case_number_status = 'parsed'"),),
    block_above=GROSS_SHARE,
    block_from=GROSS_ROWS,
)

# All between the court's digits and the serial number is the type: 司救执 is one type, and not 执.
# No braces: Great Expectations takes them for its own.
TYPE_OF_NUMBER = "regexp_extract(case_number, '^（[0-9]+）(最高法|[^0-9])[0-9]*([^0-9]+)[0-9]+号', 2)"
NUMBER_KEEPS_TYPE = Rule(
    code="number_keeps_type",
    zh="案号中的类型代字应与案件类型一致",
    en="The type in a case number is the case's type",
    checks=(Check("case_number", f"case_number_status = 'parsed' and {TYPE_OF_NUMBER} <> case_type"),),
)

# One yuan of tolerance: courts round each amount to whole yuan before they subtract.
AMOUNTS_ADD_UP = Rule(
    code="amounts_add_up",
    zh="到位、放弃、未执行金额之和应等于申请标的",
    en="Recovered, waived and outstanding amounts add up to the claim",
    checks=(
        Check(
            "outstanding_amount",
            "claim_amount > 0 and recovered_amount <= claim_amount"
            " and abs(claim_amount - recovered_amount - coalesce(waived_amount, 0) - outstanding_amount) > 1",
        ),
    ),
)

RECOVERED_WITHIN_CLAIM = Rule(
    code="recovered_within_claim",
    zh="到位金额不应超过申请标的",
    en="The amount recovered does not exceed the claim",
    checks=(Check("recovered_amount", "claim_amount > 0 and recovered_amount > claim_amount"),),
)

# What a slip of a digit or a unit leaves behind; interest and costs take no claim to ten times itself.
WITHIN_REASON = Rule(
    code="amounts_within_reason",
    zh="到位、未执行金额不应超过申请标的十倍，放弃金额不应超过申请标的",
    en="No more than ten times the claim is recovered or outstanding, and no more than the claim is waived",
    checks=(
        Check("recovered_amount", "claim_amount > 0 and recovered_amount > 10 * claim_amount"),
        Check("outstanding_amount", "claim_amount > 0 and outstanding_amount > 10 * claim_amount"),
        Check("waived_amount", "claim_amount > 0 and waived_amount > claim_amount"),
    ),
)

PAID_WITHIN_RECEIVED = Rule(
    code="paid_within_received",
    zh="发放金额不应超过到账金额",
    en="No more is paid out than was received",
    checks=(Check("paid_amount", "paid_amount > received_amount"),),
)

# A fully paid claim with one digit too many is ten times itself.
FUNDS_WITHIN_CLAIM = Rule(
    code="funds_within_claim",
    zh="到账、发放金额不应达到该案申请标的的十倍",
    en="No payment received or paid out comes to ten times the claim of its case",
    checks=(
        Check("received_amount", "_claim_amount > 0 and received_amount >= 10 * _claim_amount"),
        Check("paid_amount", "_claim_amount > 0 and paid_amount >= 10 * _claim_amount"),
    ),
)

STAFF_WITHIN_ESTABLISHMENT = Rule(
    code="staff_within_establishment",
    zh="执行干警数不应超过在编总数",
    en="Enforcement staff do not outnumber all staff",
    checks=(Check("enforcement_staff_count", "enforcement_staff_count > total_staff_count"),),
)

RULES: dict[str, tuple[Rule, ...]] = {
    "cases": (
        dates_in_order(
            ("received_date", "filed_date"),
            ("filed_date", "closed_date"),
            ("filed_date", "notice_date"),
            ("filed_date", "first_query_date"),
            ("suspension_interview_date", "suspension_ruling_date"),
        ),
        CASE_NUMBER_PARSED,
        ONE_IDENTIFIER,
        NUMBER_KEEPS_TYPE,
        AMOUNTS_ADD_UP,
        RECOVERED_WITHIN_CLAIM,
        WITHIN_REASON,
    ),
    "nodes": (dates_in_order(("started_at", "ended_at"), ("started_at", "due_at")),),
    "funds": (dates_in_order(("received_date", "paid_date")), PAID_WITHIN_RECEIVED, FUNDS_WITHIN_CLAIM),
    "cross_enforcements": (dates_in_order(("decided_date", "moved_date"), ("decided_date", "closed_date")),),
    "petitions": (dates_in_order(("assigned_date", "resolved_date"), ("assigned_date", "due_date")),),
    "staffing": (STAFF_WITHIN_ESTABLISHMENT,),
    "rectifications": (dates_in_order(("found_date", "written_off_date"), ("found_date", "due_date")),),
}
