-- A core indicator whose threshold is set for a window of its own.
alter table core.dim_indicator_sets add column if not exists target_value double;
alter table core.dim_indicator_sets add column if not exists target_window varchar;
alter table core.dim_indicator_sets add column if not exists valid_to date;
insert into core.dim_indicator_sets by name
select 'CORE3P1' as set_code, '三加一' as set_name_zh, '3+1' as set_name_en, 2 as item_number, indicator_code, name_zh, name_en, 0.8 as target_value,
       'rolling_36m' as target_window, date '2017-01-01' as valid_from, 'synthetic' as source, 30 as sort_order
from core.dim_indicators where indicator_code = 'QX02';
