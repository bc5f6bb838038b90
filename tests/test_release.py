"""What students get is made from what teachers write, by nbgrader, and holds nothing that they must not see."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import toy
from nbgrader.utils import compute_checksum

from autograder import notebook
from autograder.notebook import Role

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").glob("*/"))
REGIONS = ("HIDDEN TESTS", "SOLUTION", "MARK SCHEME")


def generate(course: Path, *assignments: str) -> Path:
    """Let stock nbgrader make the release in this folder, with the settings of the project."""
    shutil.copy(ROOT / "nbgrader_config.py", course)
    for name in assignments:
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", name]
        done = subprocess.run(command, cwd=course, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return course / "release"


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    """The release of every assignment of this project, made anew."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "source", course / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return generate(course, *ASSIGNMENTS)


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their path in it."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def notebooks(assignment: str) -> list[tuple]:
    """Each notebook of an assignment as its teacher wrote it, and as students get it."""
    found = sorted((ROOT / "source" / assignment).glob("*.ipynb"))
    return [(notebook.read(path), notebook.read(ROOT / "release" / assignment / path.name)) for path in found]


def split(text: str) -> tuple[list[str], list[str]]:
    """The lines of a teacher's cell that students see, and those that they do not; markers are in neither."""
    seen, unseen, inside = [], [], False
    for line in text.splitlines():
        if any(f"{edge} {region}" in line for edge in ("BEGIN", "END") for region in REGIONS):
            inside = "BEGIN" in line
        else:
            (unseen if inside else seen).append(line.strip())
    return seen, unseen


def test_there_is_an_assignment():
    """Else everything below would be proven of nothing."""
    assert ASSIGNMENTS


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_is_what_nbgrader_makes_of_the_source(assignment, generated):
    """Byte for byte. If it is not: `make release`, and commit what changed."""
    assert files(generated / assignment) == files(ROOT / "release" / assignment)


def test_nothing_is_released_that_has_no_source():
    """A folder in release/ without one in source/ is left over."""
    assert sorted(path.name for path in (ROOT / "release").glob("*/")) == ASSIGNMENTS


@pytest.mark.parametrize("folder", ["source", "release"])
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_notebooks_are_kept_in_normal_form(assignment, folder):
    """As `autograder.notebook` writes them: no outputs, no noise, ids that are names."""
    for path in sorted((ROOT / folder / assignment).glob("*.ipynb")):
        book = notebook.read(path)
        assert path.read_text(encoding="utf-8") == notebook.text(notebook.normal(book)), path


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_holds_no_solution_and_no_hidden_test(assignment):
    """No marker of a region, and no line that stands in such regions alone."""
    for source, release in notebooks(assignment):
        lines = [split(cell.source) for cell in source.cells]
        public = {line for seen, _ in lines for line in seen}
        secret = {line for _, unseen in lines for line in unseen} - public
        assert len(secret) > 0
        released = [line.strip() for cell in release.cells for line in cell.source.splitlines()]
        assert [line for line in released if line in secret or any(region in line for region in REGIONS)] == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_has_every_cell_of_the_source_for_the_same_points(assignment):
    """Names, kinds, roles, points and what may be seen are those of the source; locked cells are locked."""
    for source, release in notebooks(assignment):
        pairs = list(zip(source.cells, release.cells, strict=True))
        for ours, theirs in pairs:
            for fact in (notebook.grade_id, notebook.role, notebook.points, lambda cell: cell.cell_type):
                assert fact(theirs) == fact(ours)
            if notebook.role(ours) in (Role.CHECK, Role.GIVEN):
                assert theirs.metadata.editable is False
                assert "\n".join(split(ours.source)[0]).strip() == "\n".join(split(theirs.source)[0]).strip()
        assert any(notebook.role(ours) is Role.CHECK for ours, _ in pairs)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_untouched_cell_counts_as_untouched(assignment):
    """nbgrader's checksums are of the text as it was released; with others, `nbgrader validate` cries wolf."""
    named = [cell for _, book in notebooks(assignment) for cell in book.cells if notebook.grade_id(cell)]
    assert [cell.metadata.nbgrader.checksum for cell in named] == [compute_checksum(cell) for cell in named]


def test_normal_form_comes_before_the_checksums(tmp_path):
    """A blank line above the hidden tests goes, and the checksum is of the text without it."""
    source = toy.book(toy.answer("a", "a = 1"), toy.check("a_is", toy.hidden("assert a\n", "assert a == 1")))
    (tmp_path / "source" / "blank").mkdir(parents=True)
    notebook.write(source, tmp_path / "source" / "blank" / "blank.ipynb")
    released = notebook.read(generate(tmp_path, "blank") / "blank" / "blank.ipynb").cells[1]
    assert released.source == "assert a"
    assert released.metadata.nbgrader.checksum == compute_checksum(released)
