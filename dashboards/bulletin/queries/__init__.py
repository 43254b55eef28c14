"""What the bulletin asks of a snapshot, and the second count it is checked against.
Questions that pages ask too belong to dashboards.queries."""
