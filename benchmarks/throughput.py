"""How fast a class is graded: `autograder grade` beside stock `nbgrader autograde`, the same submissions, one run.

    python benchmarks/throughput.py [quickstart|04_sql|many] [submissions] [workers …]

Each grader starts from an empty gradebook in a folder of its own and ends with graded notebooks and all rows in the
gradebook; ours has written the pages of feedback as well, which stock makes in a second command. The scores are
compared. Memory is that of all processes together, each page counted once (proportional set size), sampled. `many`
grades synthetic submissions in growing numbers with ours alone. It prints, and judges nothing but the scores.
"""

import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import nbgrader
import psutil
from nbgrader.api import Gradebook

from autograder import answers, commands, notebook

ROOT = Path(__file__).parents[1]
EXAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
AUTOGRADER = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())"]
# To look at a process's pages takes time that its grader would have had: the watcher rests so many times as long as it
# has looked, and at least so many seconds.
RESTS = 40
REST_SECONDS = 0.25
MANY = (1_000, 3_000, 10_000)


@dataclass(frozen=True)
class Run:
    """What one grader took: seconds by the clock, bytes at most, seconds of each submission, and the scores it gave."""

    seconds: float
    memory: int
    each: list[float]
    scores: dict[str, dict[str, float]]


def quickstart(course: Path, count: int) -> str:
    """nbgrader's own example: the submissions of its two students and the solution, each with a comment of its own."""
    shutil.copytree(EXAMPLE / "source" / "ps1", course / "source" / "ps1")
    kinds = [*(EXAMPLE / "submitted" / name / "ps1" for name in ("bitdiddle", "hacker")), course / "source" / "ps1"]
    for number in range(count):
        folder = course / "submitted" / f"s{number:05}" / "ps1"
        shutil.copytree(kinds[number % len(kinds)], folder)
        for path in folder.glob("*.ipynb"):
            notebook.write(_own(notebook.read(path), number), path)
    return "ps1"


def sql(course: Path, count: int) -> str:
    """The assignment 04_sql, with submissions made of its answer bank, each with a comment of its own."""
    shutil.copytree(ROOT / "source" / "04_sql", course / "source" / "04_sql")
    source = notebook.read(course / "source" / "04_sql" / "04_sql.ipynb")
    bank = answers.tasks(ROOT / "tests" / "answers", "04_sql")
    for number, combination in enumerate(answers.classmates(bank, count)):
        cells = {name: text for answer in combination for name, text in answer.cells.items()}
        _submit(course, number, "04_sql", _own(notebook.fill(source, cells), number))
    return "04_sql"


def many(course: Path, count: int) -> str:
    """A small assignment, and submissions of which no two are the same."""
    sys.path.append(str(ROOT / "tests"))
    import toy

    toy.course(course)
    for number in range(count):
        answer = f"def double(x):\n    return {2 if number % 3 else 3} * x  # {number}"
        _submit(course, number, "toy", notebook.fill(toy.source(), {"double": answer}))
    return "toy"


def _own(book: notebook.NotebookNode, number: int) -> notebook.NotebookNode:
    """The same answers in a text of its own: what is known by its content has to be run all the same."""
    for cell in book.cells:
        if cell.cell_type == "code" and notebook.of_student(cell):
            cell.source += f"\n# by {number}"
    return book


def _submit(course: Path, number: int, assignment: str, book: notebook.NotebookNode) -> None:
    folder = course / "submitted" / f"s{number:05}" / assignment
    folder.mkdir(parents=True)
    notebook.write(book, folder / f"{assignment}.ipynb")


def graded(course: Path, assignment: str, words: list[str]) -> Run:
    """Run a grader in a course and watch it."""
    start = time.perf_counter()
    with (course / "said.txt").open("wb") as said:
        running = psutil.Popen(words, cwd=course, stdout=said, stderr=subprocess.STDOUT)
        memory = 0
        while running.poll() is None:
            looked = time.perf_counter()
            memory = max(memory, _memory(running))
            time.sleep(max(REST_SECONDS, RESTS * (time.perf_counter() - looked)))
    seconds = time.perf_counter() - start
    if running.returncode:
        raise SystemExit((course / "said.txt").read_text(errors="replace")[-3000:])
    return Run(seconds, memory, _each(course, assignment), _scores(course, assignment))


