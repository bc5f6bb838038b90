"""Pictures of environments, of where an import looks, and of a refusal say in words what they show."""

import pytest

from autograder.cases.environments import make, package
from course import conda, draw


@pytest.fixture
def env(tmp_path):
    """An environment with polartools 1.1, and a folder `desk` beside it."""
    (tmp_path / "desk").mkdir()
    return make(tmp_path / "env", [package("polartools", "1.1")])


def test_layers_show_what_is_own_and_what_is_borrowed(env, tmp_path):
    """The packages of each environment, and the base below all of them."""
    make(tmp_path / "bare")
    words = draw.layers(env, tmp_path / "bare").alt
    assert words.startswith(
        "2 environments, each with packages of its own. ~/env holds polartools. ~/bare holds nothing."
    )
    assert "All borrow, by its path, a standard library and an interpreter: BASE/lib/python" in words


def test_a_ladder_marks_the_winner(env, tmp_path):
    """The installed package; with a file of that name in the folder, that file, and the package is never reached."""
    before = draw.ladder("polartools", env / "bin/python", tmp_path / "desk").alt
    (tmp_path / "desk/polartools.py").write_text("")
    after = draw.ladder("polartools", env / "bin/python", tmp_path / "desk").alt
    assert "1 ~/desk (where Python was started)." in before
    assert before.endswith("site-packages (packages of this environment): polartools.py: wins.")
    assert "1 ~/desk (where Python was started): polartools.py: wins." in after
    assert after.endswith("site-packages (packages of this environment): never reached.")


def test_a_ladder_that_nobody_stands_on(env, tmp_path):
    """Nobody wins, and the error is named."""
    words = draw.ladder("snowtools", env / "bin/python", tmp_path / "desk").alt
    assert words.endswith("Nobody has snowtools: ModuleNotFoundError.")


def test_a_refusal_is_a_tree(tmp_path):
    """Its levels are those of the solver's own words."""
    here = conda.installation(tmp_path / "conda")
    said = here.run("create", "-n", "new", "python", "pandas=0.15.0")
    assert draw.refusal(said.stderr).alt == (
        "A solver's refusal as a tree. pandas 0.15.0.* cannot be installed because there are no viable options: "
        "Level 1: pandas 0.15.0 would require. Level 2: python <3.5, for which no candidates were found."
    )


def test_what_is_brought_and_what_is_borrowed(env, tmp_path):
    """venv borrows its Python; conda installs it, as a package among others, and a library that is no Python."""
    here = conda.installation(tmp_path / "conda")
    here.run("create", "-n", "sqlproj", "pyodbc")
    venv, ours = draw.brought(env, here.prefix("sqlproj")).alt.split("~/conda")
    assert "Python packages: polartools 1.1." in venv
    assert "what is no Python: whatever this machine has. Python itself: borrowed: BASE/bin." in venv
    assert "Python packages: pyodbc 5.3.0. what is no Python: unixodbc 2.3.12. Python itself: python 3." in ours


def test_of_many_packages_few_are_drawn_and_all_are_told(tmp_path):
    """A conda environment of one's own may hold hundreds; an empty venv holds none yet."""
    here = conda.installation(tmp_path / "conda")
    here.run("create", "-n", "many", "pandas=3")
    words = draw.brought(make(tmp_path / "bare"), here.prefix("many")).alt
    assert "Python packages: none yet." in words
    assert all(name in words for name in ("numpy", "pandas", "python-dateutil", "python-tzdata", "six"))


def test_the_same_state_gives_the_same_bytes(env, tmp_path):
    """So that a lesson's diff shows what changed."""
    first, second = (draw.ladder("polartools", env / "bin/python", tmp_path / "desk").svg for _ in range(2))
    assert first == second
