"""What a page is asked for: province, month, window, peer group, and whether courts are ranked.
Which choices there are is said by the snapshot, and they are read from the address by the header."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.month import Month


@dataclass(frozen=True)
class Choice:
    """Codes as the snapshot has them; `mode` is "rank" or "interval"."""

    province: str
    month: Month
    window: str
    peer: str
    mode: str

    @property
    def is_ranked(self) -> bool:
        """Whether courts are shown in an order with ranks; otherwise by status against interval or target only."""
        return self.mode == "rank"

    @property
    def compared(self) -> tuple[str, str, Month, str]:
        """Peer group, province, month and window: what a comparison of courts is asked by."""
        return self.peer, self.province, self.month, self.window
