"""Claims about targets: how many are met and missed, and each with its value, n, interval, and other readings.
Which are missed is decided in dashboards.targets; the check finds every one of them out anew."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.claims import Claim
from dashboards.bulletin.facts import Facts
from dashboards.targets import UNJUDGED, Target
from dashboards.texts import Texts


class TargetClaims:
    """One method per kind of claim about a target of the overall figures, by its indicator's code."""

    def __init__(self, facts: Facts) -> None:
        self.f, self.t = facts, facts.t
        self.readings: dict[str, tuple[dict[str, Any], str]] = {
            row["indicator_code"]: (row, status) for target in facts.targets.values() for row, status in target.readings
        }

    def missed(self) -> list[Target]:
        return [target for target in self.f.targets.values() if target.is_missed]

    def core(self) -> list[Target]:
        """Those of the 3+1, in their order."""
        return [self.f.targets[code] for code in self.f.core if code in self.f.targets]

    def references(self) -> list[Target]:
        return [target for target in self.f.targets.values() if target.status == "reference"]

    def row(self, code: str) -> dict[str, Any]:
        return self.readings[code][0] if code in self.readings else self.f.targets[code].row

    def count(self, what: str) -> Claim:
        """total, met, missed, short (of data) or reference."""
        statuses = [target.status for target in self.f.targets.values()]
        return Claim("target_count", said_count(self.t, statuses, what), (what,))

    def name(self, code: str, stem: str = "short_name") -> Claim:
        return Claim("target_name", self.t.name(self.row(code), stem), (code, stem))

    def value(self, code: str) -> Claim:
        return Claim("target_value", wording.value(self.t, self.row(code), self.row(code)["value"]), (code,))

    def n(self, code: str) -> Claim:
        return Claim("target_n", formats.number(self.row(code)["case_count"]), (code,))

    def aim(self, code: str) -> Claim:
        """≥90%, ≤30天 or 20%–30%."""
        return Claim("target_aim", wording.aim(self.t, self.row(code)), (code,))

    def reference(self, code: str) -> Claim:
        row = self.row(code)
        return Claim("target_reference", wording.bound(self.t, row, row["reference_value"]), (code,))

    def source(self, code: str) -> Claim:
        return Claim("target_source", self.t.half(self.row(code)["target_source"]), (code,))

    def interval(self, code: str) -> Claim:
        row = self.row(code)
        return Claim("target_interval", wording.ends(self.t, row, row["value_low"], row["value_high"]), (code,))

    def status(self, code: str) -> Claim:
        """达标, 未达标 or 数据不足: of a target, or of another reading against the same target."""
        status = self.readings[code][1] if code in self.readings else self.f.targets[code].status
        return Claim("target_status", self.t(f"bulletin_target.{status}"), (code,))

    def formula(self, code: str) -> Claim:
        return Claim("target_formula", self.t.name(self.row(code), "formula"), (code,))

    def working(self, code: str) -> Claim:
        """暂行口径, of a definition that no source publishes."""
        return Claim("target_working", self.t("bulletin_target.working"), (code,))

    def window(self, code: str) -> Claim:
        """The name of the window that the target is set for."""
        window = str(self.row(code)["window_code"])
        return Claim("target_window", self.t.name(self.f.window_names[window]), (code,))


def counted(statuses: list[str], what: str) -> int:
    """How many of the statuses are `what`: total, met, missed, short or reference."""
    groups = {"missed": ("above", "below"), "short": UNJUDGED, "met": ("met",), "reference": ("reference",)}
    if what == "total":
        return sum(status != "reference" for status in statuses)
    return sum(status in groups[what] for status in statuses)


def said_count(t: Texts, statuses: list[str], what: str) -> str:
    """达标6项: the count with its word, which is a verdict and stands in the claim."""
    amount = formats.number(counted(statuses, what))
    return t(f"bulletin_target.count_{what}", n=amount) if what in ("met", "missed", "short") else amount
