with records as (
    select * from {{ ref('fct_linkage_activities') }}
),

final as (
    {{ summed_by_month('public_exposures', 'occurred_month', 'public_exposure_count') }}
    union all
    {{ summed_by_month('judicial_aid_cases', 'occurred_month', 'judicial_aid_count') }}
    union all
    {{ summed_by_month('judicial_aid_persons', 'occurred_month', 'judicial_aid_person_count') }}
    union all
    {{ summed_by_month('judicial_aid_amount', 'occurred_month', 'judicial_aid_amount') }}
)

select * from final
