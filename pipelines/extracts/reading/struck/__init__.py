"""What of a cell's text is struck out, or set above or below the line: told of the cell, never read as if it held.
Each format marks it in its own way, known to the modules beside; what becomes of the row is said by `rows`."""

from pipelines.extracts.reading.struck.marks import (
    CONDITIONED,
    HELD_OPEN,
    PARTLY_RAISED,
    PARTLY_STRUCK,
    STRUCK_OUT,
    Run,
    doubt_of,
)

__all__ = ["CONDITIONED", "HELD_OPEN", "PARTLY_RAISED", "PARTLY_STRUCK", "STRUCK_OUT", "Run", "doubt_of"]
