"""The interval of every value, from its sums; the arithmetic is in pipelines.fairness.intervals."""

import numpy as np

from pipelines.fairness.estimates import Sums
from pipelines.fairness.intervals import value_intervals

KEY = ["court_code", "scope_code", "window_code", "period_month", "indicator_code", "definition_version"]
SUMS = ["numerator", "denominator", "case_count", "numerator_square", "denominator_square", "product_sum"]


def model(dbt, session):
    inputs = dbt.ref("int_interval_inputs").select(*KEY, "interval_method", *SUMS).df()
    sums = Sums(*(inputs[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in SUMS))
    low, high = value_intervals(inputs["interval_method"].to_numpy(dtype=object), sums)
    return inputs[KEY].assign(value_low=low, value_high=high)
