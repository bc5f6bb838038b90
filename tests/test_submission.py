"""What was handed in is looked at without being run, and what is odd is said."""

import pytest
import toy

from autograder import notebook, submission


@pytest.fixture
def folder(tmp_path):
    """A student's folder with the toy in it."""
    place = tmp_path / "ada" / "toy"
    place.mkdir(parents=True)
    notebook.write(toy.source(), place / "toy.ipynb")
    return place


def test_an_honest_submission_gives_no_cause_for_remarks(folder):
    """Its student is known by the folder."""
    found = submission.look(folder, toy.source())
    assert found == submission.Submission("ada", folder)


def test_a_notebook_of_another_name_is_not_taken_for_it(folder):
    """The message says which there is."""
    (folder / "toy.ipynb").rename(folder / "toy (1).ipynb")
    assert submission.look(folder, toy.source()).problem == f"{folder}/toy.ipynb: is missing; there is toy (1).ipynb."


def test_a_link_is_not_followed(folder, tmp_path):
    """It is named, and counts as missing."""
    (folder / "toy.ipynb").rename(tmp_path / "elsewhere.ipynb")
    (folder / "toy.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    found = submission.look(folder, toy.source())
    assert "toy.ipynb: is missing" in found.problem
    assert found.remarks == (f"{folder}: toy.ipynb: is a link, and links are not followed",)


def test_bytes_that_are_no_text_are_named(folder):
    """With the file."""
    (folder / "toy.ipynb").write_bytes(b'{"cells": "\xff"}')
    assert submission.look(folder, toy.source()).problem.startswith(f"{folder}/toy.ipynb: is no notebook: its bytes")


def test_who_did_not_submit_is_not_there(folder, tmp_path):
    """Submissions to another assignment, and stray files, are passed over."""
    (tmp_path / "bola" / "other").mkdir(parents=True)
    (tmp_path / "notes.txt").touch()
    assert [found.student for found in submission.collected(tmp_path, "toy", toy.source())] == ["ada"]
