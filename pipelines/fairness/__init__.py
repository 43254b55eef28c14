"""How sure a value and a rank are: intervals, draws, rank intervals, bands, from sums alone.
Numbers in, numbers out: no database, no dbt, no dagster; which sums an indicator keeps is a seed of the dbt project."""
