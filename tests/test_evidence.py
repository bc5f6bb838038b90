"""A check sees what no value shows: files, processes, a program's run, the text of an answer."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from sides import Sides

from autograder import evidence, notebook
from autograder.airlock import Airlock
from autograder.evidence import EvidenceError
from autograder.sandbox import Finished

ASK = "from autograder import evidence\n"
HERE = Path(__file__).parent


# Behind the airlock


def test_a_command_runs_in_a_clean_room_over_the_work_folder(sides):
    """It sees the files that the student's code made, and nothing else of that side: no variable, no process."""
    sides.student("import os\nopen('made.py', 'w').write('print(6 * 7)')\nos.environ['LEFT'] = 'behind'")
    text = f"""{ASK}
done = evidence.run(["python", "made.py"])
assert (done.status, done.stdout, done.stderr) == (0, b"42\\n", b""), done
shown = evidence.run(["python", "-c", "import os; print(os.environ.get('LEFT'), os.environ['GIVEN'])"],
                     environment={{"GIVEN": 1}})
assert shown.stdout == b"None 1\\n", shown
alone = evidence.run(["sh", "-c", "ls /proc | grep -c '^[0-9]'"])
assert int(alone.stdout) < 8, alone
"""
    assert sides.check(text) == ""


def test_a_command_gets_its_input_and_its_folder(sides):
    """And says by its status how it ended."""
    sides.student("import os; os.mkdir('inner dir')")
    text = f"""{ASK}
assert evidence.run(["cat"], stdin=bytes(range(256))).stdout == bytes(range(256))
assert evidence.run(["pwd"], cwd="inner dir").stdout.endswith(b"/inner dir\\n")
assert evidence.run(["sh", "-c", "exit 3"]).status == 3
assert evidence.run(["sh", "-c", "kill -9 $$"]).status == 137
assert evidence.run(["no such command"]).status == 127
late = evidence.run(["sleep", "60"], seconds=0.3)
assert (late.status, late.timed_out) == (None, True)
long = evidence.run(["sh", "-c", "yes | head -c 3000000"])
assert long.truncated and len(long.stdout) == 2**20
"""
    assert sides.check(text) == ""


def test_a_command_ends_with_the_time_of_its_check(sides):
    """However long a check would wait for it."""
    message = sides.check(f"{ASK}assert evidence.run(['sleep', '600'], seconds=500).timed_out, 'no'", seconds=1)
    assert message == ""


def test_temporary_files_of_a_check_are_seen_by_the_command(sides):
    """Under the same path: so what the student's function made there can be run."""
    sides.student("def write(path): path.write_text('print(\"it runs\")')")
    text = f"""{ASK}
import pathlib, tempfile
path = pathlib.Path(tempfile.mkdtemp()) / "script.py"
write(path)
assert evidence.run(["python", path]).stdout == b"it runs\\n"
"""
    assert sides.check(text, "write") == ""


def test_processes_of_the_student_are_seen_from_outside(sides):
    """By the numbers that they have over there; what has ended is gone."""
    sides.student("""
import subprocess
child = subprocess.Popen(["sleep", "60.5"], start_new_session=True)
def stop(): child.kill(); child.wait()
pid = child.pid
""")
    text = f"""{ASK}
(sleeper,) = [process for process in evidence.processes() if process.command == ("sleep", "60.5")]
assert (sleeper.pid, sleeper.session, sleeper.state) == (pid, pid, "S"), sleeper
stop()
assert pid not in [process.pid for process in evidence.processes()]
"""
    assert sides.check(text, "pid", "stop") == ""


def test_only_regular_files_are_read(sides):
    """Links, pipes and what is too large stay out, wherever they lead."""
    sides.student("""
import os
os.mkdir("folder")
open("folder/a.txt", "w").write("a")
os.symlink("/etc/passwd", "link.txt")
os.symlink("folder", "linked")
os.mkfifo("pipe")
with open("large", "wb") as file: file.truncate(100_000_000)
""")
    text = f"""{ASK}
found = evidence.files()
assert found == {{"folder/a.txt": b"a"}}, found
assert evidence.files("folder") == {{"a.txt": b"a"}}
for place in ("linked", "pipe", "nowhere"):
    try: evidence.files(place)
    except evidence.EvidenceError as error: assert place in str(error)
    else: assert False, place
"""
    assert sides.check(text) == ""


