with cases as (
    select * from {{ ref('stg_cases__cases') }}
),

successions as (
    select * from {{ ref('int_courts_succeeded') }}
),

handed_on as (
    select distinct
        cases.case_id,
        cases.court_code,
        successions.successor_code,
        successions.passings
    from cases
    inner join successions
        on cases.court_code = successions.court_code
),

delivered_by_successors as (
    select distinct
        cases.case_id,
        cases.court_code
    from cases
    inner join successions
        on cases.court_code = successions.successor_code
),

numbered as (
    select
        handed_on.*,
        row_number() over (
            partition by handed_on.case_id, handed_on.successor_code
            order by handed_on.passings desc, handed_on.court_code asc
        ) as origin_number
    from handed_on
    inner join delivered_by_successors
        on
            handed_on.case_id = delivered_by_successors.case_id
            and handed_on.successor_code = delivered_by_successors.court_code
),

final as (
    select
        case_id,
        successor_code,
        court_code as origin_court_code
    from numbered
    where origin_number = 1
)

select * from final
