"""The teacher's way by the mouse: formgrader's buttons generate, grade and give feedback, through the airlock."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import stock
import toy

from autograder import gradebook, notebook
from autograder.model import Verdict

TOKEN = "for-this-test"
SERVER = (
    *("jupyter_server", "--no-browser", "--ip=127.0.0.1", "--allow-root", "--ServerApp.root_dir=."),
    *("--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"),
)
START_SECONDS = 120


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A course with the toy assignment and this project's settings; nothing of it is generated yet."""
    course = toy.course(tmp_path_factory.mktemp("formgrader"))
    shutil.copy(toy.ROOT / "nbgrader_config.py", course)
    return course


@pytest.fixture(scope="module")
def ask(course):
    """Asks the formgrader of a Jupyter server of the course, as its page does: method and path → the answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def fetch(method: str, path: str):
        headers = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.load(answer)

    environment = {**os.environ, "HOME": str(course), "JUPYTER_CONFIG_DIR": str(course / ".jupyter")}
    log = course / "server.log"
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [sys.executable, "-m", *SERVER, f"--port={port}"], cwd=course, env=environment, stderr=stderr
        ) as server,
    ):
        try:
            end = time.monotonic() + START_SECONDS
            while True:
                try:
                    fetch("GET", "api")
                    break
                except urllib.error.URLError:
                    assert server.poll() is None and time.monotonic() < end, log.read_text()
                    time.sleep(0.1)
            yield lambda method, path: fetch(method, f"formgrader/api/{path}")
        finally:
            server.kill()


def test_formgrader_generates_grades_and_gives_feedback(course, ask):
    """Generate, autograde, look at the scores, generate feedback: each button says that it worked, and it did."""
    assert [(found["name"], found["status"]) for found in ask("GET", "assignments")] == [("toy", "draft")]

    assert ask("POST", "assignment/toy/assign")["success"]
    release = notebook.read(course / "release" / "toy" / "toy.ipynb")
    stock.submit(course, "anna", "toy", notebook.fill(release, {"double": "def double(x):\n    return 2 * x"}))

    graded = ask("POST", "submission/toy/anna/autograde")
    assert graded["success"], graded
    (submission,) = ask("GET", "submissions/toy")
    assert (submission["student"], submission["score"], submission["max_score"]) == ("anna", 3, 9)

    assert ask("POST", "assignment/toy/generate_feedback")["success"]
    page = (course / "feedback" / "anna" / "toy" / "toy.html").read_text()
    assert ("double_numbers" in page, "double(-21)" in page) == (True, False)


def test_what_formgrader_graded_is_what_the_gradebook_holds(course, ask):
    """The outcomes are those of the command line: passed where the answer is right, failed where there is none."""
    found = gradebook.outcomes(f"sqlite:///{course / 'gradebook.db'}", "toy")["anna"]
    assert {outcome.check: outcome.verdict for outcome in found} == {
        "double_numbers": Verdict.PASSED,
        "double_text": Verdict.PASSED,
        "longest_values": Verdict.FAILED,
        "longest_first": Verdict.FAILED,
        "longest_none": Verdict.FAILED,
    }
