"""Where acts are kept: in a file beside the snapshots, or on a PostgreSQL server; both promise the same.
What an act says, who may write it and what it is masked of, belongs to the store above."""
