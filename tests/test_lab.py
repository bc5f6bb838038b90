"""`course lab` opens the course, or says in a sentence what is in the way and what to do."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import stock
import toy
from classroom import classroom

from autograder import notebook
from course import lab

ROOT = Path(__file__).parents[1]
COURSE = Path(sys.executable).with_name("course")


def course_lab(*options: str, **variables: str) -> subprocess.CompletedProcess:
    """`course lab` with these options and variables, where it ends by itself."""
    words = [COURSE, "lab", *options]
    return subprocess.run(words, capture_output=True, text=True, env=os.environ | variables, timeout=120)


def test_lab_becomes_jupyterlab_on_the_course_with_what_a_student_needs():
    """Root and start page, the assignment list and Validate on, the teacher's panels off; options are passed on."""
    said = course_lab("--show-config-json", "--ServerApp.allow_remote_access=True")
    shown = json.loads(said.stdout)
    extensions = shown["ServerApp"]["jpserver_extensions"]
    assert Path(shown["ServerApp"]["root_dir"]) == ROOT
    assert shown["ServerApp"]["default_url"] == "/lab/tree/START.md"
    assert shown["ServerApp"]["allow_remote_access"] is True
    assert {name.split(".")[-1]: on for name, on in extensions.items() if name.startswith("nbgrader")} == {
        "assignment_list": True,
        "validate_assignment": True,
        "formgrader": False,
        "course_list": False,
    }


def test_lab_for_a_teacher_has_formgrader_and_begins_with_the_manual():
    """The same settings otherwise."""
    shown = json.loads(course_lab("--teacher", "--show-config-json").stdout)
    extensions = shown["ServerApp"]["jpserver_extensions"]
    assert shown["ServerApp"]["default_url"] == "/lab/tree/README.md"
    assert {name.split(".")[-1]: on for name, on in extensions.items() if name.startswith("nbgrader")} == {
        "assignment_list": True,
        "validate_assignment": True,
        "formgrader": True,
        "course_list": False,
    }


def test_a_teacher_without_the_grader_is_told_to_install_it(monkeypatch):
    """Formgrader would grade with nbgrader's own settings, or not at all."""
    monkeypatch.setattr(lab, "GRADER", ("no_such_package",))
    with pytest.raises(lab.CannotOpen, match=r"no_such_package.*\n.*\./setup\.sh teacher"):
        lab.command([], teacher=True)
    assert lab.command([])


