"""What a server does once, when it has shown its first page.
What every run of a page does belongs to the bar and the door."""

from __future__ import annotations

import gc
from functools import cache


@cache
def settle() -> None:
    """Takes what the first page loaded, and what stays for good, out of the rounds of Python's collector.

    A round over all of it took 150 ms, in which nobody was answered, at every seventh page.
    """
    gc.collect()
    gc.freeze()
