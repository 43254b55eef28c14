"""A synthetic province: seeded, deterministic, delivered month by month as courts deliver, with planted oddities.
Entry points only; true events belong to `world`, deliveries to `extracts`, published totals to `figures`."""

from __future__ import annotations

from pipelines.samples.generation import Made, generate, truth

__all__ = ["Made", "generate", "truth"]
