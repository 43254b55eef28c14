"""The gate: is what was delivered for a month fit to be counted?
Great Expectations lives here and nowhere else; receiving, dbt and Dagster do not."""
