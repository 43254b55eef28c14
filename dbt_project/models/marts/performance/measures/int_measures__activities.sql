with records as (
    select * from {{ ref('fct_linkage_activities') }}
),

final as (
    select
        court_code,
        occurred_month as period_month,
        'not_case_based' as case_scope,
        'public_exposures' as measure_code,
        cast(sum(public_exposure_count) as decimal(24, 2)) as measure_value
    from records
    where occurred_month is not null
    group by court_code, occurred_month
    union all
    select
        court_code,
        occurred_month as period_month,
        'not_case_based' as case_scope,
        'judicial_aid_cases' as measure_code,
        cast(sum(judicial_aid_count) as decimal(24, 2)) as measure_value
    from records
    where occurred_month is not null
    group by court_code, occurred_month
    union all
    select
        court_code,
        occurred_month as period_month,
        'not_case_based' as case_scope,
        'judicial_aid_persons' as measure_code,
        cast(sum(judicial_aid_person_count) as decimal(24, 2)) as measure_value
    from records
    where occurred_month is not null
    group by court_code, occurred_month
    union all
    select
        court_code,
        occurred_month as period_month,
        'not_case_based' as case_scope,
        'judicial_aid_amount' as measure_code,
        cast(sum(judicial_aid_amount) as decimal(24, 2)) as measure_value
    from records
    where occurred_month is not null
    group by court_code, occurred_month
)

select * from final
