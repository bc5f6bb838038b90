"""The arena: two small assignments, the submissions in `hostile/` that attack them, and canaries.

How a submission is written down says `hostile/README.md`.
"""

from __future__ import annotations

import ast
import hashlib
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import jupytext
import nbformat
from nbformat import NotebookNode
from toy import answer, book, check, code, hidden, prompt

from autograder import notebook
from autograder.notebook import Role

HOSTILE = Path(__file__).parent / "hostile"
# What the header of a submission may say.
HEADER = {"EARNS", "FLAGS", "STOCK", "UNPROTECTED", "ALONE"}
ALL = "*"


def solution(signature: str, body: str, text: str = "") -> str:
    """An answer cell as its teacher writes it."""
    lines = body.splitlines()
    doc = [f'"""{text}"""'] if text else []
    inside = [*doc, "### BEGIN SOLUTION", *lines, "### END SOLUTION"]
    return "\n".join([f"def {signature}:", *(f"    {line}" for line in inside)])


# Asked for by hidden checks alone: whoever learns these has read a hidden check, or the arguments of its calls.
HIDDEN_NUMBERS = (48612, -73019)


GIVEN = '''import math


def close(a, b):
    """Whether two numbers are equal but for rounding."""
    return math.fabs(a - b) < 1e-9'''


NORM = """import numpy as np
from math import isclose
### BEGIN SOLUTION
def norm(vector):
    return float(np.linalg.norm(vector))
### END SOLUTION"""


def small() -> NotebookNode:
    """Ten points: functions, a partial score, a pair of values, and a last task that nobody attacks."""
    many = "\n".join(f"assert square({n}) == {n * n}" for n in HIDDEN_NUMBERS)
    return book(
        prompt("intro", "# Small"),
        code(GIVEN, "setup", locked=True),
        prompt("square_prompt", "Write `square`."),
        answer("square", solution("square(x)", "return x * x", "x times x.")),
        check("square_shown", "assert square(3) == 9"),
        check("square_hidden", hidden("", many)),
        prompt("mean_prompt", "Write `mean`."),
        answer("mean", solution("mean(numbers)", "return sum(numbers) / len(numbers)")),
        check(
            "mean_close",
            hidden(
                "import statistics\n\nassert close(mean([1, 2, 6]), 3)",
                "for numbers in ([5], [0.1, 0.2, 0.7]):\n    assert close(mean(numbers), statistics.fmean(numbers))",
            ),
        ),
        prompt("ratio_prompt", "Bind `ratio`: 0 is worth nothing, 1 is worth two points."),
        answer("ratio", "### BEGIN SOLUTION\nratio = 1.0\n### END SOLUTION"),
        check("ratio_scored", "2 * ratio", points=2),
        prompt("pair_prompt", "Bind `pair` to 1 and 2."),
        answer("pair", "### BEGIN SOLUTION\npair = (1, 2)\n### END SOLUTION"),
        check("pair_values", "assert pair[0] == 1\nassert pair[1] == 2"),
        prompt("norm_prompt", "Write `norm`."),
        answer("norm", NORM),
        check("norm_array", "np.testing.assert_allclose(norm([3, 4]), 5)"),
        check("norm_close", "assert isclose(norm([6, 8]), 10)"),
        check("norm_each", "for got, wanted in zip(map(norm, [[3, 4], [5, 12]]), [5, 13]):\n    assert got == wanted"),
        prompt("cube_prompt", "Write `cube`."),
        answer("cube", solution("cube(x)", "return x**3")),
        check("cube_values", hidden("assert cube(2) == 8", "assert cube(-3) == -27")),
    )


HISTORY = '''def history(folder):
    """The messages in a repository, newest first; of what lies in it, nothing is run and no setting counts."""
    # At home, where nobody else can write while git is at work.
    with tempfile.TemporaryDirectory(dir=Path.home()) as place:
        clean = Path(place, "clean.git")
        free = {"PATH": os.defpath, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}
        subprocess.run(["git", "init", "-q", "--bare", clean], env=free, check=True)
        given = Path(folder, ".git")
        for path in given.rglob("*"):
            name = path.relative_to(given)
            wanted = name.parts[0] in ("objects", "refs") or str(name) in ("HEAD", "packed-refs")
            if wanted and name.parts[:2] != ("objects", "info") and stat.S_ISREG(path.lstat().st_mode):
                target = clean / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
        log = ["git", "--no-pager", "-c", "safe.bareRepository=explicit", f"--git-dir={clean}", "log", "--format=%s"]
        return subprocess.run(log, env=free, capture_output=True, text=True, check=True).stdout.splitlines()'''

