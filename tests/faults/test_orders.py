"""In whatever order months come, again, corrected, split or taken away: what is in force is what their own acts say.
Thousands of histories are tried by `make soak SOAK=orders`; the way on to the figures belongs to tests/properties."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from tests.faults.orders import Act, histories, outcome

EXAMPLES = 15


def holds(history: tuple[list[Act], list[Act]]) -> None:
    in_order, mixed = history
    with tempfile.TemporaryDirectory() as place:
        calm, other = outcome(Path(place) / "calm", in_order), outcome(Path(place) / "mixed", mixed)
        assert calm.in_force() == calm.expected
        assert other.in_force() == calm.in_force()
        assert other.told() == calm.told()


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(histories())
def test_the_order_of_months_changes_nothing(history: tuple[list[Act], list[Act]]) -> None:
    holds(history)
