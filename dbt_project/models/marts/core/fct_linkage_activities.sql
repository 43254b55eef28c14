with activities as (
    select * from {{ ref('int_activities_deduplicated') }}
),

final as (
    select
        activities.court_code,
        activities.activity,
        activities.occurred_date,
        activities.activity_count,
        activities.person_count,
        activities.amount,
        activities.extract_month as last_delivered_month,
        activities.court_code
        || '|' || activities.activity
        || '|' || cast(activities.occurred_date as {{ dbt.type_string() }}) as activity_key,
        cast({{ dbt.date_trunc('month', 'activities.occurred_date') }} as date) as occurred_month,
        case when activities.activity = '公开曝光' then activities.activity_count else 0 end as public_exposure_count,
        case when activities.activity = '司法救助' then activities.activity_count else 0 end as judicial_aid_count,
        case
            when activities.activity in ('拘留', '罚款') then coalesce(activities.person_count, activities.activity_count)
            else 0
        end as coercive_measure_count,
        case when activities.activity = '拒执罪判决' then activities.activity_count else 0 end
            as contempt_conviction_count,
        case when activities.activity = '拒执罪移送' then activities.activity_count else 0 end
            as contempt_referral_count,
        case when activities.activity = '执转破移送' then activities.activity_count else 0 end
            as bankruptcy_referral_count,
        case
            when activities.activity = '司法救助' then coalesce(activities.person_count, 0)
            else 0
        end as judicial_aid_person_count,
        cast(
            case
                when activities.activity = '司法救助' then coalesce(activities.amount, 0)
                else 0
            end as decimal(20, 2)
        ) as judicial_aid_amount
    from activities
)

select * from final
