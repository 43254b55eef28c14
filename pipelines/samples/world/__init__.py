"""The true events of a synthetic province: what happened, independent of how courts report it.
Files, formats, faults and months belong to `pipelines.samples.extracts`."""
