"""A writer that is killed leaves what it had committed, and the process that asks for it goes on."""

import os
import sqlite3
import warnings

import pytest

from course import crash, survey

ROWS = [(900, "O'Hara", "sal", 0.12), (900, None, "rad", None), (901, "pb", "temp", -17.5)]
SQL = "insert into Survey values (?, ?, ?, ?)"


def at_once(conn, rows):
    """All rows in one transaction."""
    with conn:
        conn.executemany(SQL, rows)


def one_by_one(conn, rows):
    """A transaction for each row, and tidying up that never comes."""
    try:
        for row in rows:
            with conn:
                conn.execute(SQL, row)
    finally:
        conn.execute("delete from Survey")
        conn.commit()


def stored(path) -> list[tuple]:
    """The rows that were added."""
    return survey.connect(path).execute("select * from Survey where taken >= 900 order by rowid").fetchall()


@pytest.mark.parametrize("after", [1, 2, 3])
def test_what_was_not_committed_is_gone(after):
    """Killed at any row, a single transaction leaves nothing."""
    path = survey.path()
    assert crash.writing(at_once, path, ROWS, after=after) == "killed"
    assert stored(path) == []


@pytest.mark.parametrize("after", [1, 2, 3])
def test_what_was_committed_stays(after):
    """The row at which it is killed is not committed yet; those before it are, and no `finally` takes them away."""
    path = survey.path()
    assert crash.writing(one_by_one, path, ROWS, after=after) == "killed"
    assert stored(path) == ROWS[: after - 1]


def test_who_writes_too_little_is_not_killed():
    """The process ends as the function does, and what it committed is there."""
    path = survey.path()
    assert crash.writing(at_once, path, ROWS, after=4) == "returned"
    assert stored(path) == ROWS
    assert crash.writing(lambda conn, rows: 1 / 0, path, ROWS, after=1) == "raised an error"
    assert crash.writing(lambda conn, rows: os._exit(7), path, ROWS, after=1) == "raised an error"


def test_who_hangs_is_stopped(monkeypatch):
    """A writer that waits for ever is no writer that was killed."""
    monkeypatch.setattr(crash, "SECONDS", 1)
    assert crash.writing(lambda conn, rows: os.read(os.pipe()[0], 1), survey.path(), ROWS, after=1) == "did not end"


def test_the_copy_does_not_go_on(capfd, tmp_path):
    """What the writer's process prints is lost, and nothing after the call happens twice."""
    path = survey.path()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        crash.writing(lambda conn, rows: print("from the copy"), path, ROWS, after=1)
    with (tmp_path / "lines").open("a") as file:
        file.write(f"{os.getpid()}\n")
    assert (tmp_path / "lines").read_text() == f"{os.getpid()}\n"
    assert capfd.readouterr() == ("", "")


def test_the_file_can_be_written_afterwards():
    """A dead process holds no lock, and its traces go with the next connection."""
    path = survey.path()
    crash.writing(at_once, path, ROWS, after=2)
    conn = sqlite3.connect(path, timeout=0)
    at_once(conn, ROWS)
    assert stored(path) == ROWS
    assert conn.execute("select count(*) from sqlite_master where type = 'trigger'").fetchone() == (0,)


def test_a_file_that_is_not_there_is_an_error_of_the_writer():
    """No file is made."""
    path = survey.path()
    path.unlink()
    assert crash.writing(at_once, path, ROWS, after=1) == "raised an error"
    assert not path.exists()
