"""Delivered files of every format as one thing: headings, and chunks of rows as text with the numbers clerks count.
What the headings and texts mean belongs to `headers` and `columns`; which files there are, to `landing`."""

from pipelines.extracts.reading.opening import open_file
from pipelines.extracts.reading.source import Beside, Broken, Chunk, Doubt, Limits, Line, Source, Span

__all__ = ["Beside", "Broken", "Chunk", "Doubt", "Limits", "Line", "Source", "Span", "open_file"]
