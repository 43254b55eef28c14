-- Published schemas hold neither hashes nor names of persons, masked or not.
-- depends_on: {{ ref('fct_enforcement_cases') }}, {{ ref('fct_defaulter_listings') }}, {{ ref('fct_restrictions') }}
select
    table_schema,
    table_name,
    column_name
from information_schema.columns
where
    table_schema in ('core', 'performance', 'rankings')
    and (
        column_name like '%hash'
        or column_name like '%masked'
        or column_name in ('respondent_name', 'person_name', 'handler', 'id_number')
    )
