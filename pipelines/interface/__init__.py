"""Dagster's interface for a browser of this machine, and the wall before it.
What it shows is in pipelines.definitions; starting and ending it belongs to the command."""
