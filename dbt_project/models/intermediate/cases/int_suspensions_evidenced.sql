with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

closing_modes as (
    select * from {{ ref('closing_modes') }}
),

requests as (
    select * from {{ ref('int_requests_deduplicated') }}
),

nodes as (
    select * from {{ ref('int_nodes_deduplicated') }}
),

restrictions as (
    select * from {{ ref('int_restrictions_deduplicated') }}
),

lots as (
    select * from {{ ref('int_auction_lots_ended') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

kind_spans as (
    select
        court_code,
        min(case when kind = 'linkage' then extract_month end) as first_linkage_month,
        max(case when kind = 'linkage' then extract_month end) as last_linkage_month,
        min(case when kind = 'nodes' then extract_month end) as first_nodes_month
    from delivery_courts
    where is_in_force
    group by court_code
),

check_units as (
    select * from {{ ref('suspension_check_units') }}
),

closed as (
    select
        cases.*,
        cast({{ dbt.dateadd('day', 1, 'cases.closed_date') }} as date) as day_after
    from cases
    inner join closing_modes
        on cases.closing_mode = closing_modes.closing_mode
    where
        closing_modes.closing_code = 'suspension'
        and cases.case_type in ('执', '执恢')
),

with_earliest as (
    {{ falling_due('closed', 'filed_date', 'earliest_date', limit_code='N29', rolls=false) }}
),

with_query_limit as (
    {{
        falling_due(
            'with_earliest', 'closed_date', 'query_limit_date', limit_code='SC02', count='-limits.limit_count',
            rolls=false
        )
    }}
),

suspended as (
    {{
        falling_due(
            'with_query_limit', 'query_limit_date', 'query_from', limit_code='SC02_SLACK',
            count='-limits.limit_count', rolls=false
        )
    }}
),

required as (
    select
        suspended.case_id,
        count(*) as required_unit_count
    from suspended
    inner join check_units
        on
            check_units.check_id = 'SC02'
            and coalesce(check_units.valid_from, suspended.closed_date) <= suspended.closed_date
            and suspended.closed_date <= coalesce(check_units.valid_to, suspended.closed_date)
    group by suspended.case_id
),

queried as (
    select
        suspended.case_id,
        count(
            distinct case
                when
                    requests.channel = '总对总'
                    and requests.sent_at >= suspended.query_from
                    and coalesce(check_units.valid_from, suspended.closed_date) <= suspended.closed_date
                    and suspended.closed_date <= coalesce(check_units.valid_to, suspended.closed_date)
                    then check_units.unit_type
            end
        ) as fresh_unit_count,
        sum(case when requests.channel = '总对总' then 1 else 0 end) as network_query_count,
        sum(case when requests.channel = '总对总' then 0 else 1 end) as other_query_count
    from suspended
    inner join requests
        on
            suspended.case_id = requests.case_id
            and suspended.day_after > requests.sent_at
    left join check_units
        on
            check_units.check_id = 'SC02'
            and requests.unit_type = check_units.unit_type
    where requests.matter = '查询'
    group by suspended.case_id
),

steps as (
    select
        suspended.case_id,
        sum(case when nodes.node_code = 'N07' then 1 else 0 end) as clue_count,
        sum(
            case when nodes.node_code = 'N07' and nodes.ended_at < suspended.day_after then 1 else 0 end
        ) as verified_clue_count,
        sum(
            case
                when nodes.node_code in ('N11', 'N55') and nodes.ended_at < suspended.day_after then 1
                else 0
            end
        ) as investigation_count
    from suspended
    inner join nodes
        on suspended.case_id = nodes.case_id
    where nodes.node_code in ('N07', 'N11', 'N55') and nodes.started_at < suspended.day_after
    group by suspended.case_id
),

restricted as (
    select distinct suspended.case_id
    from suspended
    inner join restrictions
        on
            suspended.court_code = restrictions.court_code
            and suspended.case_number = restrictions.case_number
            and suspended.closed_date >= restrictions.issued_date
    where coalesce(restrictions.lifted_date > suspended.closed_date, true)
),

lots_at_closing as (
    select
        suspended.case_id,
        lots.lot_id,
        max(
            case when lots.is_ending_round and lots.auction_date <= suspended.closed_date then 1 else 0 end
        ) as is_ended,
        max(case when lots.auction_date > suspended.closed_date then 1 else 0 end) as is_offered_later
    from suspended
    inner join lots
        on suspended.case_id = lots.case_id
    where coalesce(lots.started_date, lots.auction_date) <= suspended.closed_date
    group by suspended.case_id, lots.lot_id
),

running_lots as (
    select
        case_id,
        count(*) as running_lot_count
    from lots_at_closing
    where is_ended = 0 and is_offered_later = 1
    group by case_id
),

final as (
    select
        suspended.case_id,
        suspended.case_number,
        suspended.court_code,
        suspended.case_type,
        suspended.filed_date,
        suspended.closed_date,
        suspended.earliest_date,
        suspended.notice_date,
        suspended.property_order_date,
        suspended.first_query_date,
        suspended.restriction_date,
        suspended.suspension_interview_date,
        suspended.suspension_ruling_date,
        coalesce(suspended.suspension_requested, false) as is_requested,
        suspended.suspension_compliant,
        suspended.has_property,
        suspended.respondent_kind,
        suspended.claim_amount,
        suspended.outstanding_amount,
        coalesce(
            kind_spans.first_linkage_month <= suspended.query_from
            and kind_spans.last_linkage_month >= {{ dbt.date_trunc('month', 'suspended.closed_date') }},
            false
        ) as is_linkage_delivered,
        coalesce(kind_spans.first_nodes_month <= suspended.closed_date, false) as is_nodes_delivered,
        cast(coalesce(queried.fresh_unit_count, 0) as integer) as fresh_unit_count,
        cast(required.required_unit_count as integer) as required_unit_count,
        cast(coalesce(queried.network_query_count, 0) as integer) as network_query_count,
        cast(coalesce(queried.other_query_count, 0) as integer) as other_query_count,
        cast(coalesce(steps.clue_count, 0) as integer) as clue_count,
        cast(coalesce(steps.verified_clue_count, 0) as integer) as verified_clue_count,
        cast(coalesce(steps.investigation_count, 0) as integer) as investigation_count,
        cast(coalesce(running_lots.running_lot_count, 0) as integer) as running_lot_count,
        restricted.case_id is not null
        or coalesce(suspended.restriction_date <= suspended.closed_date, false) as is_restricted
    from suspended
    left join kind_spans
        on suspended.court_code = kind_spans.court_code
    left join required
        on suspended.case_id = required.case_id
    left join queried
        on suspended.case_id = queried.case_id
    left join steps
        on suspended.case_id = steps.case_id
    left join restricted
        on suspended.case_id = restricted.case_id
    left join running_lots
        on suspended.case_id = running_lots.case_id
)

select * from final
