"""Notebooks are read, kept in one form and rebuilt, whatever was done to them."""

import json

import nbformat
import pytest
import toy
from hypothesis import given
from hypothesis import strategies as st

from autograder import notebook
from autograder.notebook import NotebookError, Role


def names(book) -> list[str]:
    """The grade ids of a notebook's cells, in order; empty for a cell without one."""
    return [notebook.grade_id(cell) for cell in book.cells]


def written(*cells: dict, **top) -> str:
    """The JSON text of a notebook of these raw cells."""
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | top)


def raw(source="1", kind="code", **more) -> dict:
    """One cell as it stands in a file."""
    return {"cell_type": kind, "source": source, "metadata": {}} | more


# Reading

NOT_NOTEBOOKS = {
    "empty": ("", "it is empty"),
    "half a file": (written(raw())[:-9], "not JSON"),
    "a list": ("[]", "no list of cells"),
    "cells are a word": ('{"cells": "none"}', "no list of cells"),
    "format 3": (json.dumps({"worksheets": [], "nbformat": 3}), "no list of cells"),
    "format 5": (written(nbformat=5), "notebook format 5"),
    "format in words": (written(nbformat="4"), "notebook format '4'"),
    "a cell is a number": (written(raw(), 7), "cell 2: is neither code"),
    "a cell of no known type": (written(raw(kind="heading")), "cell 1: is neither code"),
    "a number for a source": (written(raw(source=7)), "cell 1: its source is not text"),
    "numbers for lines": (written(raw(source=[1, 2])), "cell 1: its source is not text"),
    "an output that is a word": (written(raw(outputs=["x"])), "has no known form"),
    "attachments that are a list": (written(raw(kind="markdown", attachments=[1])), "has no known form"),
    "deep metadata": (written(raw())[:-1] + ', "x": ' + "[" * 5000 + "]" * 5000 + "}", "is no notebook"),
    "deeper than JSON goes": ("[" * 100_000, "not JSON"),
    "a number of many digits": ('{"cells": ' + "1" * 5000 + "}", "not JSON"),
}


@pytest.mark.parametrize(("text", "says"), NOT_NOTEBOOKS.values(), ids=NOT_NOTEBOOKS)
def test_what_is_no_notebook_is_refused_with_file_cell_and_reason(text, says):
    """No traceback, whatever the bytes are: a NotebookError that names the file and says what is wrong."""
    with pytest.raises(NotebookError) as error:
        notebook.parse(text, "ada/toy.ipynb")
    assert str(error.value).startswith("ada/toy.ipynb")
    assert says in str(error.value)


def test_too_many_cells_are_refused(monkeypatch):
    """A notebook with more cells than can be graded is refused before it is looked at."""
    monkeypatch.setattr(notebook, "MAX_CELLS", 2)
    with pytest.raises(NotebookError, match=r"has 3 cells; at most 2"):
        notebook.parse(written(raw(), raw(), raw()))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path, monkeypatch):
    """The size is looked at first."""
    monkeypatch.setattr(notebook, "MAX_BYTES", 10)
    path = tmp_path / "toy.ipynb"
    path.write_text(written(raw()))
    with pytest.raises(NotebookError, match="larger than"):
        notebook.read(path)


def test_what_cannot_be_read_says_why(tmp_path):
    """A missing file, a folder and bytes that are no text are told apart."""
    (tmp_path / "latin.ipynb").write_bytes(b'{"cells": "\xe9"}')
    for name, says in [("none.ipynb", "No such file"), (".", "Is a directory"), ("latin.ipynb", "not UTF-8")]:
        with pytest.raises(NotebookError, match=says):
            notebook.read(tmp_path / name)


