"""The tables of acts on a PostgreSQL server, as its owner makes them, and what the role of the dashboards is granted.
Nothing of this is run by the product itself: a role that could make these tables could also take their walls away."""

from __future__ import annotations

from psycopg import sql

from dashboards.proceedings.keepers.contract import VERSION

ROLE = "enforcement_dashboards"
# `enable always`: the triggers hold in replication roles too. Numbers are given under a lock that is held until the
# transaction ends, so that an act is never seen before one with a smaller number.
SCHEMA = r"""
begin;
create schema enforcement_acts;
create table enforcement_acts.store (
    version integer not null,
    store_id uuid not null default gen_random_uuid()
);
insert into enforcement_acts.store (version) values ({version});
create table enforcement_acts.acts (
    act_id bigint primary key check (act_id > 0),
    thread_id bigint not null check (thread_id between 1 and act_id),
    province_code text not null,
    kind text not null,
    deed text not null,
    reader text not null,
    role text not null,
    happened_at text not null
        check (happened_at ~ '^\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\d\+00:00$'),
    snapshot_id text not null,
    content text not null check (json_typeof(content::json) = 'object')
);
create index acts_by_thread on enforcement_acts.acts (thread_id, act_id);
create index acts_by_kind on enforcement_acts.acts (kind, province_code, act_id);

create function enforcement_acts.number_act() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare last bigint;
begin
    perform pg_advisory_xact_lock(18, 1);
    select coalesce(max(act_id), 0) into last from enforcement_acts.acts;
    if new.act_id is null then
        new.act_id := last + 1;
    elsif new.act_id <= last then
        raise exception 'acts are only added behind the last one' using errcode = 'integrity_constraint_violation';
    end if;
    new.thread_id := coalesce(new.thread_id, new.act_id);
    return new;
end $$;
create function enforcement_acts.refuse() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'acts are never changed or removed' using errcode = 'integrity_constraint_violation';
end $$;

create trigger acts_are_numbered before insert on enforcement_acts.acts
for each row execute function enforcement_acts.number_act();
create trigger acts_are_not_changed before update or delete or truncate on enforcement_acts.acts
for each statement execute function enforcement_acts.refuse();
alter table enforcement_acts.acts enable always trigger acts_are_numbered;
alter table enforcement_acts.acts enable always trigger acts_are_not_changed;

revoke all on schema enforcement_acts from public;
revoke all on all tables in schema enforcement_acts from public;
revoke all on all functions in schema enforcement_acts from public;
grant usage on schema enforcement_acts to {role};
grant select, insert on enforcement_acts.acts to {role};
grant select on enforcement_acts.store to {role};
commit;
"""
TRIGGERS = ("acts_are_numbered", "acts_are_not_changed")


def statements(role: str = ROLE) -> str:
    """What the owner of the database runs, once; `role` has to be there, and to own nothing."""
    return sql.SQL(SCHEMA).format(version=sql.Literal(VERSION), role=sql.Identifier(role)).as_string()
