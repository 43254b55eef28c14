"""How assets say what they are doing: to Dagster's log by default, to a terminal where one is watching.
What is said to a terminal, and how it looks, belongs to pipelines.commands."""

from __future__ import annotations

from typing import Protocol

import dagster as dg

from pipelines.extracts.loading import KindReceipt
from pipelines.extracts.mending import Mended


class Reporter(Protocol):
    """Told of the steps of a run as they go on; `total` is None where the number of parts is not known."""

    def start(self, step: str, total: int | None) -> None: ...
    def advance(self, step: str, detail: str) -> None: ...
    def finish(self, step: str, detail: str) -> None: ...
    def received(self, kind: str, receipt: KindReceipt) -> None: ...
    def told(self, mended: Mended) -> None: ...


class LogReporter:
    """Writes to Dagster's log: for runs that nobody watches on a terminal."""

    def __init__(self) -> None:
        self._log = dg.get_dagster_logger("enforcement")

    def start(self, step: str, total: int | None) -> None:
        self._log.info("%s: %s", step, "started" if total is None else f"{total} to do")

    def advance(self, step: str, detail: str) -> None:
        self._log.debug("%s: %s", step, detail)

    def finish(self, step: str, detail: str) -> None:
        self._log.info("%s: %s", step, detail)

    def received(self, kind: str, receipt: KindReceipt) -> None:
        for refusal in receipt.refused:
            self._log.error("%s: %s", refusal.file_name, refusal.message.en)

    def told(self, mended: Mended) -> None:
        self._log.warning("%s: %s", mended.place, mended.message.en)
