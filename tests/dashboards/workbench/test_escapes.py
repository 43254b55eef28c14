"""Ways out of a SQL sandbox that have been published or used against DuckDB and others: each is refused.
The statements go through the worker's own function; its process is tested at the queue."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards import seal
from dashboards.workbench.worker import Answer, Job, run

# PLACE is a folder of the test's own. Sorted by what it would have got:
# files read, files written, other databases, code, network, settings, this process.
ESCAPES = {
    "read a file as text": "select * from read_text('/etc/passwd')",
    "read a file as bytes": "select * from read_blob('/etc/passwd')",
    "read a file as csv": "select * from read_csv('/etc/passwd', header = false)",
    "read a file by its name": "select * from '/etc/passwd'",
    "read a csv by its name": "select * from 'PLACE/x.csv'",
    "read a file as json": "select * from read_json_auto('/proc/self/environ')",
    "read json objects": "select * from read_json_objects('/etc/passwd')",
    "read a parquet file": "select * from read_parquet('PLACE/x.parquet')",
    "read parquet metadata": "select * from parquet_metadata('PLACE/x.parquet')",
    "list files": "select * from glob('/*')",
    "sniff a file": "select * from sniff_csv('/etc/passwd')",
    "read by a nested query": "select * from query('select * from read_text(''/etc/passwd'')')",
    "read by a table's name as a value": "select * from query_table(['/etc/passwd'])",
    "read in a subquery": "select (select content from read_text('/etc/passwd'))",
    "read the other snapshot": "select * from read_blob('enforcement.duckdb')",
    "write a file": "copy (select 1) to 'PLACE/escape.csv'",
    "write through a directory": "export database 'PLACE/escape'",
    "import a directory": "import database 'PLACE/escape'",
    "attach a file": "attach 'PLACE/other.duckdb' as other",
    "attach in memory": "attach ':memory:' as other",
    "attach sqlite": "attach 'PLACE/audit.sqlite' (type sqlite)",
    "attach postgres": "attach 'host=127.0.0.1' as p (type postgres)",
    "detach": "detach enforcement",
    "detach the province": "detach province",
    "write into the province": "insert into province.core.p values (1)",
    "a table in the province": "create table province.core.mine as select 1",
    "install an extension": "install httpfs",
    "install from a repository": "install shellfs from community",
    "load an extension": "load 'PLACE/evil.duckdb_extension'",
    "fetch from the network": "select * from read_csv('https://example.com/x.csv')",
    "fetch from a bucket": "select * from read_parquet('s3://bucket/x.parquet')",
    "make a secret": "create secret s (type s3, key_id 'a', secret 'b')",
    "allow external access": "set enable_external_access = true",
    "allow it for all": "set global enable_external_access = true",
    "unlock the configuration": "set lock_configuration = false",
    "reset the configuration": "reset lock_configuration",
    "more memory": "set memory_limit = '100GB'",
    "more threads": "set threads = 64",
    "more time": "set max_execution_time = 0",
    "a directory to spill": "set temp_directory = 'PLACE'",
    "a home directory": "set home_directory = 'PLACE'",
    "allowed directories": "set allowed_directories = ['/']",
    "allowed paths": "set allowed_paths = ['/etc/passwd']",
    "a log file": "set log_query_path = 'PLACE/escape.log'",
    "a profile": "pragma enable_profiling = 'json'",
    "a profile's file": "pragma profiling_output = 'PLACE/escape.json'",
    "logging by a call": "call enable_logging(storage = 'file', storage_config = {'path': 'PLACE/escape'})",
    "a checkpoint": "checkpoint",
    "a forced checkpoint": "force checkpoint",
    "a table": "create table core.mine as select 1",
    "a temporary table": "create temp table mine as select 1",
    "a view": "create view mine as select 1",
    "a macro": "create macro mine() as 1",
    "a row": "insert into core.t values (1, 'x')",
    "a change": "update core.t set n = 0",
    "a removal": "delete from core.t",
    "a drop": "drop table core.t",
    "an alteration": "alter table core.t add column x int",
    "a comment": "comment on table core.t is 'x'",
    "two statements": "select 1; select 2",
    "a second statement behind a comment": "select 1 /* ; */ ; copy (select 1) to 'PLACE/escape.csv'",
    "a prepared statement": "prepare p as select 1",
    "an executed statement": "execute p",
    "a variable": "set variable x = 1",
    "another schema": "use core",
    "a transaction": "begin",
    "a vacuum": "vacuum",
    "a call": "call pragma_version()",
    "an object of the process": "select * from job",
    "a module of the process": "select * from sys",
    "a value of the process": "select * from started",
    "an explained copy": "explain analyze copy (select 1) to 'PLACE/escape.csv'",
    "an explained insertion": "explain analyze insert into core.t values (1, 'x')",
    "the environment": "select getenv('HOME')",
    "a shell": "select * from read_csv('ls |')",
    "a pipe": "copy (select 1) to '| touch PLACE/escape.csv'",
    "a statement as JSON": (
        "select * from json_execute_serialized_sql(json_serialize_sql('select * from read_text(''/etc/passwd'')'))"
    ),
    "memory by its address": "select * from arrow_scan(0, 0, 0)",
    "a frame by its address": "select * from pandas_scan(1)",
    "a file by its scheme": "select * from read_text('file://localhost/etc/passwd')",
    "its own standard input": "select * from read_csv('/dev/stdin')",
    "its own database by number": "from read_parquet('/proc/self/fd/3', file_row_number = true)",
    "a hub": "select * from read_blob('hf://datasets/a/b')",
    "another bucket": "from 'gs://bucket/x.parquet'",
    "a file's own words": "from parquet_kv_metadata('PLACE/x.parquet')",
    "a log by a table's name": (
        "select * from enable_logging('QueryLog', storage = 'file', storage_path = 'PLACE/escape')"
    ),
    "a change within": "with x as materialized (update core.t set n = 0 returning *) from x",
    "a merge": "merge into core.t using (select 1) on true when matched then delete returning *",
    "an explained merge": "explain analyze merge into core.t using (select 1) on true when matched then delete",
    "an option that is a comment": "explain (analyze /* ) select 1 */ ) copy (select 1) to 'PLACE/escape.csv'",
    "an option that ends early": 'explain ("analyze" ")") copy (select 1) to \'PLACE/escape.csv\'',
    "options twice": "explain (analyze) (analyze) copy (select 1) to 'PLACE/escape.csv'",
    "behind quoted dollars": "select $a$;$a$; copy (select 1) to 'PLACE/escape.csv'",
    "behind a zero": "select 1 \x00; copy (select 1) to 'PLACE/escape.csv'",
    "behind a wide semicolon": "select 1；copy (select 1) to 'PLACE/escape.csv'",
    "with marks and wide blanks": "\ufeffexplain\u00a0analyze\u3000copy (select 1) to 'PLACE/escape.csv'",
    "a file for every row": "select * from range(1) t(i), lateral (select * from read_text('/etc/passwd'))",
    "files of a home": "from glob('~/*')",
    "nothing at all": "",
}


def asked(statement: str, database: Path, result: Path, province: Path | None = None) -> Answer:
    files = [database, *filter(None, [province])]
    states = [seal.state(file.stat()) for file in files]
    return run(Job(str(database), statement, str(result), 1000, 256, 1, 3000, str(province or ""), states))


@pytest.mark.parametrize("is_cut", [False, True], ids=["whole", "excerpt"])
@pytest.mark.parametrize("way", ESCAPES)
def test_every_way_out_is_refused(way: str, is_cut: bool, database: Path, province: Path, tmp_path: Path) -> None:
    before, place = database.read_bytes(), tmp_path / "outside"
    place.mkdir()
    statement = ESCAPES[way].replace("PLACE", str(place))
    answer = asked(statement, database, tmp_path / "result.parquet", province if is_cut else None)
    assert answer.fault in ("not_a_question", "refused", "failed", "syntax"), answer
    assert list(place.iterdir()) == []
    assert database.read_bytes() == before


def test_the_same_worker_answers_an_honest_question(database: Path, tmp_path: Path) -> None:
    answer = asked("select c, count(*) as n from core.t group by c", database, tmp_path / "result.parquet")
    assert (answer.fault, answer.rows) == ("", 5)
    answer = asked("explain select * from core.t", database, tmp_path / "result.parquet")
    assert (answer.fault, answer.rows) == ("", 1)


def test_an_excerpt_is_asked_together_with_what_is_for_everybody(
    database: Path, province: Path, tmp_path: Path
) -> None:
    joined = "select * from core.t inner join province.core.p on p.n = t.n"
    answer = asked(joined, database, tmp_path / "result.parquet", province)
    assert (answer.fault, answer.rows) == ("", 7)


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("select * from core.t a, core.t b, core.t c order by a.n + b.n + c.n", {"too_big", "too_long"}),
        ("select list(repeat('x', 100000)) from core.t", {"too_big"}),
        ("select count(*) from range(100000000000) r(i) where i % 7 = sqrt(i)", {"too_long"}),
        ("with recursive r as (select 1 as n union all select n + 1 from r) select max(n) from r", {"too_long"}),
    ],
)
def test_a_statement_that_is_too_big_or_too_long_ends_and_says_so(
    statement: str, faults: set[str], database: Path, tmp_path: Path
) -> None:
    assert asked(statement, database, tmp_path / "result.parquet").fault in faults
