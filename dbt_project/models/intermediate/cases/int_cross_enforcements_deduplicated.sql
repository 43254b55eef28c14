{%- set columns = [
    'cross_id', 'case_number', 'case_number_raw', 'case_number_status', 'cross_kind', 'to_court_code',
    'new_case_number', 'reason', 'decided_date', 'moved_date', 'closed_date', 'recovered_amount', 'extract_month',
    '_delivery_id', '_row_number',
] -%}

with latest as (
    {{ latest_of_origin(ref('stg_cases__cross_enforcements'), ['cross_id'], columns) }}
),

courts as (
    select * from {{ ref('courts') }}
),

court_aliases as (
    select * from {{ ref('court_aliases') }}
),

-- The court it went to comes as a code or as a name; one spelling of two courts names neither.
spellings as (
    select
        court_code as spelling,
        court_code
    from courts
    union
    select
        name_zh as spelling,
        court_code
    from courts
    union
    select
        short_name_zh as spelling,
        court_code
    from courts
    union
    select
        alias_zh as spelling,
        court_code
    from court_aliases
    where alias_zh is not null
),

named as (
    select
        spelling,
        min(court_code) as only_code
    from spellings
    group by spelling
    having count(distinct court_code) = 1
),

final as (
    select
        latest.cross_id,
        latest.court_code,
        latest.case_number,
        latest.case_number_raw,
        latest.case_number_status,
        latest.cross_kind,
        named.only_code as to_court_code,
        latest.to_court_code as to_court_stated,
        latest.new_case_number,
        latest.reason,
        latest.decided_date,
        latest.moved_date,
        latest.closed_date,
        latest.recovered_amount,
        latest.extract_month
    from latest
    left join named
        on latest.to_court_code = named.spelling
)

select * from final
