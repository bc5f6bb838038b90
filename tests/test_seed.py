"""The notebook of 2016 is as it was, and does not run."""

from course import restart, seed


def test_it_is_the_notebook_with_its_outputs():
    """A call gives it anew; a planned error and the matrices are there."""
    code = [cell for cell in seed.notebook().cells if cell.cell_type == "code"]
    assert len(code) == 27
    assert code[0].outputs[0].evalue == "No module named 'pyodbc'"
    assert code[10].source.endswith("c = np.dot(a,b)")
    seed.notebook().cells.clear()
    assert len(seed.notebook().cells) > 27


def test_restart_and_run_all_stops_at_the_path_of_one_laptop(tmp_path):
    """In its third cell."""
    failed = restart.run_all(seed.notebook(), tmp_path)
    assert [(each.place, each.name) for each in failed] == [(3, "OperationalError")]
