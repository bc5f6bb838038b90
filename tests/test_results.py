"""Results are found again by what they came from, and kept as long as a submission can want them."""

import sqlite3

import pytest
import toy

from autograder import results
from autograder.model import Outcome, Verdict
from autograder.results import Kept, Results, ResultsError

KEPT = Kept(toy.source(), (Outcome("double_text", Verdict.FAILED, 0.5, 1.0, "no", "prints"),), ("odd",), 1.5)


@pytest.fixture
def kept(tmp_path):
    """An empty file of results."""
    with Results.of_course(tmp_path) as found:
        yield found


def test_what_is_kept_is_found_whole(kept):
    """Notebook, outcomes, remarks, seconds; also by who opens the file next."""
    kept.keep({"a": KEPT})
    with Results(kept.path) as again:
        assert (again.find("a"), again.find("b")) == (KEPT, None)
        assert again.find("a").notebook == KEPT.notebook


def test_what_no_submission_wants_is_dropped(kept):
    """Earlier results of the same student, and those of who has gone; not those of another assignment."""
    kept.keep(dict.fromkeys(["old", "new", "shared", "gone", "other"], KEPT))
    kept.want("toy", "ada", {"one": "old", "two": "shared"})
    kept.want("toy", "ada", {"one": "new", "two": "shared"})
    kept.want("toy", "zoe", {"one": "gone"})
    kept.want("sql", "zoe", {"one": "other"})
    assert kept.prune("toy", ["ada", "new here"]) == 2
    assert [key for key in ("old", "new", "shared", "gone", "other") if kept.find(key)] == ["new", "shared", "other"]
    assert kept.prune("toy", ["ada"]) == 0


def test_what_is_in_the_gradebook_is_noted_by_assignment(kept):
    """The last note counts."""
    kept.apply("toy", {"ada": ("in", "out", 1.5), "bola": ("x", "y", 2.0)})
    kept.apply("toy", {"ada": ("in", "newer", 2.5)})
    kept.apply("sql", {"ada": ("p", "q", 3.0)})
    assert kept.applied("toy") == {"ada": ("in", "newer"), "bola": ("x", "y")}
    assert kept.seconds("toy") == {"ada": 2.5, "bola": 2.0}


def test_a_key_is_of_what_counts():
    """Outputs do not, text and marks do, and one part cannot pass for two."""
    book, other, marked = toy.source(), toy.source(), toy.source()
    book.cells[1].outputs = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    assert results.of_cells(book) == results.of_cells(other)
    other.cells[1].source += " "
    marked.cells[4].metadata.nbgrader.points = 3
    assert len({results.of_cells(each) for each in (book, other, marked)}) == 3
    assert results.key("a", "b") != results.key("ab") != results.key(["a", "b"])
    assert results.of_files({"a": b"1"}) != results.of_files({"a": b"2"}) != results.of_files({"b": b"2"})


@pytest.mark.parametrize("content", [b"this is no database, but it is long enough to be looked at" * 99, None])
def test_a_file_that_cannot_be_used_is_named(tmp_path, content):
    """Broken, or a folder in its place: what to do is said."""
    path = tmp_path / "results.db"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(ResultsError, match=r"results\.db: results cannot be kept there .* delete it"), Results(path):
        pass


def test_a_file_of_before_is_used(tmp_path):
    """One that has no table of what is wanted gets it, and keeps what it holds."""
    with Results(tmp_path / "results.db") as kept:
        kept.keep({"a": KEPT})
    with sqlite3.connect(tmp_path / "results.db") as db:
        db.execute("drop table wanted")
    with Results(tmp_path / "results.db") as kept:
        kept.want("toy", "ada", {"one": "a"})
        assert (kept.prune("toy", ["ada"]), kept.find("a")) == (0, KEPT)