BEGIN = """git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder)]
subprocess.run([*git, "init", "-q"], check=True)
subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "First"], check=True)"""

PEOPLE = """from contextlib import closing
with closing(sqlite3.connect(path)) as conn, conn:
    conn.execute("CREATE TABLE People (name TEXT)")
    conn.executemany("INSERT INTO People VALUES (?)", [("Åsa",), ("Lake",)])"""

JOB = """job()
done = subprocess.run([sys.executable, "job.py"], capture_output=True, text=True)
assert done.stdout == "42\\n"
"""
COUNT = """import threading
lock = threading.Lock()
def add():
    for _ in range(times):
        with lock:
            counter.value += 1
workers = [threading.Thread(target=add) for _ in range(threads)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()"""
COUNTED = """seen = beside(count, shared.counted, 3, 2)
assert (seen["total"], seen["started"]) == (6, 3)"""
FIXTURE = '''def fixture(*values):
    """A connection to a new database of these numbers."""
    conn = sqlite3.connect(Path(tempfile.mkdtemp(dir="."), "numbers.db"))
    conn.execute("CREATE TABLE Number (value INTEGER)")
    conn.executemany("INSERT INTO Number VALUES (?)", [(value,) for value in values])
    conn.commit()
    return conn'''


def topics() -> NotebookNode:
    """Eleven points: frames, SQL, git, files, a script, a clock, threads, and a last task that nobody attacks."""
    modules = "os", "sqlite3", "stat", "subprocess", "sys", "tempfile", "time", "numpy as np", "pandas as pd"
    ours = "from pathlib import Path", "from course import shared, watch", "from course.beside import beside"
    imports = "\n".join([*(f"import {name}" for name in modules), *ours])
    return book(
        prompt("intro", "# Topics"),
        code(imports, "setup", locked=True),
        code(HISTORY, "given_history", locked=True),
        code(FIXTURE, "given_fixture", locked=True),
        prompt("frame_prompt", "Write `frame`."),
        answer("frame", solution("frame(n)", 'return pd.DataFrame({"n": range(n)})')),
        check("frame_rows", 'pd.testing.assert_frame_equal(frame(3), pd.DataFrame({"n": [0, 1, 2]}))'),
        prompt("rows_prompt", "Write `rows`: the values above 5, smallest first."),
        answer(
            "rows",
            solution(
                "rows(conn)",
                'return conn.execute("SELECT value FROM Number WHERE value > 5 ORDER BY value").fetchall()',
            ),
        ),
        check("rows_shown", "conn = fixture(9, 3, 7)\nassert rows(conn) == [(7,), (9,)]"),
        check(
            "rows_other",
            hidden(
                "",
                "for values in ((1, 8, 6), (2,)):\n"
                "    conn = fixture(*values)\n"
                "    assert rows(conn) == [(value,) for value in sorted(values) if value > 5]\n"
                '    assert conn.execute("SELECT count(*) FROM Number").fetchone() == (len(values),)',
            ),
        ),
        prompt("begin_prompt", "Write `begin`: a repository in the folder, with one commit, called First."),
        answer("begin", solution("begin(folder)", BEGIN)),
        check("begin_history", 'place = tempfile.mkdtemp(dir=".")\nbegin(place)\nassert history(place) == ["First"]'),
        prompt("people_prompt", "Write `people`: a database with Åsa and Lake in it."),
        answer("people", solution("people(path)", PEOPLE)),
        check(
            "people_rows",
            'path = Path(tempfile.mkdtemp(dir="."), "people.db")\npeople(path)\n'
            'conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)\n'
            'assert sorted(conn.execute("SELECT name FROM People").fetchall()) == [("Lake",), ("Åsa",)]',
        ),
        prompt("model_prompt", "Write `model`: it saves 1, 2, 3 as an array."),
        answer("model", solution("model(path)", "np.save(path, np.array([1, 2, 3]))")),
        check(
            "model_values",
            'path = Path(tempfile.mkdtemp(dir="."), "model.npy")\nmodel(path)\n'
            "assert np.load(path, allow_pickle=False).tolist() == [1, 2, 3]",
        ),
        prompt("job_prompt", "Write `job`: it makes a script job.py that prints 42."),
        answer("job", solution("job()", 'Path("job.py").write_text("print(42)")')),
        check("job_prints", JOB),
        prompt("above_prompt", "Write `above`: the values above a bound, which is bound to the SQL."),
        answer(
            "above",
            solution(
                "above(conn, bound)",
                'return conn.execute("SELECT value FROM Number WHERE value > ?", (bound,)).fetchall()',
            ),
        ),
        check(
            "above_bound",
            "conn = watch.connect(Path(fixture(3, 7).execute('PRAGMA database_list').fetchone()[2]))\n"
            "assert above(conn, 5) == [(7,)] and conn.parameters == [5]",
        ),
        prompt("pause_prompt", "Write `pause`."),
        answer("pause", solution("pause(seconds)", "time.sleep(seconds)")),
        check(
            "pause_takes",
            "started = time.monotonic()\npause(0.2)\nassert time.monotonic() - started >= 0.2",
        ),
        prompt("count_prompt", "Write `count`: so many threads add 1 to a counter, so many times each."),
        answer("count", solution("count(counter, threads, times)", COUNT)),
        check("count_noted", COUNTED),
        prompt("total_prompt", "Write `total`."),
        answer("total", solution("total(numbers)", "return sum(numbers)")),
        check("total_values", hidden("assert total([1, 2]) == 3", "assert total([]) == 0")),
    )


