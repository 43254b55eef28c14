{# Every row for which `condition` is false is a failure; a row for which it is null is none. #}
{% test holds(model, condition) %}
select *
from {{ model }}
where not ({{ condition }})
{% endtest %}
