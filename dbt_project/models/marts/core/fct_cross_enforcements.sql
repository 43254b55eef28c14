with cross_enforcements as (
    select * from {{ ref('int_cross_enforcements_deduplicated') }}
),

cross_kinds as (
    select * from {{ ref('cross_kinds') }}
),

moves as (
    select * from {{ ref('int_cases_moved') }}
),

final as (
    select
        cross_enforcements.cross_id,
        cross_enforcements.court_code,
        cross_enforcements.case_number,
        cross_enforcements.case_number_raw,
        cross_enforcements.case_number_status,
        cross_enforcements.cross_kind,
        cross_kinds.cross_kind_code,
        cross_enforcements.to_court_code,
        cross_enforcements.to_court_stated,
        cross_enforcements.new_case_number,
        cross_enforcements.reason,
        cross_enforcements.decided_date,
        cross_enforcements.moved_date,
        cross_enforcements.closed_date,
        cross_enforcements.recovered_amount,
        cross_enforcements.extract_month as last_delivered_month,
        case
            when not cross_kinds.moves_case then 'stays'
            when moves.cross_id is not null then 'taken_over'
            else 'awaited'
        end as move_status,
        moves.from_case_id,
        moves.to_case_id,
        moves.moved_month,
        cast({{ dbt.date_trunc('month', 'cross_enforcements.decided_date') }} as date) as decided_month,
        cast({{ dbt.date_trunc('month', 'cross_enforcements.closed_date') }} as date) as closed_month,
        1 as cross_one,
        case when cross_enforcements.closed_date is not null then 1 else 0 end as is_closed,
        case
            when cross_enforcements.closed_date is not null then coalesce(cross_enforcements.recovered_amount, 0)
        end as closed_recovered_amount,
        cast(
            {{ dbt.datediff('cross_enforcements.decided_date', 'cross_enforcements.closed_date', 'day') }} as integer
        ) as days_to_close
    from cross_enforcements
    inner join cross_kinds
        on cross_enforcements.cross_kind = cross_kinds.cross_kind
    left join moves
        on cross_enforcements.cross_id = moves.cross_id
)

select * from final