ASSIGNMENTS: dict[str, Callable[[], NotebookNode]] = {"small": small, "topics": topics}


def worth(assignment: str) -> dict[str, float]:
    """The points of each check."""
    cells = ASSIGNMENTS[assignment]().cells
    return {notebook.grade_id(cell): notebook.points(cell) for cell in cells if notebook.role(cell) is Role.CHECK}


def by_task(marks: dict[str, float]) -> dict[str, float]:
    """The marks of checks summed over their tasks; a check is called `<task>_<what>`."""
    tasks: dict[str, float] = {}
    for name, mark in marks.items():
        task = name.partition("_")[0]
        tasks[task] = tasks.get(task, 0) + (mark or 0)
    return tasks


def solutions(assignment: str) -> dict[str, str]:
    """The right answers, by answer cell."""
    cells = ASSIGNMENTS[assignment]().cells
    lines = {notebook.grade_id(c): c.source.splitlines() for c in cells if notebook.role(c) is Role.ANSWER}
    return {name: "\n".join(line for line in text if "###" not in line) for name, text in lines.items()}


@dataclass(frozen=True)
class Submission:
    """A submission of `hostile/`: what is in it, and what must be true once it has been graded."""

    name: str
    tries: str
    assignment: str
    cells: tuple[NotebookNode, ...] = field(repr=False)
    earns: dict[str, float]
    flags: tuple[str, ...] = ()
    stock: Any = None
    unprotected: dict[str, str] = field(default_factory=dict)
    alone: bool = False

    @property
    def answers(self) -> dict[str, str]:
        """The text of each answer cell: its own, else the right one."""
        own = {cell.metadata.title: cell.source for cell in self.cells if cell.metadata.get("title") != "make"}
        return solutions(self.assignment) | {name: text for name, text in own.items() if name}


def read(path: Path) -> Submission:
    """A submission as it is written down; see `hostile/README.md`."""
    header, *cells = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells
    tree = ast.parse(header.source)
    said = {node.targets[0].id: ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)}
    assert said.keys() <= HEADER, f"{path}: {said.keys() - HEADER} is nothing that a header may say"
    for cell in cells:
        cell.metadata.setdefault("title", "")
    own = [cell.metadata.title for cell in cells if cell.metadata.title not in ("", "make")]
    named = {*own, *said.get("EARNS", {})} - {ALL}
    assignment = next(name for name in ASSIGNMENTS if named <= by_task(worth(name)).keys())
    earns = by_task(worth(assignment))
    wanted = dict.fromkeys(own, 0) | said.get("EARNS", {})
    earns = dict.fromkeys(earns, wanted[ALL]) if ALL in wanted else earns | wanted
    return Submission(
        name=path.stem,
        tries=ast.get_docstring(tree) or "",
        assignment=assignment,
        cells=tuple(cells),
        earns=earns,
        flags=said.get("FLAGS", ()),
        stock=said.get("STOCK"),
        unprotected=said.get("UNPROTECTED", {}),
        alone=said.get("ALONE", False),
    )


def submissions() -> list[Submission]:
    """All of them, in the order of their names."""
    return [read(path) for path in sorted(HOSTILE.glob("[a-h][0-9][0-9]_*.py"))]


