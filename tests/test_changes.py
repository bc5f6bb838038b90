"""What happens to a name in a folder is told as it happened, by whoever did it."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cases.changes import noted

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nobody looks on other systems")
GOOD = """
from pathlib import Path
Path(".a").write_text("new")
Path(".a").replace("a.csv")
"""
BAD = {
    "is written into where everybody may look at it": 'open("a.csv", "w").write("new")',
    "is deleted before the new one is there": 'import os; os.unlink("a.csv"); os.link("b.csv", "a.csv")',
    "is moved away before the new one is there": 'import os; os.rename("a.csv", "c.csv"); os.rename("b.csv", "a.csv")',
}


@pytest.fixture
def folder(tmp_path):
    """Two files."""
    (tmp_path / "a.csv").write_text("old")
    (tmp_path / "b.csv").write_text("another")
    return tmp_path


def seen(folder: Path, code: str):
    """What was noted of a.csv while another process ran the code."""
    with noted(folder, "a.csv") as found:
        subprocess.run([sys.executable, "-c", code], cwd=folder, check=True)
    return found


def test_a_change_of_names_is_no_trouble(folder):
    """However often, and from which folder; other files may be written into."""
    found = seen(folder, GOOD + GOOD)
    assert found.trouble == ""
    (folder / "apart").mkdir()
    found = seen(
        folder, 'import os; open("apart/x", "w").write("new"); os.replace("apart/x", "a.csv"); open("b.csv", "a")'
    )
    assert found.trouble == ""


@pytest.mark.parametrize("trouble", BAD)
def test_what_nobody_may_see_is_trouble(folder, trouble):
    """In whichever way the old file is lost before the new one is there, or the new one is not whole."""
    assert seen(folder, BAD[trouble]).trouble == trouble


def test_a_new_file_comes_whole(folder):
    """Under its name, or it is written where everybody may look at it."""
    (folder / "a.csv").unlink()
    assert seen(folder, GOOD).trouble == ""
    (folder / "a.csv").unlink()
    assert seen(folder, 'import os; os.link("b.csv", "a.csv")').trouble == ""
    (folder / "a.csv").unlink()
    assert seen(folder, 'open("a.csv", "w").write("new")').trouble.startswith("is written into")


def test_reading_is_no_change(folder):
    """Nor is what happens when nobody looks any more."""
    found = seen(folder, 'open("a.csv").read()')
    (folder / "a.csv").unlink()
    assert found.trouble == ""
