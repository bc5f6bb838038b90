"""`course doctor` tells the truth about this machine, and names the remedy for what is missing."""

import importlib.metadata
import os
import re
import subprocess
import sys

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from course.cli import main
from course.doctor import PACKAGES, examine


def doctor(env=None, cwd=None):
    """`course doctor` as a command: exit status, text."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from course.cli import main; sys.exit(main(['doctor']))"],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


def test_a_machine_that_runs_these_tests_is_ready(tmp_path):
    """Everything is found, with its version or its place, and nothing needs a remedy."""
    findings = {finding.thing: finding for finding in examine(tmp_path)}
    assert [finding for finding in findings.values() if not finding.well] == []
    assert set(PACKAGES) < findings.keys()
    assert findings["Python"].found == f"{sys.version.split()[0]} at {sys.executable}"
    assert findings["this folder"].found == f"{tmp_path}: you may write here"


def test_everything_that_students_install_is_looked_at():
    """What the project depends on, and what it depends on for students: no lesson meets a gap that was not named."""
    asked = map(Requirement, importlib.metadata.requires("server-workflow"))
    wanted = [each for each in asked if each.marker is None or each.marker.evaluate({"extra": "student"})]
    assert set(map(canonicalize_name, PACKAGES)) == {canonicalize_name(each.name) for each in wanted}


def test_the_command_says_what_to_do_next():
    """Exit status 0, one line a thing, and the next step."""
    status, said = doctor()
    assert (status, said.splitlines()[-1]) == (0, "Everything is ready. Next: course lab")


def test_a_missing_driver_has_its_remedy(tmp_path):
    """Without the SQLite driver: exit status 1, and the command that installs it."""
    (tmp_path / "odbcinst.ini").write_text("")
    status, said = doctor({"ODBCSYSINI": str(tmp_path)})
    assert status == 1
    assert "MISSING  ODBC driver" in said
    assert "sudo apt-get install unixodbc libsqliteodbc" in said
    assert re.fullmatch(r"1 of \d+ things are not ready: ODBC driver", said.splitlines()[-1])


def test_a_missing_git_has_its_remedy(tmp_path):
    """Without git on PATH: the command that installs it."""
    status, said = doctor({"PATH": str(tmp_path)})
    assert (status, "MISSING  git" in said, "sudo apt-get install git" in said) == (1, True, True)


def test_a_missing_package_has_its_remedy(tmp_path):
    """A package that this environment lacks is named with the pip of this interpreter."""
    hide = "import sys; sys.modules['ipyparallel'] = None; from course.cli import main; sys.exit(main(['doctor']))"
    done = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True)
    assert done.returncode == 1
    assert f"→ {sys.executable} -m pip install ipyparallel" in done.stdout


def test_a_folder_without_the_right_to_write_is_named():
    """Nobody may write in /proc, not even root: the folder is named, and what to do."""
    status, said = doctor(cwd="/proc")
    assert (status, "/proc: you may not write here" in said) == (1, True)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system has no processor affinity to test")
def test_only_the_cores_that_are_yours_are_counted():
    """Bound to one core, a process is told that one is its own."""
    code = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
        "from course.doctor import _cores; print(_cores().found)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == f"1 of {os.cpu_count()} are yours\n"


def test_an_unknown_word_is_refused(capsys):
    """A request that makes no sense: exit status 2 and no traceback."""
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "please"])
    assert ended.value.code == 2
    assert "doctor takes no 'please'" in capsys.readouterr().err


def test_a_server_is_looked_at_where_one_is_configured():
    """A server that cannot be reached has its remedy; without one nothing is missing."""
    assert "database server" not in doctor({"SURVEY_SERVER": ""})[1]
    status, said = doctor({"SURVEY_SERVER": "DSN=nowhere;PWD=geheim"})
    assert (status, "MISSING  database server" in said, "or unset it" in said, "geheim" in said) == (
        1,
        True,
        True,
        False,
    )
