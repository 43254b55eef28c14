{#- kind, its rows, and of each column: which rows it is to be filled in. A case stands in the file of every month
    in which it is open: only the months in which it was filed or closed say something new. Any other record counts
    once, as last stated: two unpaid receipts in a year's files are two, not twenty-four. -#}
{%- set new = "filed_date >= extract_month or closed_date is not null" -%}
{%- set run = "case_type in ('执', '执恢') and (" ~ new ~ ")" -%}
{%- set suspended = "closing_mode = '终结本次执行程序'" -%}
{%- set kinds = [
    ('cases', ref('stg_cases__cases'), [
        ('received_date', new), ('claim_amount', new), ('closed_date', new), ('closing_mode', new),
        ('notice_date', run), ('property_order_date', run), ('first_query_date', run), ('restriction_date', run),
        ('has_property', run), ('preservation_case_number', run),
        ('suspension_interview_date', suspended), ('suspension_ruling_date', suspended),
        ('suspension_requested', suspended), ('suspension_compliant', suspended),
        ('recovered_amount', "closed_date is not null"),
        ('original_case_number', "case_type = '执恢' and (" ~ new ~ ")"),
        ('review_outcome', "closed_date is not null and case_type in ('执异', '执复', '执监')"),
    ]),
    ('nodes', ref('int_nodes_deduplicated'), [('due_at', '1 = 1'), ('ended_at', '1 = 1')]),
    ('funds', ref('int_funds_deduplicated'), [
        ('paid_date', '1 = 1'), ('paid_amount', '1 = 1'), ('deferral_approved', '1 = 1'),
    ]),
    ('petitions', ref('int_petitions_deduplicated'), [('due_date', '1 = 1'), ('resolved_date', '1 = 1')]),
    ('staffing', ref('int_staffing_deduplicated'), [('judge_count', '1 = 1')]),
    ('rectifications', ref('int_rectifications_deduplicated'), [('due_date', '1 = 1'), ('written_off_date', '1 = 1')]),
    ('linkage', ref('int_requests_deduplicated'), [
        ('case_id', '1 = 1'), ('due_at', '1 = 1'), ('feedback_at', '1 = 1'), ('result', '1 = 1'),
    ]),
    ('entrustments', ref('int_entrustments_deduplicated'), [('due_at', '1 = 1'), ('completed_at', '1 = 1')]),
    ('auctions', ref('int_auction_lots_deduplicated'), [
        ('started_date', '1 = 1'), ('starting_price', '1 = 1'), ('result', '1 = 1'),
        ('deal_price', "result = '成交'"),
    ]),
    ('linkage_activities', ref('int_activities_deduplicated'), [
        ('person_count', "activity = '司法救助'"), ('amount', "activity = '司法救助'"),
    ]),
    ('defaulters', ref('int_listings_deduplicated'), [
        ('ground', '1 = 1'), ('deletion_trigger_date', '1 = 1'), ('delisted_date', '1 = 1'),
    ]),
] -%}

with {% for kind, relation, columns in kinds %}
    {{ kind }}_counted as (
        select
            court_code,
            extract_month,
            {% for column, condition in columns %}
                sum(case when {{ condition }} then 1 else 0 end) as {{ column }}_rows,
                sum(case when ({{ condition }}) and {{ column }} is not null then 1 else 0 end) as {{ column }}_filled
                {%- if not loop.last %},{% endif %}
            {% endfor %}
        from {{ relation }}
        group by court_code, extract_month
    ),
{% endfor %}

final as (
    {% for kind, relation, columns in kinds %}
        {% set is_last_kind = loop.last %}
        {% for column, condition in columns %}
            select
                court_code,
                '{{ kind }}' as kind,
                extract_month,
                '{{ column }}' as column_name,
                cast(coalesce({{ column }}_rows, 0) as bigint) as row_count,
                cast(coalesce({{ column }}_filled, 0) as bigint) as filled_count
            from {{ kind }}_counted
            {% if not (is_last_kind and loop.last) %}
                union all
            {% endif %}
        {% endfor %}
    {% endfor %}
)

select * from final
