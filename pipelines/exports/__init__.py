"""From a sealed snapshot to what other tools read: Parquet files, and tables in PostgreSQL.
Nothing is computed here; what a table is called, keyed and described by comes from the snapshot's own catalogue."""
