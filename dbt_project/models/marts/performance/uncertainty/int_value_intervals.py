"""The interval of every value, from its sums; the arithmetic is in pipelines.fairness."""

from pipelines.fairness.tables import SUMS, VALUE_KEY, value_interval_table


def model(dbt, session):
    return value_interval_table(dbt.ref("int_interval_inputs").select(*VALUE_KEY, "interval_method", *SUMS).df())