def test_a_port_that_is_taken_is_named_with_the_way_out():
    """Before anything has started."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = [course_lab(*words) for words in ([f"--port={port}"], ["--port", str(port)])]
    assert [(done.returncode, done.stdout) for done in said] == [(2, "")] * 2
    for done in said:
        assert f"port {port} cannot be used" in done.stderr and "leave --port out" in done.stderr
        assert f"server stop {port}" in done.stderr and "Traceback" not in done.stderr


def test_a_machine_without_a_browser_says_how_to_come_from_another(tmp_path):
    """The tunnel, with its port; and JupyterLab looks for no browser."""
    said = course_lab("--show-config-json", "--port=8934", PATH=str(tmp_path), BROWSER="", DISPLAY="")
    assert "ssh -N -L 8934:localhost:8934" in said.stderr and "in your browser" in said.stderr
    assert json.loads(said.stdout)["ExtensionApp"]["open_browser"] is False
    assert lab.without_browser(["--no-browser"]) == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_a_course_in_which_one_may_not_write_says_so_first(tmp_path):
    """By somebody who is not root: nothing that is typed could be saved."""
    (tmp_path / "START.md").touch()
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents[:3]:
        if folder != Path("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o055)
    asks = (
        "import os, sys; from pathlib import Path; from course import lab\n"
        "os.setgid(65534); os.setuid(65534)\n"
        f"try: lab.command([], Path({str(tmp_path)!r}))\nexcept lab.CannotOpen as error: print(error)"
    )
    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, cwd=ROOT)
    assert (said.returncode, said.stderr) == (0, "")
    assert f"{tmp_path}: you may not write here" in said.stdout and f"git clone {tmp_path}" in said.stdout


def test_the_package_without_the_course_is_refused(tmp_path):
    """Installed elsewhere, it has no assignments to lead to."""
    with pytest.raises(lab.CannotOpen, match="git clone the course"):
        lab.command([], tmp_path)


def test_the_start_page_leads_to_every_lesson_and_every_assignment():
    """Each once, in their order, and every link leads to a file."""
    text = (ROOT / lab.START).read_text(encoding="utf-8")
    table = text[text.index("|---|") : text.index("## In a class")]
    links = re.findall(r"\]\(([^)]+)\)", table)
    lessons = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "course" / "lessons").glob("*.ipynb"))
    assignments = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "release").glob("*/*.ipynb"))
    assert [link for link in links if link.startswith("course/")] == lessons
    assert [link for link in links if link.startswith("release/")] == assignments
    assert [link for link in re.findall(r"\]\(([^)]+)\)", text) if not (ROOT / link).is_file()] == []


def test_a_student_without_the_grader_can_list_and_cannot_grade(tmp_path):
    """Fetching and submitting need no grader; what needs it refuses, and makes nothing."""
    shutil.copytree(ROOT / "source" / "04_sql", tmp_path / "source" / "04_sql")
    settings = (ROOT / "nbgrader_config.py").read_text()
    (tmp_path / "nbgrader_config.py").write_text(f"import sys\n\nsys.modules['nh3'] = None\n{settings}")
    nbgrader = [str(Path(sys.executable).with_name("nbgrader"))]
    here = {"cwd": tmp_path, "capture_output": True, "text": True, "env": os.environ | {"HOME": str(tmp_path)}}
    (tmp_path / "exchange").mkdir()
    (tmp_path / "exchange").chmod(0o777)
    listed = subprocess.run([*nbgrader, "list", f"--Exchange.root={tmp_path}/exchange"], **here)
    assert listed.returncode == 0, listed.stderr
    made = subprocess.run([*nbgrader, "generate_assignment", "04_sql"], **here)
    assert made.returncode == 1
    assert "the grader of this course cannot be imported" in made.stderr
    assert list((tmp_path / "release").rglob("*.ipynb")) == []


def test_a_kernel_that_dies_while_validating_is_told_in_a_sentence(tmp_path):
    """By this course's settings, as *Validate* reads them: each check that could not be made says at which cell."""
    book = notebook.fill(toy.source(), {"longest": "import os\nos._exit(1)"})
    notebook.write(book, tmp_path / "toy.ipynb")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    said = stock.run(tmp_path, "validate", "toy.ipynb")
    assert said.count("The kernel died while the cell that begins with 'import os' ran") == 3
    assert "Traceback" not in said and "passed" not in said


def test_feedback_that_is_not_released_is_told_in_a_sentence(tmp_path):
    """Before anybody has any, and before the student has: in the terminal, and beside the submission in the list."""
    room = classroom(tmp_path)
    (room.teacher / "source" / "toy").mkdir(parents=True)
    notebook.write(toy.source(), room.teacher / "source" / "toy" / "toy.ipynb")
    room.teach("generate_assignment", "toy")
    room.teach("release_assignment", "toy")
    room.study("fetch_assignment", "toy")
    room.study("submit", "toy")
    for _ in range(2):
        said = stock.run(room.student, "fetch_feedback", "toy", status=1)
        assert "no feedback on toy yet: your teacher has not released it" in said
        assert "Nothing of yours is lost" in said and "Traceback" not in said
        (room.exchange / "workflow" / "feedback").mkdir(exist_ok=True)
    assert "no feedback yet: your teacher has not released it" in room.study("list", "--cached")
    assert "your teacher" not in room.study("list", "--inbound")
