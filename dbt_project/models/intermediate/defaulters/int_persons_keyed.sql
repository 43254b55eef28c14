with listings as (
    select * from {{ ref('int_listings_deduplicated') }}
),

restrictions as (
    select * from {{ ref('int_restrictions_deduplicated') }}
),

persons as (
    select person_hash from listings
    where person_hash is not null
    union
    select person_hash from restrictions
    where person_hash is not null
),

final as (
    select
        person_hash,
        cast(row_number() over (order by person_hash) as integer) as person_key
    from persons
)

select * from final
