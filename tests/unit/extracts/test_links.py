"""What leads out of landing is refused unread: links of every kind, to files and folders, and what is no file at all.
Files in the wrong place, which are ordinary files, are tested with the refusals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.extracts.landing import deliveries_landed, misplaced, months_landed
from pipelines.extracts.persons import person_key
from tests.unit.extracts.conftest import Clerk, csv_text, fund

SECRET = "案款标识,secret-of-the-key-file\n"


def place(clerk: Clerk, *parts: str) -> Path:
    path = clerk.layout.landing.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def told(clerk: Clerk) -> dict[str, str]:
    return {item.path.name: item.message.code for item in misplaced(clerk.layout)}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the tree with a file that nobody delivered."""
    file = tmp_path / "outside" / "2019-12" / "funds" / "a.csv"
    file.parent.mkdir(parents=True)
    file.write_text(SECRET + csv_text([fund(1)]))
    return file


def test_a_link_to_a_file_is_refused_and_none_of_it_is_read(clerk: Clerk, outside: Path) -> None:
    clerk.deliver([fund(1)], "a.csv")
    place(clerk, "2019-12", "funds", "b.csv").symlink_to(outside)
    receipt = clerk.receive()
    assert (receipt.files, receipt.accepted) == (1, 1)
    assert [each.message.code for each in receipt.refused] == ["link"]
    assert told(clerk) == {"b.csv": "link"}
    assert not [path for path, content in clerk.tree().items() if b"secret" in content]


def test_a_link_within_landing_is_refused_as_well(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv")
    place(clerk, "2019-12", "funds", "b.csv").symlink_to("a.csv")
    assert clerk.receive().files == 1
    assert told(clerk) == {"b.csv": "link"}


def test_a_link_that_leads_nowhere_is_named(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv")
    place(clerk, "2019-12", "funds", "b.csv").symlink_to("gone.csv")
    assert told(clerk) == {"b.csv": "link"}


@pytest.mark.parametrize("depth", [1, 2])
def test_a_linked_folder_is_not_entered(clerk: Clerk, outside: Path, depth: int) -> None:
    clerk.deliver([fund(1)], "a.csv", month="2019-11")
    parts = ("2019-12", "funds")[:depth]
    place(clerk, *parts).symlink_to(outside.parents[2 - depth], target_is_directory=True)
    assert months_landed(clerk.layout) == ["2019-11"]
    assert len(deliveries_landed(clerk.layout)) == 1
    assert clerk.receive(month="2019-12").files == 0
    assert told(clerk) == {parts[-1]: "link"}


def test_a_second_name_of_the_key_is_refused(clerk: Clerk) -> None:
    person_key(clerk.layout)
    os.link(clerk.layout.key_file, place(clerk, "2019-12", "funds", "b.csv"))
    assert told(clerk) == {"b.csv": "link"}
    assert clerk.receive().files == 0


def test_a_file_with_two_ordinary_names_goes_in(clerk: Clerk) -> None:
    """Backups are made so."""
    os.link(clerk.deliver([fund(1)], "a.csv"), clerk.layout.data / "backup.csv")
    assert clerk.receive().accepted == 1


def test_a_queue_and_a_folder_named_like_a_file_are_named_and_hold_nothing_up(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv")
    os.mkfifo(place(clerk, "2019-12", "funds", "b.csv"))
    place(clerk, "2019-12", "funds", "c.csv").mkdir()
    assert clerk.receive().accepted == 1
    assert told(clerk) == {"b.csv": "not_a_file", "c.csv": "misplaced"}
