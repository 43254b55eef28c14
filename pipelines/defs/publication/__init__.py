"""The sealed snapshot as an asset; the work is in pipelines.publication."""
