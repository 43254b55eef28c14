"""Why a bulletin is not written, each with what to do about it.
How the reasons are found belongs to the modules that raise them."""

from __future__ import annotations


class BulletinError(Exception):
    """A bulletin that cannot be made; the message says why and what to do, in both languages."""


class NothingToReportError(BulletinError):
    """No snapshot, an empty one, or a month that is not in it."""


class FontsMissingError(BulletinError):
    """No font on this machine can draw Chinese."""


class UnprovenTextError(BulletinError):
    """The text holds figures or comparisons that no claim covers, or claims that the snapshot does not bear out."""

    def __init__(self, faults: list[str]) -> None:
        shown = "\n".join(f"  - {fault}" for fault in faults[:20])
        more = f"\n  … {len(faults) - 20} more" if len(faults) > 20 else ""
        super().__init__(f"通报文字与快照数字不符，未写出 · text not borne out by the snapshot:\n{shown}{more}")
        self.faults = faults
