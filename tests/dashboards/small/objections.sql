-- The clocks of objections, as in node_limits.csv.
insert into core.dim_node_limits by name
select * from (values
  ('O01','受理核查申请','Take up an objection to a number','提出核查申请','5','day','calendar','本系统设定','','ours','local'),
  ('O02','答复核查申请','Decide an objection to a number','受理核查申请','15','day','calendar','本系统设定','','ours','local'),
  ('O03','更正报送','Deliver the correction of an accepted objection','核查申请成立','30','day','calendar','本系统设定','','ours','local'),
  ('O04','口径冻结','Freeze of the criteria','统计年度开始前','30','day','calendar','本系统设定','','ours','minimum')
) as n(node_code,name_zh,name_en,start_event,limit_value,limit_unit,day_type,legal_basis,article,confidence,rule_kind);
