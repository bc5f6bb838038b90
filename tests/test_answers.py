"""The answer bank is read as its authors mean it, and what they get wrong is said with file and line."""

import pytest
import toy

from autograder import answers
from autograder.answers import BankError


def read(tmp_path, script: str):
    """The answers of this script, as the file `toy/double.py`."""
    path = tmp_path / "toy" / "double.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(script, encoding="utf-8")
    return answers.read(path)


def test_each_cell_is_an_answer(tmp_path):
    """Title, code, checks that must fail, and the place: in the order of the file."""
    bank = read(tmp_path, toy.BANK["double"])
    assert [answer.title for answer in bank][:2] == ["multiplies", "adds"]
    assert [answer.fails for answer in bank][2:5] == [(), ("double_numbers", "double_text"), ("double_text",)]
    assert [answer.right for answer in bank] == [True] * 3 + [False] * 4
    assert bank[0].cells == {"double": "def double(x):\n    return x * 2"}
    assert (bank[0].assignment, bank[0].task) == ("toy", "double")
    assert bank[1].where == f"{tmp_path / 'toy' / 'double.py'}:6"


def test_a_place_is_the_line_of_the_marker_whatever_stands_around_it(tmp_path):
    """Comments above, text cells, markers in strings and commented magics do not shift the lines."""
    script = '''# Answers to double.
# %% first
text = """
# %% no marker
"""

# %% [markdown] a remark
# It is one.

# %% second
# %%writefile job.py
print(1)

#%% third
x = 3
'''
    bank = read(tmp_path, script)
    lines = script.splitlines()
    assert [lines[int(a.where.rpartition(":")[2]) - 1] for a in bank] == ["# %% first", "# %% second", "#%% third"]
    assert [answer.title for answer in bank] == ["first", "second", "third"]


def test_an_answer_may_fill_several_cells(tmp_path):
    """Cells of one title are one answer; what either must fail, it must fail."""
    script = """
# %% both  cell="double" fails=["a"]
x = 1
# %% both  cell="halve" fails=["b", "a"]
y = 2
# %% another
z = 3
"""
    bank = read(tmp_path, script)
    assert [answer.title for answer in bank] == ["both", "another"]
    assert bank[0].cells == {"double": "x = 1", "halve": "y = 2"}
    assert bank[0].fails == ("a", "b")


MAGICS = {
    "a file": ("# %%writefile job.py\nprint(1)", "%%writefile job.py\nprint(1)"),
    "a shell": ("# %%bash\nls | wc -l", "%%bash\nls | wc -l"),
    "a command": ("# !ls", "!ls"),
    "a bare command": ("!ls {folder}", "!ls {folder}"),
    "its output": ("files = !ls", "files = !ls"),
    "a line magic": ("# %matplotlib inline", "%matplotlib inline"),
    "await": ("x = await f()", "x = await f()"),
}


@pytest.mark.parametrize(("script", "cell"), MAGICS.values(), ids=MAGICS)
def test_what_a_notebook_cell_may_hold_an_answer_may_hold(tmp_path, script, cell):
    """Magics, commented as jupytext does it or bare, shell commands and top-level await."""
    (answer,) = read(tmp_path, f"# %% does it\n{script}\n")
    assert answer.cells == {"double": cell}


WRONG = {
    "no title": ("# %% a\nx\n# %%\ny", 3, "no title"),
    "no title, but fails": ('# %% fails=["a"]\ny', 1, "no title"),
    "no code": ("# %% a\n\n# %% b\nx", 1, "has no code"),
    "code above": ("import os\n# %% a\nx", 1, "belongs to no answer"),
    "no marker": ("x = 1", 1, "belongs to no answer"),
    "bare names": ("# %% a fails=[b]\nx", 1, "what follows the title 'a'"),
    "not closed": ('# %% a fails=["b"\nx', 1, "what follows the title 'a'"),
    "a word": ('# %% a fails="b"\nx', 1, "`fails` is no list of names"),
    "numbers": ("# %% a fails=[1]\nx", 1, "`fails` is no list of names"),
    "unknown key": ('# %% a fials=["b"]\nx', 1, "what follows the title 'a'"),
    "cell is a number": ("# %% a cell=1\nx", 1, "`cell` is no name"),
    "same title": ("# %% a\nx\n# %% b\nx\n# %% a\ny", 5, "an answer 'a' already"),
    "no Python": ("# %% a\nx = 1\ny = = 2", 3, "is not Python: invalid syntax"),
    "not closed code": ("# %% a\nx\n# %% b\n# why\nf(", 5, "is not Python: '(' was never closed"),
}


@pytest.mark.parametrize(("script", "line", "says"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_the_bank_is_named_with_file_and_line(tmp_path, script, line, says):
    """Where, what, and what to write instead."""
    with pytest.raises(BankError) as error:
        read(tmp_path, script)
    assert str(error.value).startswith(f"{tmp_path / 'toy' / 'double.py'}:{line}: ")
    assert says in str(error.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Bytes that are no text are an error of the bank, not of the reader."""
    path = tmp_path / "double.py"
    path.write_bytes(b"# %% a\n\xff")
    with pytest.raises(BankError, match=r"double\.py: cannot be read"):
        answers.read(path)


def test_a_bank_has_a_file_for_each_task(tmp_path):
    """Tasks in the order of their names; what is no Python file is left alone."""
    bank = toy.bank(tmp_path)
    (bank / "toy" / "README.md").write_text("About these answers.")
    assert {task: len(of) for task, of in answers.tasks(bank, "toy").items()} == {"double": 7, "longest": 7}


def test_a_missing_bank_is_named(tmp_path):
    """An assignment without a folder in the bank is an error that says what to make."""
    with pytest.raises(BankError, match=r"toy: there is no such folder\. Make it"):
        answers.tasks(tmp_path, "toy")


def test_classmates_hold_every_answer_once(tmp_path):
    """As few submissions as the longest file has answers; short files begin anew."""
    bank = answers.tasks(toy.bank(tmp_path), "toy")
    bank["double"] = bank["double"][:3]
    mates = answers.classmates(bank)
    assert len(mates) == 7
    assert [double.title for double, _ in mates] == ["multiplies", "adds", "shifts what is a number"] * 2 + [
        "multiplies"
    ]
    assert [longest for _, longest in mates] == list(bank["longest"])


def test_a_class_may_have_any_size(tmp_path):
    """So many submissions, each with one answer to every task."""
    bank = answers.tasks(toy.bank(tmp_path), "toy")
    assert [len(mate) for mate in answers.classmates(bank, 12)] == [2] * 12
    assert answers.classmates(bank, 12)[9][0] is bank["double"][2]
    assert answers.classmates({}) == []
