"""Feedback: for every delivered file and every court with rows in it, a page and a workbook that the court gets back.
What is said of a file comes from its receipt, rejects and conversions; nothing here judges a row."""

from pipelines.extracts.feedback.writing import write

__all__ = ["write"]