def _memory(process: psutil.Process) -> int:
    total = 0
    for each in [process, *process.children(recursive=True)]:
        try:
            total += each.memory_full_info().pss
        except psutil.Error:
            continue
    return total


def _each(course: Path, assignment: str) -> list[float]:
    """Seconds of each submission: as ours notes them; for stock, which goes one by one, from one result to the next."""
    kept = course / ".autograder" / "results.db"
    if kept.exists():
        with sqlite3.connect(kept) as db:
            return [seconds for (seconds,) in db.execute("select seconds from applied")]
    times = sorted(path.stat().st_mtime for path in course.glob(f"autograded/*/{assignment}/*.ipynb"))
    return [after - before for before, after in pairwise(times)]


def _scores(course: Path, assignment: str) -> dict[str, dict[str, float]]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        return {
            each.student_id: {
                f"{nb.name}/{grade.name}": grade.auto_score for nb in each.notebooks for grade in nb.grades
            }
            for each in book.assignment_submissions(assignment)
        }


def show(name: str, count: int, run: Run) -> None:
    """One line."""
    middle, late = statistics.median(run.each), statistics.quantiles(run.each, n=20)[-1]
    print(
        f"{name:<22} {run.seconds:8.1f} s {count / run.seconds:8.2f}/s   a submission: p50 {1000 * middle:6.0f} ms, "
        f"p95 {1000 * late:6.0f} ms   memory {run.memory / 1e6:6.0f} MB",
        flush=True,
    )


def beside_stock(make: Callable[[Path, int], str], count: int, workers: list[int]) -> None:
    """The same class by stock and by ours; the scores must be the same."""
    with tempfile.TemporaryDirectory() as place:
        stock = Path(place) / "stock"
        stock.mkdir()
        assignment = make(stock, count)
        commands.run(commands.line(["nbgrader", "generate_assignment", assignment]), stock)
        folders = {number: Path(shutil.copytree(stock, Path(place) / f"grade{number}")) for number in workers}
        theirs = graded(stock, assignment, commands.line(["nbgrader", "autograde", assignment]))
        show("nbgrader autograde", count, theirs)
        for number, folder in folders.items():
            ours = graded(folder, assignment, [*AUTOGRADER, "grade", assignment, "--workers", str(number)])
            show(f"autograder, {number} workers", count, ours)
            print(f"    {theirs.seconds / ours.seconds:.1f} times as fast")
            different = [
                f"{student} {check}: {score} by nbgrader, {ours.scores[student].get(check)} by autograder"
                for student, of in theirs.scores.items()
                for check, score in of.items()
                if ours.scores[student].get(check) != score
            ]
            print(f"    scores: {'the same' if not different else f'{len(different)} are different'}")
            print(*(f"      {line}" for line in different[:20]), sep="\n" if different else "", end="")


def growing(workers: int, counts: tuple[int, ...]) -> None:
    """Ours alone, with more and more submissions."""
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            course = Path(place)
            assignment = many(course, count)
            commands.run(commands.line(["nbgrader", "generate_assignment", assignment]), course)
            run = graded(course, assignment, [*AUTOGRADER, "grade", assignment, "--workers", str(workers)])
            show(f"{count} submissions", count, run)


def main(what: str = "quickstart", count: str = "100", *workers: str) -> None:
    """Print all measurements of one kind."""
    if what == "many":
        growing(int(workers[0]) if workers else 2, (*(n for n in MANY if n < int(count)), int(count)))
    else:
        beside_stock({"quickstart": quickstart, "04_sql": sql}[what], int(count), [*map(int, workers)] or [1, 2])


if __name__ == "__main__":
    main(*sys.argv[1:])
