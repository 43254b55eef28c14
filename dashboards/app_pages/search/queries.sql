-- Each statement is asked by the function of its name in the module beside this file.

-- name: cases
select
    case_number,
    court_code,
    cause,
    filed_date,
    closed_date,
    closing_mode
from core.fct_enforcement_cases
where case_number = $case_number
order by court_code, filed_date, case_id limit $size offset $start;
