"""What the doctor says of the server that keeps acts: whatever is wrong with it is one line with its remedy."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg
import pytest

from dashboards.proceedings.keepers.address import VARIABLE
from dashboards.proceedings.keepers.schema import ROLE
from dashboards.proceedings.looks import looks


@pytest.fixture
def kept() -> str:
    return "server"


def test_a_role_that_only_reads_and_adds_is_well() -> None:
    ((verdict, zh, en),) = looks()
    assert verdict == "ok" and "只能读取和添加" in zh and "read and added to only" in en


def test_nothing_is_said_where_acts_are_kept_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    assert list(looks()) == []


WRONG = {
    f"grant update on enforcement_acts.acts to {ROLE}": ("warning", "may do more"),
    f"grant update (content) on enforcement_acts.acts to {ROLE}": ("warning", "may do more"),
    f"grant truncate on enforcement_acts.acts to {ROLE}": ("warning", "may do more"),
    f"grant create on schema enforcement_acts to {ROLE}": ("warning", "may do more"),
    f"grant update on enforcement_acts.store to {ROLE}": ("warning", "may do more"),
    f"alter table enforcement_acts.acts owner to {ROLE}": ("warning", "may do more"),
    f"revoke insert on enforcement_acts.acts from {ROLE}": ("fault", "may not read or add"),
    f"revoke usage on schema enforcement_acts from {ROLE}": ("fault", "may not"),
    "alter table enforcement_acts.acts disable trigger acts_are_not_changed": ("fault", "gone or disabled"),
    "alter table enforcement_acts.acts enable trigger acts_are_numbered": ("fault", "gone or disabled"),
    "drop trigger acts_are_not_changed on enforcement_acts.acts": ("fault", "gone or disabled"),
    "drop table enforcement_acts.acts": ("fault", "--schema"),
    "update enforcement_acts.store set version = 7": ("fault", "later version"),
}


@pytest.mark.parametrize("statement", WRONG)
def test_what_is_wrong_is_said(database: str, statement: str) -> None:
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(statement)
    ((verdict, zh, en),) = looks()
    assert verdict == WRONG[statement][0] and WRONG[statement][1] in en and zh


def test_the_doctor_names_a_server_that_is_down_and_an_address_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for address, words in (("postgresql://u:S3cret@127.0.0.1:1/db", "127.0.0.1:1/db"), ("S3cret", "is no address")):
        monkeypatch.setenv(VARIABLE, address)
        asked = [sys.executable, "-m", "dashboards.examination"]
        done = subprocess.run(asked, env=dict(os.environ), capture_output=True, text=True, check=True)
        said = [json.loads(line) for line in done.stdout.splitlines()]
        assert [en for verdict, _, en in said if verdict == "fault" and words in en]
        assert "S3cret" not in done.stdout + done.stderr