def honest(assignment: str) -> Submission:
    """A neighbour who answers everything rightly."""
    return Submission("honest", "Answers everything rightly.", assignment, (), by_task(worth(assignment)))


def hand_in(submission: Submission, release: NotebookNode, folder: Path, found: dict[str, Any]) -> None:
    """Make the submitted `folder`. What the attacker has found out is bound by the first cell of the notebook."""
    folder.mkdir(parents=True)
    knows = "\n".join(f"{name} = {value!r}" for name, value in found.items())
    filled = notebook.fill(release, submission.answers)
    filled.cells.insert(0, nbformat.v4.new_code_cell(knows, id="found-out"))
    make = None
    for number, cell in enumerate(submission.cells):
        if behind := cell.metadata.get("behind"):
            place = [notebook.grade_id(there) for there in filled.cells].index(behind)
            filled.cells.insert(place + 1, nbformat.v4.new_code_cell(cell.source, id=f"own-{number}"))
        elif name := cell.metadata.get("file"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"{knows}\n{cell.source}\n", encoding="utf-8")
        elif cell.metadata.title == "make":
            names = dict(found)
            exec(compile(cell.source, f"{submission.name}.py", "exec"), names)
            make = names["make"]
    path = folder / f"{submission.assignment}.ipynb"
    if make:
        make(filled, path)
    if not os.path.lexists(path):
        notebook.write(filled, path)


class Canaries:
    """What dies when a submission gets out. A context manager over the folder in which courses lie.

    `secret` stands in the environment and in a file of each course; `traces` is a folder that everybody may write to
    and nobody does; `token` is in the arguments of every process that a submission starts. On the host a port, a
    socket with a path and one without wait for whoever comes, and answer with the solution of `square`.
    """

    VARIABLE = "COURSE_DATABASE_PASSWORD"

    def __init__(self, place: Path) -> None:
        self.place = place
        self.secret = f"kestrel{secrets.token_hex(8)}"
        self.token = f"siskin{secrets.token_hex(8)}"
        self.traces = place / "traces"
        # Short, as the path of a socket has to be.
        self.socket = f"/tmp/{self.token}"
        self.visitors: list[str] = []
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        # Only the wall is to stop whoever comes, not the rights of files.
        self.place.chmod(0o755)
        self.traces.mkdir()
        self.traces.chmod(0o777)
        os.environ[self.VARIABLE] = self.secret
        self.port = self._listen(socket.AF_INET, ("127.0.0.1", 0)).getsockname()[1]
        self._listen(socket.AF_UNIX, f"\0{self.socket}")
        self._listen(socket.AF_UNIX, self.socket)
        Path(self.socket).chmod(0o777)
        return self

    def __exit__(self, *_: object) -> None:
        os.environ.pop(self.VARIABLE, None)
        for listener in self._sockets:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for pid in self.survivors():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for folder in ("/tmp", "/var/tmp", "/dev/shm"):
            for path in Path(folder).glob(f"{self.token}*"):
                path.unlink()

    def found(self, course: Path, name: str) -> dict[str, Any]:
        """What the attacker `name` who has looked around knows: everything but the secret."""
        return {
            "COURSE": str(course),
            "TRACES": str(self.traces),
            "TOKEN": f"{self.token}-{name}",
            "PORT": self.port,
            "SOCKET": self.socket,
        }

    def survivors(self, name: str = "") -> list[int]:
        """Processes, anywhere on the host, that a submission (any, unless named) has started."""
        token, found = f"{self.token}-{name}".encode(), []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if token in path.read_bytes():
                    found.append(int(path.parent.name))
        return found

    def left(self) -> list[str]:
        """Files that were made where only somebody who got out can make them."""
        return sorted(path.name for path in self.traces.iterdir())

    def _listen(self, family: int, address: Any) -> socket.socket:
        listener = socket.socket(family)
        listener.bind(address)
        listener.listen()
        self._sockets.append(listener)
        threading.Thread(target=self._welcome, args=(listener, str(address)), daemon=True).start()
        return listener

    def _welcome(self, listener: socket.socket, address: str) -> None:
        with suppress(OSError):
            while True:
                visitor, _ = listener.accept()
                self.visitors.append(address)
                with visitor:
                    visitor.sendall(b"def square(x):\n    return x * x\n")


def hashes(folder: Path, *names: str) -> dict[str, str]:
    """The content of every regular file below these names in `folder`, as digests."""
    found = [path for name in names for path in [folder / name, *sorted((folder / name).rglob("*"))]]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if path.is_file() and not path.is_symlink()
    }
