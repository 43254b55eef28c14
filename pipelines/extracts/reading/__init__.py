"""Delivered files of every format as one thing: headings, and chunks of rows as text with the numbers clerks count.
What the headings and texts mean belongs to `headers` and `columns`; which files there are, to `landing`."""

from pipelines.extracts.reading.opening import open_file
from pipelines.extracts.reading.source import Broken, Chunk, Limits, Line, Source

__all__ = ["Broken", "Chunk", "Limits", "Line", "Source", "open_file"]
