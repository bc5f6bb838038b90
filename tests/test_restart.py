"""A notebook is run from top to bottom in a new kernel, and what fails is told by its place."""

from nbformat.v4 import new_markdown_cell

from course import restart


def test_it_stops_at_the_first_error_or_goes_on(tmp_path, capfd):
    """In the folder that is named; with outputs in the notebook, and nothing said on the terminal."""
    nb = restart.book("open('here', 'w').close(); b", new_markdown_cell("text"), "print('more'); 1 / 0", counts=(7, 3))
    first = restart.Failed(1, "NameError", "name 'b' is not defined")
    assert [cell.get("execution_count") for cell in nb.cells] == [7, None, 3]
    assert restart.run_all(nb, tmp_path) == [first]
    assert (tmp_path / "here").is_file()
    assert restart.run_all(nb, tmp_path, go_on=True) == [first, (2, "ZeroDivisionError", "division by zero")]
    assert nb.cells[2].outputs[0].text == "more\n"
    assert capfd.readouterr() == ("", "")


def test_a_notebook_that_runs_has_no_failures(tmp_path):
    """And its numbers count from 1."""
    nb = restart.book("a = 1", "assert a == 1", counts=(4, 2))
    assert restart.run_all(nb, tmp_path) == []
    assert [cell.execution_count for cell in nb.cells] == [1, 2]
