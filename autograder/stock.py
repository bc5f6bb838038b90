"""What stock nbgrader makes of the same notebooks: its own Execute, where checks and answers share a kernel, and its
own rules for the points of a cell.

A kernel takes longer to start than most submissions to run, so that several are run in one, the names of each cleared
away before the next, in a work folder of its own. Whatever comes out otherwise than expected is worth a kernel alone.
"""

from __future__ import annotations

import copy
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from nbgrader.preprocessors import Execute
from nbgrader.utils import determine_grade, is_grade

from autograder import notebook
from autograder.notebook import NotebookNode

# What begins a submission in a kernel that has run another.
ANEW = """get_ipython().run_line_magic("reset", "-f")
import os
os.chdir({folder!r})
del os"""
Scores = dict[str, float]


def scores(
    submissions: Mapping[str, tuple[NotebookNode, Mapping[str, bytes]]], workers: int, together: int
) -> Iterator[tuple[str, Scores | str]]:
    """What each check gives, by the names of the submissions, as they finish; or why nbgrader could not grade it.

    A submission is its instructor's notebook with the student's text put in, and the files beside it. So many as
    `together` says share a kernel.
    """
    names = list(submissions)
    packs = [names[first : first + together] for first in range(0, len(names), together)]
    with ProcessPoolExecutor(workers, get_context("spawn"), _quiet) as executor:
        running = {executor.submit(_run, [submissions[name] for name in pack]): pack for pack in packs}
        for future in as_completed(running):
            pack = running[future]
            found = future.result()
            yield from zip(pack, found if isinstance(found, list) else [found] * len(pack), strict=True)


def _quiet() -> None:
    """Kernels write to the streams of whoever starts them, and read the start-up files of their user.

    The programs of this environment are on their PATH, as where JupyterLab was started from an active one.
    """
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.environ["IPYTHONDIR"] = tempfile.mkdtemp()


def _run(pack: Sequence[tuple[NotebookNode, Mapping[str, bytes]]]) -> list[Scores] | str:
    """What the checks of each give, all run in one kernel; or what became of the kernel."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        book = copy.deepcopy(pack[0][0])
        book.cells = []
        for number, (submission, files) in enumerate(pack):
            folder = Path(place) / str(number)
            for name, content in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            folder.mkdir(exist_ok=True)
            book.cells += [_anew(folder), *copy.deepcopy(submission.cells)]
        try:
            ran, _ = Execute().preprocess(book, {"metadata": {"path": place}})
        except Exception as error:  # nbclient has many; each is a submission that nbgrader would not grade
            return f"{type(error).__name__}: {error}".splitlines()[0]
        found: list[Scores] = []
        for cell in ran.cells:
            if cell.source.startswith(ANEW[:30]):
                found.append({})
            elif is_grade(cell):
                found[-1][notebook.grade_id(cell)] = determine_grade(cell)[0]
        return found


def _anew(folder: Path) -> NotebookNode:
    parts = {"cell_type": "code", "source": ANEW.format(folder=str(folder)), "outputs": [], "execution_count": None}
    return NotebookNode(**parts, metadata=NotebookNode(), id=f"anew-{folder.name}")


def alone(submission: NotebookNode, files: Mapping[str, bytes]) -> Scores | str:
    """What the checks of one submission give in a kernel of its own."""
    return next(scores({"": (submission, files)}, 1, 1))[1]
