"""What every claim about what people wrote should say, read again act by act from the store.
Claims about figures are in the other verifiers."""

from __future__ import annotations

from datetime import date

from dashboards import formats
from dashboards.bulletin import written
from dashboards.bulletin.change_verifier import ChangeVerifier
from dashboards.bulletin.written_claims import one_line, outcome_words
from dashboards.proceedings import comments, decisions, objections, store
from dashboards.proceedings.store import Act


class WrittenVerifier(ChangeVerifier):
    """One method `says_<kind>` per kind of claim about what people wrote."""

    def says_written(self, act: int, name: str) -> str:
        return one_line(str(self._act(act).content[name]))

    def says_under_examination(self, court: str, scope: str, indicator: str) -> str:
        found = comments.comments(self.province)[court, scope, indicator, self.month]
        return self.t(f"bulletin_written.{found.status}") if found.status else formats.ABSENT

    def says_objected(self, court: str, scope: str, indicator: str) -> str:
        return self.t("bulletin_written.mark") if self._open(court, scope, indicator) else formats.ABSENT

    def says_objection_count(self, court: str, scope: str, indicator: str) -> str:
        return formats.number(self._open(court, scope, indicator))

    def says_decision_state(self, number: int, day: str) -> str:
        acts = [act for act in store.acts(decisions.KIND, self.province) if act.thread == number]
        is_done = any(act.deed == "finish" for act in acts)
        is_late = date.fromisoformat(day) > date.fromisoformat(str(acts[0].content["due"]))
        return self.t(f"bulletin_written.{'done' if is_done else 'overdue' if is_late else 'open'}")

    def says_outcome(self, number: int) -> str:
        (found,) = [one for one in decisions.decisions(self.province) if one.number == number]
        return outcome_words(self.t, written.outcome(self.cursor, found, self.month))

    def _act(self, number: int) -> Act:
        (found,) = [
            act
            for kind in (comments.KIND, decisions.KIND)
            for act in store.acts(kind, self.province)
            if act.number == number
        ]
        return found

    def _open(self, court: str, scope: str, indicator: str) -> int:
        """Filed and neither refused, closed nor withdrawn, by the acts alone."""
        over = {act.thread for act in store.acts(objections.KIND, self.province) if act.deed in objections.ENDS}
        return sum(
            act.deed == "file"
            and act.thread not in over
            and (act.content["court"], act.content["scope"], act.content["indicator"], act.content["month"])
            == (court, scope, indicator, str(self.month))
            for act in store.acts(objections.KIND, self.province)
        )
