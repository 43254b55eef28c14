"""The gate: is what was delivered for a month fit to be counted?
Great Expectations lives here and nowhere else; receiving, dbt and Dagster do not."""

import os

# Great Expectations reads this when it is imported, by whichever module of ours comes first.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
