select
    $measure as measure_code,
    $table as record_table,
    cast($key as varchar) as record_id,
    $case_id as case_id,
    $case_number as case_number,
    court_code,
    $case_type as case_type,
    $month as period_month,
    $counted as counted,
    $counted_key as counted_key
from core.$relation
where
    $chosen
    and court_code in (select court_code from court_members(court, in_scope))
    and $inside
    and $of_scope