def test_the_text_of_an_answer_comes_from_what_was_submitted(open_pen):
    """Not from the student's process, which could say anything."""
    with open_pen() as pen:
        sides = Sides(pen)
        sides.session._answers = {"f": "def f(): return 1"}
        sides.student("In = ['def f(): return 2']")
        assert sides.check(f"{ASK}assert evidence.answer('f') == 'def f(): return 1'") == ""
        assert sides.check(f"{ASK}assert evidence.answer('g') == ''") == ""


def test_the_students_side_can_ask_for_nothing(sides):
    """What it writes into its channels is no question of the checker's."""
    sides.student("""
import json, os, stat, struct
def f():
    for n in range(3, 100):
        try:
            if stat.S_ISSOCK(os.fstat(n).st_mode):
                body = json.dumps({"id": 1, "op": "second", "command": ["touch", "forged"], "seconds": 5,
                                   "stdin": "", "environment": {}}).encode()
                os.write(n, struct.pack(">I", len(body)) + body)
        except OSError: pass
""")
    sides.report("f()", "f", seconds=5)
    assert "forged" not in str(sides.report("import os; print(os.listdir('.'))", seconds=5))


def cell(name: str, source: str, **marks: bool | float) -> dict:
    """A code cell with nbgrader's metadata."""
    meta = {"grade_id": name, "schema_version": 3, "locked": False, "grade": False, "solution": False} | marks
    return {"cell_type": "code", "metadata": {"nbgrader": meta}, "source": source, "outputs": [], "id": name}


CHECK = f"""{ASK}
square_file()
assert evidence.run(["python", "square.py"], stdin=b"7").stdout == b"49\\n", "the script is wrong"
assert evidence.files()["square.py"].startswith(b"print"), "the file is wrong"
assert "square.py" in evidence.answer("square_file"), "the text is wrong"
assert any("sleep" in process.command for process in evidence.processes()), "there is no process"
"""
ANSWER = """
import subprocess
def square_file():
    open("square.py", "w").write("print(int(input()) ** 2)")
    subprocess.Popen(["sleep", "20"])
"""


def book(answer: str = ANSWER):
    """One task whose check looks at all that there is."""
    marks = {"grade": True, "locked": True, "points": 1}
    cells = [cell("square_file", answer, solution=True), cell("square_file_runs", CHECK, **marks)]
    return notebook.parse(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


@pytest.mark.parametrize("unsafe", [False, True], ids=["walled", "unwalled"])
def test_a_submission_is_judged_by_evidence(unsafe):
    """Right and wrong, also where there is no wall."""
    wrong = ANSWER.replace("** 2", "* 2")
    with Airlock(unsafe_without_sandbox=unsafe) as airlock:
        messages = [airlock.grade(book(), book(answer)).result.outcomes[0].message for answer in (ANSWER, wrong)]
    assert messages == ["", "the script is wrong"]


# In stock nbgrader


def test_the_same_check_works_in_one_kernel(tmp_path):
    """There it looks from where it runs."""
    nbformat.write(nbformat.from_dict(book()), tmp_path / "a.ipynb")
    runner = (
        "import sys, nbformat, nbclient; book = nbformat.read(sys.argv[1], 4); nbclient.NotebookClient(book).execute()"
    )
    path = {"PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", runner, "a.ipynb"], cwd=tmp_path, env=os.environ | path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_command_here_ends_as_it_does_there(tmp_path, monkeypatch):
    """Status, streams and time mean the same."""
    monkeypatch.chdir(tmp_path)
    assert evidence.run(["sh", "-c", "echo a; echo b >&2; exit 3"]) == Finished(3, b"a\n", b"b\n")
    assert evidence.run(["sh", "-c", "kill -9 $$"]).status == 137
    assert evidence.run(["no such command"]).status == 127
    assert evidence.run(["sleep", "60"], seconds=0.2).timed_out
    assert evidence.run([shutil.which("env")], environment={"GIVEN": "1"}).stdout.count(b"HOME=") == 1


def test_a_folder_that_is_a_link_is_not_read(tmp_path):
    """Wherever it leads."""
    (tmp_path / "link").symlink_to("/etc")
    with pytest.raises(EvidenceError, match="link"):
        evidence.files(tmp_path / "link")