def test_what_does_not_matter_is_forgiven(tmp_path):
    """Lines as a list, no metadata, odd metadata, odd outputs and a byte order mark are no reason to refuse work."""
    path = tmp_path / "toy.ipynb"
    cells = [
        {"cell_type": "code", "source": ["a = 1\n", "a"]},
        raw(metadata=None, outputs=None),
        raw(metadata={"nbgrader": "yes"}),
        raw(metadata={"nbgrader": {"grade_id": ["x"], "points": "many", "grade": True}}),
        raw(source="'\ud800'"),
        {"cell_type": "markdown"},
    ]
    path.write_text("\ufeff" + written(*cells, metadata="none"), encoding="utf-8")
    book = notebook.read(path)
    assert [cell.source for cell in book.cells] == ["a = 1\na", "1", "1", "1", "'?'", ""]
    assert names(book) == [""] * 6
    assert notebook.points(book.cells[3]) == 0.0
    notebook.write(book, path)
    assert notebook.text(book) == path.read_text(encoding="utf-8")


# Roles

ROLES = {
    "answer": ({"solution": True}, Role.ANSWER),
    "written answer": ({"solution": True, "grade": True, "points": 2}, Role.MANUAL),
    "task": ({"task": True, "locked": True, "points": 2}, Role.MANUAL),
    "check": ({"grade": True, "locked": True, "points": 2}, Role.CHECK),
    "given": ({"locked": True}, Role.GIVEN),
    "named, and free": ({}, Role.EXTRA),
}


@pytest.mark.parametrize(("marks", "expected"), ROLES.values(), ids=ROLES)
def test_a_cell_has_one_role(marks, expected):
    """nbgrader's flags, in its own precedence, say what a cell is for."""
    assert expected == notebook.role(toy.code("1", "name", **marks))


def test_a_cell_without_metadata_is_extra():
    """What has no id belongs to nobody."""
    cell = toy.code("1")
    assert (notebook.role(cell), notebook.grade_id(cell), notebook.points(cell)) == (Role.EXTRA, "", 0.0)


# Normal form


def messy() -> nbformat.NotebookNode:
    """A notebook as an editor leaves it."""
    cells = [
        toy.code("x = 1\n\n"),
        toy.check("x_is", "assert x == 1"),
        toy.prose("![](attachment:a.png)", "picture", locked=True),
        toy.prose("plain"),
    ]
    cells[0].metadata.update({"collapsed": True, "tags": ["raises-exception"], "editable": True})
    cells[0].outputs = [nbformat.v4.new_output("stream", text="1\n")]
    cells[0].execution_count = 7
    cells[1].metadata.update({"tags": [], "deletable": False, "editable": False, "scrolled": True})
    cells[2].attachments = {"a.png": {"image/png": "AAAA"}}
    cells[3].attachments = {}
    return nbformat.v4.new_notebook(
        cells=cells, metadata={"widgets": {}, "kernelspec": {"name": "other", "display_name": "Other"}}
    )


def test_normal_form_keeps_what_means_something_and_nothing_else():
    """Ids are names, noise is gone, locks, tags and pictures stay."""
    book = notebook.normal(messy())
    assert [cell.id for cell in book.cells] == ["cell-1", "x_is", "picture", "cell-4"]
    assert book.cells[0].metadata == {"tags": ["raises-exception"]}
    assert {"nbgrader", "deletable", "editable"} == set(book.cells[1].metadata)
    assert (book.cells[0].source, book.cells[0].outputs, book.cells[0].execution_count) == ("x = 1", [], None)
    assert book.cells[2].attachments == {"a.png": {"image/png": "AAAA"}}
    assert "attachments" not in book.cells[3]
    assert {"kernelspec"} == set(book.metadata)
    nbformat.validate(book)


def test_lessons_keep_their_outputs():
    """With `outputs`, what a cell showed stays."""
    book = notebook.normal(messy(), outputs=True)
    assert (book.cells[0].outputs[0].text, book.cells[0].execution_count) == ("1\n", 7)


