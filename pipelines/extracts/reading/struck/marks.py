"""The runs of a cell's text, and what a cell comes to whose runs are struck out or raised.
How a format writes its runs is known to the modules beside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.extracts.values import STRIPPED

STRUCK_OUT, PARTLY_STRUCK, PARTLY_RAISED = "struck_out", "partly_struck", "partly_raised"
CONDITIONED = "struck_by_condition"  # of a range of cells: which of them are struck out, nobody evaluates
HELD_OPEN = (STRUCK_OUT, PARTLY_STRUCK)  # of a heading or a title, too, it is asked whether it holds


class Run(NamedTuple):
    """A piece of a cell's text in one dress: whether it is struck out, and set above or below the line.

    `is_struck` None: as the cell is.
    """

    text: str
    is_struck: bool | None = None
    is_raised: bool = False


def doubt_of(runs: Iterable[Run], is_cell_struck: bool = False) -> str | None:
    """Why the joined text of a cell is not its value: 1000 struck out and 2000 are not 10002000, 12¹ is not 121.

    A cell raised as a whole holds what it says.
    """
    said = [run for run in runs if run.text.strip(STRIPPED)]
    struck = {is_cell_struck if run.is_struck is None else run.is_struck for run in said}
    if True in struck:
        return PARTLY_STRUCK if False in struck else STRUCK_OUT
    return PARTLY_RAISED if len({run.is_raised for run in said}) > 1 else None
