"""How a server that stays up for weeks lets Python collect its garbage without keeping readers waiting.
What every run of a page does belongs to the bar and the door."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from functools import cache
from itertools import count
from typing import Any

WHOLE = 50  # every so many rounds over what is new comes one over everything, some half a second
EVERY = 2000  # objects more than were given back, until the youngest are looked at; Python's own 700 is for scripts

_rounds = count(1)


@cache
def settle() -> None:
    """From the first page on: what has outlived a full round of the collector is left out of the next ones.

    With fifty readers a round over all that is kept took 0.2 to 0.5 s, every ten seconds, and nobody was answered.
    """
    gc.set_threshold(EVERY, 10, 10)
    gc.callbacks.append(_round)
    gc.collect()


def _round(phase: str, info: Mapping[str, Any]) -> None:
    if info["generation"] < 2:
        return
    if phase == "stop":
        gc.freeze()
    elif next(_rounds) % WHOLE == 0:
        gc.unfreeze()
