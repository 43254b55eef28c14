"""Rules that every kind keeps because its contract says so: key, required values, vocabularies, dates, amounts.
What only one kind knows (which date comes before which) is in that family's module."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from expectations.rules import Check, Rule
from pipelines.extracts.contracts import Column, Contract, contract, vocabulary

# Dates a court sets for the future: limits, ends of terms and announced auctions. All others state what has happened.
PLANNED_DATES = frozenset({"due_date", "due_at", "term_due_date", "term_end_date", "auction_date"})
# A fifth of a month's rows dated after its end means that the folder holds another month's delivery.
GROSS_SHARE = 0.2
GROSS_ROWS = 5


def _form(name: str, **said: Any) -> Any:
    """An expectation by its class; whoever only asks a rule's own predicate does without the seconds of its import."""
    return getattr(import_module("great_expectations.expectations.core"), name)(**said)


def rules(kind: str) -> tuple[Rule, ...]:
    """The rules that follow from the contract of `kind`, those without anything to check left out."""
    of = contract(kind)
    found = (
        _key_unique(of),
        _required_present(of),
        _vocabulary_known(of),
        _not_in_the_future(of),
        _not_long_ago(of),
        _not_negative(of),
        _number_keeps_court(of),
    )
    return tuple(rule for rule in found if rule.checks)


def gate_columns(of: Contract) -> tuple[str, ...]:
    """The lake columns a gate may look at: everything but personal ones."""
    return tuple(column.name for column in of.columns if column.personal is None)


def _key_unique(of: Contract) -> Rule:
    columns = ["_extract_month", *of.key]
    check = Check(
        column=of.key[0],
        fails="_same_key_count > 1",
        expectation=lambda: _form("ExpectCompoundColumnsToBeUnique", column_list=columns, ignore_row_if="never"),
    )
    return Rule(
        code="key_unique",
        zh="同月内同一记录只能出现一次",
        en="A record occurs once in a month",
        checks=(check,),
        block_above=GROSS_SHARE,
        block_from=GROSS_ROWS,
    )


def _required_present(of: Contract) -> Rule:
    def check(column: Column) -> Check:
        return Check(
            column.name, f"{column.name} is null", lambda: _form("ExpectColumnValuesToNotBeNull", column=column.name)
        )

    return Rule(
        code="required_present",
        zh="必填项不得为空",
        en="Required values are present",
        checks=tuple(check(column) for column in of.required if column.personal is None),
        block_above=0.0,
    )


def _vocabulary_known(of: Contract) -> Rule:
    def check(column: Column, name: str) -> Check:
        values = [term.value for term in vocabulary(name)]
        listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
        return Check(
            column.name,
            f"{column.name} not in ({listed})",
            lambda: _form("ExpectColumnValuesToBeInSet", column=column.name, value_set=values),
        )

    return Rule(
        code="vocabulary_known",
        zh="代码项取值须在词表内",
        en="Coded values are in their vocabulary",
        checks=tuple(check(column, column.vocabulary) for column in of.columns if column.vocabulary),
        block_above=0.0,
    )


def _not_in_the_future(of: Contract) -> Rule:
    dates = [c.name for c in of.columns if c.type in ("date", "timestamp") and c.name not in PLANNED_DATES]
    return Rule(
        code="not_in_the_future",
        zh="已发生的日期不得晚于所属月份月末",
        en="What has happened is not dated after the end of the month",
        checks=tuple(Check(name, f"{name} >= _extract_month + interval 1 month") for name in dates),
        block_above=GROSS_SHARE,
        block_from=GROSS_ROWS,
    )


def _not_long_ago(of: Contract) -> Rule:
    dates = [(column.name, column.since) for column in of.columns if column.since]
    return Rule(
        code="not_long_ago",
        zh="日期不应早于该列所记事项开始之日（见合同）",
        en="No date is before the day that its column's matter began with (see the contract)",
        checks=tuple(Check(name, f"{name} < date '{day}'") for name, day in dates),
        block_above=GROSS_SHARE,
        block_from=GROSS_ROWS,
    )


def _number_keeps_court(of: Contract) -> Rule:
    """A label and never more: cases are handed to other courts, and some courts hear the cases of a whole region."""
    numbers = [column.name for column in of.columns if column.type == "case_number"]
    return Rule(
        code="number_keeps_court",
        zh="案号中的法院代字应为本院所用（指定管辖、集中管辖的请核实）",
        en="The court in a case number is the row's (unless the case was handed over, or one court hears a region's)",
        checks=tuple(Check(name, f"_{name}_of_another_court") for name in numbers),
    )


def _not_negative(of: Contract) -> Rule:
    def check(name: str) -> Check:
        return Check(name, f"{name} < 0", lambda: _form("ExpectColumnValuesToBeBetween", column=name, min_value=0))

    numeric = [c.name for c in of.columns if c.type in ("amount", "integer", "number")]
    return Rule(
        code="not_negative",
        zh="金额和数量不得为负",
        en="Amounts and counts are not negative",
        checks=tuple(check(name) for name in numeric),
        block_above=GROSS_SHARE,
        block_from=GROSS_ROWS,
    )


def dates_in_order(*pairs: tuple[str, str]) -> Rule:
    """The rule that the first date of each pair is not after the second; a missing date is no fault."""

    def check(earlier: str, later: str) -> Check:
        return Check(
            later,
            f"{later} < {earlier}",
            lambda: _form(
                "ExpectColumnPairValuesAToBeGreaterThanB",
                column_A=later,
                column_B=earlier,
                or_equal=True,
                ignore_row_if="either_value_is_missing",
            ),
        )

    return Rule(
        code="dates_in_order",
        zh="日期先后须合理",
        en="Dates are in order",
        checks=tuple(check(earlier, later) for earlier, later in pairs),
        block_above=GROSS_SHARE,
        block_from=GROSS_ROWS,
    )
