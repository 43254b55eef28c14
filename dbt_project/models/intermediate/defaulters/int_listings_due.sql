with listings as (
    select * from {{ ref('int_listings_deduplicated') }}
),

deletion_grounds as (
    select * from {{ ref('deletion_grounds') }}
),

-- The month from which version 2 of the indicator counts what the law requires, and no longer every ground delivered.
changed as (
    select min(valid_from) as first_day
    from {{ ref('indicators') }}
    where
        indicator_code = 'QX26'
        and definition_version = '2'
),

triggers as (
    select distinct deletion_trigger
    from listings
    where deletion_trigger is not null
),

-- Words that tell of discretion come first: 主动纠正失信行为 is no correction of a wrong listing.
trigger_kinds as (
    select
        triggers.deletion_trigger,
        case
            when max(case when deletion_grounds.ground_kind = 'early' then 1 else 0 end) = 1 then 'early'
            else 'correction'
        end as ground_kind
    from triggers
    inner join deletion_grounds
        on triggers.deletion_trigger like '%' || deletion_grounds.words || '%'
    group by triggers.deletion_trigger
),

-- A listing with a term falls due by the end of it alone, unless it was wrong or was deleted before at discretion.
grounded as (
    select
        listings.*,
        case
            when trigger_kinds.ground_kind = 'early' then null
            when listings.term_end_date is null or trigger_kinds.ground_kind = 'correction'
                then listings.deletion_trigger_date
        end as statutory_ground_date,
        case
            when trigger_kinds.ground_kind = 'correction' and listings.deletion_trigger_date is not null then null
            when listings.delisted_date < listings.term_end_date then null
            else listings.term_end_date
        end as term_ground_date
    from listings
    left join trigger_kinds
        on listings.deletion_trigger = trigger_kinds.deletion_trigger
),

due as (
    {{ falling_due('grounded', 'deletion_trigger_date', 'delisting_due_date', limit_code='N32') }}
),

due_by_ground as (
    {{ falling_due('due', 'statutory_ground_date', 'ground_due_date', limit_code='N32') }}
),

due_by_term as (
    {{ falling_due('due_by_ground', 'term_ground_date', 'term_due_date', limit_code='N32b') }}
),

required as (
    select
        due_by_term.*,
        coalesce(due_by_term.ground_due_date, due_by_term.term_due_date) as statutory_due_date,
        changed.first_day
    from due_by_term
    cross join changed
),

final as (
    select
        *,
        case
            when delisting_due_date < first_day then delisting_due_date
            when statutory_due_date >= first_day then statutory_due_date
        end as owed_due_date
    from required
)

select * from final