def test_normal_form_leaves_its_argument_alone():
    """It returns another notebook."""
    book = messy()
    before = notebook.text(book)
    notebook.normal(book)
    assert before == notebook.text(book)


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "a", "b", "c-1", "d_2"])),
        max_size=5,
        unique_by=lambda cell: cell[1],
    )
)
def test_normal_form_is_idempotent(cells):
    """Put into normal form again, or written and read, it is the same text."""
    book = notebook.normal(nbformat.v4.new_notebook(cells=[toy.answer(name, text) for text, name in cells]))
    assert notebook.text(book) == notebook.text(notebook.normal(book))
    assert notebook.text(book) == notebook.text(notebook.normal(notebook.parse(notebook.text(book))))


def test_the_text_of_a_notebook_ends_in_one_newline_and_sorts_its_keys():
    """So that a diff shows what changed, and nothing else."""
    text = notebook.text(toy.source())
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert list(json.loads(text)) == sorted(json.loads(text))


# Filling


def test_filling_puts_text_into_named_cells():
    """Only these cells change, and only in the notebook that is returned."""
    source = toy.source()
    filled = notebook.fill(source, {"double": "double = None"})
    changed = [new.source for old, new in zip(source.cells, filled.cells, strict=True) if old != new]
    assert changed == ["double = None"]


def test_filling_an_unknown_cell_says_which_there_are():
    """A typing error in a name is an error, with the names that would do."""
    with pytest.raises(NotebookError, match=r"no cell 'doubel'; there are .*double, "):
        notebook.fill(toy.source(), {"doubel": ""})


# Rebuilding


def submission(**cells: str) -> nbformat.NotebookNode:
    """The assignment with answers filled in, as a student hands it in."""
    return notebook.fill(toy.source(), {"double": "double = 2", "longest": "longest = 3"} | cells)


def rebuilt(book) -> tuple[nbformat.NotebookNode, tuple[str, ...]]:
    """What is run for this submission, and the flags."""
    result = notebook.rebuild(toy.source(), book)
    return result.notebook, result.flags


def test_an_honest_submission_is_rebuilt_without_a_flag():
    """The instructor's notebook, with the student's text."""
    assert (submission(), ()) == rebuilt(submission())


def test_outputs_that_came_along_are_dropped():
    """A forged output of a check is worth nothing; nor does one of the instructor's stay, run by whomever."""
    book, source = submission(), toy.source()
    for cell in book.cells + source.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "9"})]
            cell.execution_count = 1
    assert notebook.rebuild(source, book).notebook == submission()
    assert (submission(), ()) == rebuilt(book)


def cell_of(book, name):
    """The first cell of this name."""
    return next(cell for cell in book.cells if notebook.grade_id(cell) == name)


def delete(book, name):
    """Take a cell out."""
    book.cells.remove(cell_of(book, name))


def duplicate(book, name):
    """Put a second one at the end, with another text."""
    copy = nbformat.from_dict(cell_of(book, name))
    copy.source = "raise SystemExit"
    book.cells.append(copy)


def retype(book, name):
    """Turn code into text."""
    cell = cell_of(book, name)
    cell.cell_type = "markdown"
    cell.pop("outputs"), cell.pop("execution_count")


def repoint(book, name):
    """Give it other points."""
    cell_of(book, name).metadata.nbgrader.points = 50


def retag(book, name):
    """Make it a cell of another kind."""
    cell_of(book, name).metadata.nbgrader.update(grade=False, solution=True, locked=False)


def edit(book, name):
    """Change its text."""
    cell_of(book, name).source = "pass"


def turn_round(book, name):
    """Reverse the order of all cells."""
    book.cells.reverse()


MEDDLING = {
    "check deleted": (delete, "double_text", "cell 'double_text' is missing"),
    "check duplicated": (duplicate, "double_text", "cell 'double_text' is there more than once: the first counts"),
    "answer duplicated": (duplicate, "double", "cell 'double' is there more than once: the first counts"),
    "check made text": (retype, "double_text", "cell 'double_text' was turned into markdown"),
    "answer made text": (retype, "double", "cell 'double' was turned into markdown"),
    "points raised": (repoint, "double_text", "cell 'double_text' has other marks"),
    "check made an answer": (retag, "double_text", "cell 'double_text' has other marks"),
    "setup edited": (edit, "setup", "cell 'setup' was edited although it is locked"),
    "check edited": (edit, "double_text", None),
    "order reversed": (turn_round, "", None),
}


