"""A figure is drawn once for what it shows: the same figures, words and colours are given the same picture again.
Nothing is remembered by name or place, so nothing can be out of date."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec

import plotly.graph_objects as go

Values = ParamSpec("Values")
MOST = 600  # figures kept, some ten kilobytes each


class _Asked:
    """A call of a chart's function. Two are equal when name and values are, to the byte."""

    def __init__(self, draw: Callable[..., go.Figure], values: tuple[Any, ...], named: dict[str, Any]) -> None:
        said = pickle.dumps((draw.__module__, draw.__qualname__, values, named), protocol=5)
        self._digest = hashlib.blake2b(said, digest_size=20).digest()
        self._draw: Callable[[], go.Figure] | None = lambda: draw(*values, **named)

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._digest == other._digest

    def drawn(self) -> go.Figure:
        """The figure; asked once, so that the values need not be kept with it."""
        draw, self._draw = self._draw, None
        assert draw is not None
        return draw()


@lru_cache(maxsize=MOST)
def _figure(asked: _Asked) -> go.Figure:
    return asked.drawn()


def once(draw: Callable[Values, go.Figure]) -> Callable[Values, go.Figure]:
    """For a chart's function that depends on nothing but its values. The figure is everybody's: not to be changed."""

    @wraps(draw)
    def asked(*values: Values.args, **named: Values.kwargs) -> go.Figure:
        return _figure(_Asked(draw, values, named))

    return asked