@pytest.mark.parametrize(("meddle", "name", "flag"), MEDDLING.values(), ids=MEDDLING)
def test_meddling_changes_nothing_and_is_flagged(meddle, name, flag):
    """The notebook that is run is the same as that of an honest submission."""
    book = submission()
    meddle(book, name)
    result, flags = rebuilt(book)
    assert submission() == result
    assert [flag] == [f[: len(flag or "")] for f in flags] or (flag is None and flags == ())


def test_a_deleted_answer_is_an_empty_answer():
    """Not the reference's: no points for what was not handed in."""
    book = submission()
    delete(book, "double")
    result, flags = rebuilt(book)
    assert (submission(double=""), ("cell 'double' is missing",)) == (result, flags)


def test_added_cells_stay_where_they_were_as_plain_cells():
    """Behind the cell that they followed, without metadata or tags that would mean anything."""
    book = submission()
    helper = toy.code("def helper(): ...")
    helper.metadata["tags"] = ["skip-execution"]
    book.cells[3:3] = [helper, toy.prose("a note")]
    book.cells.insert(0, toy.code("first"))
    result, flags = rebuilt(book)
    assert flags == ()
    assert [cell.source for cell in result.cells[:6]] == [
        "first",
        "# Toy",
        "import math",
        "Write `double`.",
        "def helper(): ...",
        "a note",
    ]
    assert [result.cells[n].metadata for n in (0, 4, 5)] == [{}, {}, {}]
    assert len(result.cells) == len({cell.id for cell in result.cells})
    assert result == rebuilt(book)[0]
    nbformat.validate(result)


def test_a_cell_with_an_unknown_id_is_run_as_plain_code_and_flagged():
    """It can earn nothing: the assignment knows no such check."""
    book = submission()
    book.cells.append(toy.check("bonus", "1", 50))
    result, flags = rebuilt(book)
    assert flags == ("cell 'bonus' is not of this assignment: it is run as plain code",)
    assert (result.cells[-1].source, result.cells[-1].metadata) == ("1", {})


def test_the_text_of_a_task_cell_is_the_instructors():
    """A person judges what the student adds below it; its own text, with the marking scheme, is not the student's."""
    source = toy.book(toy.prose("Draw. === BEGIN MARK SCHEME ===", "draw", task=True, locked=True, points=3))
    book = toy.book(toy.prose("Full marks.", "draw", task=True, locked=True, points=3), toy.code("picture"))
    result = notebook.rebuild(source, book).notebook
    assert [cell.source for cell in result.cells] == ["Draw. === BEGIN MARK SCHEME ===", "picture"]


def test_free_text_of_the_release_is_not_doubled():
    """A cell without an id comes from the submission alone."""
    source = toy.book(toy.prose("Welcome"), toy.answer("a", ""), toy.prose("Bye"))
    book = toy.book(toy.prose("Welcome!"), toy.answer("a", "1"), toy.prose("Bye"))
    result = notebook.rebuild(source, book).notebook
    assert [cell.source for cell in result.cells] == ["Welcome!", "1", "Bye"]


def test_added_cells_have_ids_only_where_the_format_has_them():
    """Else Jupyter calls the notebook that was graded invalid."""
    source = toy.source()
    for minor, ids in ((5, True), (4, False)):
        source.nbformat_minor = minor
        book = notebook.rebuild(source, toy.book(toy.code("1"))).notebook
        assert {"id" in cell for cell in book.cells} == {ids}


def test_an_empty_submission_is_rebuilt_with_empty_answers():
    """Every check is there to be failed."""
    result, flags = rebuilt(toy.book())
    assert names(toy.source()) == names(result)
    assert [cell.source for cell in result.cells if notebook.role(cell) is Role.ANSWER] == ["", ""]
    assert len(toy.source().cells) == len(flags)
