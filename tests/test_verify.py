"""`autograder verify` finds every kind of fault that an author can make, by name and place, and none where none is."""

import json
import subprocess
import sys

import proven
import pytest
import toy

from autograder import notebook, verify
from autograder.cli.terminal import CANNOT, DONE, PROBLEMS
from autograder.pool import Settings
from autograder.sandbox import Limits
from autograder.verify.problem import Problem

SECONDS = 4
SETTINGS = Settings(limits=Limits(cell_seconds=SECONDS))
END = "### END HIDDEN TESTS"
END_SOLUTION = "    ### END SOLUTION"
DIES_UNANSWERED = "try:\n    double(1)\nexcept NotImplementedError:\n    __import__('os')._exit(0)"
RIGHT = "# %% adds\ndef double(x):\n    return x + x\n"
WRONG = '# %% triples  fails=["double_numbers", "double_text"]\ndef double(x):\n    return x * 3\n'


def edit(cell: str, old: str, new: str) -> proven.Fault:
    """Another text in a cell."""
    return lambda assignment: assignment.edit(cell, old, new)


def answer(old: str, new: str) -> proven.Fault:
    """Another text in the bank."""
    return lambda assignment: assignment.answer(old, new)


def append(cell: str, lines: str) -> proven.Fault:
    """More lines in the hidden part of a check."""
    return edit(cell, END, f"{lines}\n{END}")


def unsure(assignment: proven.Assignment) -> None:
    """A check that says now this and now that, and so many right answers that this cannot stay unseen."""
    append("double_text", "import random\n\nthat(random.random() < 0.5, 'It is not your day.')")(assignment)
    assignment.bank += "".join(f"\n# %% adds, in way {n}\ndef double(x):\n    return x + x\n" for n in range(24))


def mark(cell: str, **marks) -> proven.Fault:
    """Other marks of nbgrader's on a cell."""
    return lambda assignment: assignment.cells[cell].metadata.nbgrader.update(marks)


def another(name: str, source: str) -> proven.Fault:
    """One more check."""
    return lambda assignment: assignment.cells.update({name: toy.check(name, source)})


def first(name: str, source: str) -> proven.Fault:
    """One more check, before all others: what ends its process is still alive there."""

    def insert(assignment: proven.Assignment) -> None:
        cells = list(assignment.cells.items())
        place = list(assignment.cells).index("double_numbers")
        assignment.cells = dict([*cells[:place], (name, toy.check(name, source)), *cells[place:]])

    return insert


def lesson(output: str) -> proven.Fault:
    """A lesson named after the assignment that prints 42, and is stored with this output."""

    def write(assignment: proven.Assignment) -> None:
        book = toy.book(toy.code("print(6 * 7)"))
        book.cells[0].execution_count = 1
        book.cells[0].outputs = [notebook.NotebookNode(output_type="stream", name="stdout", text=f"{output}\n")]
        path = assignment.root / "course" / "lessons" / f"{assignment.name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook.write(book, path)

    return write


def file(name: str, text: str) -> proven.Fault:
    """Another content of a file beside the answers."""
    return lambda assignment: (assignment.answers.parent / name).write_text(text, encoding="utf-8")


# The fault, the promise that it breaks, the end of the place, and a part of what is said. First those of what is
# written: they are there before the release is made.
WRITTEN = {
    "no hint": (edit("double_prompt", "Hint", "Note"), "tasks", "cell 'double_prompt'", "has no hint"),
    "no prompt": (lambda one: one.cells.pop("double_prompt"), "tasks", "cell 'double'", "has no prompt"),
    "no visible check": (
        edit("double_numbers", 'calling(double, 2).returns(4, hint="Twice.")\n', ""),
        *("tasks", "cell 'double'", "has no visible check"),
    ),
    "no hidden check": (
        lambda one: [cell.update(source=cell.source.replace(" HIDDEN", "")) for cell in one.cells.values()],
        *("tasks", "cell 'double'", "has no hidden check"),
    ),
    "misnamed check": (mark("double_text", grade_id="twice_text"), "tasks", "cell 'twice_text'", "check of no task"),
    "name that is no word": (mark("title", grade_id="Title-1"), "tasks", "cell 'Title-1'", "a name that is no word"),
    "worthless check": (mark("double_text", points=0), "tasks", "cell 'double_text'", "a check without points"),
    "unknown check": (
        answer('squares  fails=["double_numbers", "double_text"]', 'squares  fails=["double_all"]'),
        *("bank", "double.py:9", "fails 'double_all', which is no check of this task"),
    ),
    "unknown cell": (answer("# %% triples", '# %% triples  cell="treble"'), "bank", "double.py:21", "fills 'treble'"),
    "few right": (answer(RIGHT, ""), "bank", "double.py", "has 1 right answers besides the reference"),
    "few wrong": (answer(WRONG, ""), "bank", "double.py", "has 3 wrong answers"),
    "unproven check": (
        another("double_float", 'calling(double, 1.5).returns(3.0, hint="half")'),
        *("bank", "cell 'double_float'", "is unproven: no wrong answer fails it"),
    ),
    "wrong reference": (edit("double", "'ab'", "'abc'"), "reference", "cell 'double_text'", "solution does not pass"),
    "weak check": (
        edit("double_text", 'returns("abab"', 'returns(double("ab")'),
        *("answers", "double.py:21", "'triples' must fail double_numbers, double_text, and fails double_numbers."),
    ),
    "mislabelled": (
        answer('forgets the sign  fails=["double_numbers"]', "forgets the sign"),
        *("answers", "double.py:17", "'forgets the sign' must fail none, and fails double_numbers."),
    ),
    "points for nothing": (
        another("double_there", "that(callable(double), 'There is no double.')"),
        *("untouched", "cell 'double_there'", "gives 1 points for no answer"),
    ),
    "nobody can tell": (
        edit("double", END_SOLUTION, f"{END_SOLUTION}\n\n{DIES_UNANSWERED}"),
        *("untouched", "cell 'double_text'", "cannot tell that there is no answer"),
    ),
    "silent failure": (
        edit("double_text", 'calling(double, "ab")', 'assert double("ab") == "abab"\ncalling(double, "ab")'),
        *("messages", "cell 'double_text'", "fails without a word"),
    ),
    "quoted solution": (
        edit("double_text", "A text twice", "return x * len('ab')"),
        *("messages", "cell 'double_text'", "quotes the solution: return x * len('ab')"),
    ),
    "constant passes": (
        another("double_one", "that(double(0.5) == 1, 'Twice a half.')"),
        *("idle", "cell 'double_one'", "gives 1 points to an answer that returns 1 whatever it is asked"),
    ),
    "points for a text": (
        first("double_there", 'that("Error" not in evidence.answer("double"), "There is no answer.")'),
        *("deadly", "cell 'double_there'", "gives 1 points to an answer that ends its process whatever it is asked"),
    ),
    "survivor": (
        edit("double", "len('ab')", "abs(len('ab'))"),
        *("mutants", "cell 'double'", "`abs(len('ab'))` becomes `len('ab')`"),
    ),
    "two of one result": (
        answer("return x**2", "return x + x * 2"),
        "ideas",
        "task double",
        "not told apart: 'triples'",
    ),
    "stuck check": (
        append("double_text", "while True:\n    pass"),
        *("reference", "cell 'double_text'", "the reference solution does not pass: unknown"),
    ),
    "flaky check": (
        unsure,
        *("repeated", "cell 'double_text'", "is flaky"),
    ),
    "lucky seed": (
        append("double_numbers", "def lucky(seed):\n    return seed < 1000\n\n\nthat(lucky(seed=7), 'No luck.')"),
        *("repeated", "cell 'double_numbers'", "with other seeds"),
    ),
    "noise on stderr": (
        append("double_text", "import sys\n\nprint('a warning', file=sys.stderr)"),
        *("stock", "cell 'double_text'", "'reference' gets 0 points for 'double_text' in stock nbgrader, and 1 here"),
    ),
}
# Then those of what lies in the folders of a course.
LYING = {
    "no bank": (lambda one: one.answers.unlink(), "files", "double.py", "is missing: the task 'double' has none"),
    "stray file": (file("notes.txt", "To do."), "files", "notes.txt", "is a stray file"),
    "bank of no task": (file("treble.py", proven.BANK), "files", "treble.py", "there is no task 'treble'"),
    "bank that does not parse": (file("double.py", "# %% adds\nx = = 1\n"), "files", "double.py:2", "is not Python"),
    "two of one title": (
        lambda one: one.rewrite(one.answers, "%% multiplies", "%% adds"),
        *("files", "double.py:5", "there is an answer 'adds' already"),
    ),
    "broken exceptions": (file("exceptions.toml", "[[mutant"), "files", "exceptions.toml", "is no TOML"),
    "odd exceptions": (
        file("exceptions.toml", "[[mutant]]\ntask = 1"),
        "files",
        "exceptions.toml",
        "must have task, change",
    ),
    "stale exception": (
        file("exceptions.toml", '[[mutant]]\ntask = "double"\nchange = "none"\nreason = "so"'),
        *("exceptions", "exceptions.toml", "[[mutant]] double · none: there is no such thing"),
    ),
    "no notebook": (lambda one: one.source.write_text("{"), "files", ".ipynb:1", "is no notebook: not JSON"),
    "no source": (lambda one: one.source.unlink(), "files", ".ipynb", "is missing"),
    "no release": (lambda one: one.release.unlink(), "files", ".ipynb", "is missing"),
    "second notebook": (
        lambda one: (one.source.parent / "more.ipynb").write_text(one.source.read_text()),
        *("files", "more.ipynb", "is a second notebook"),
    ),
    "no normal form": (
        lambda one: one.rewrite(one.source, '"nbformat_minor": 5', '"nbformat_minor":  5'),
        *("form", ".ipynb", "is not in normal form"),
    ),
    "leaked solution": (
        lambda one: one.rewrite(one.release, "raise NotImplementedError()", "return x * len('ab')"),
        *("private", "cell 'double'", "shows students what is not for them: return x * len('ab')"),
    ),
    "leaked test": (
        lambda one: one.rewrite(
            one.release,
            'hint=\\"Twice.\\")',
            'hint=\\"Twice.\\")\\n", "calling(double, -3).on(\\"a number below 0\\").returns(-6)',
        ),
        *("private", "cell 'double_numbers'", "shows students what is not for them"),
    ),
    "left over": (
        lambda one: (one.release.parent / "old.csv").write_text("1"),
        *("fresh", "old.csv", "is left over"),
    ),
    "lesson of another day": (lesson("41"), "lessons", "course/lessons/lesson_of_another_day.ipynb", "prints: Cell 0."),
    "stale release": (
        lambda one: one.rewrite(one.source, "Write `double`.", "Please write `double`."),
        *("fresh", ".ipynb", "is stale"),
    ),
}
FAULTS = WRITTEN | LYING


def name(fault: str) -> str:
    """The assignment that has it."""
    return fault.replace(" ", "_")


def run(folder, chosen, *, promises, anew=False):
    """What is found."""
    told = []
    report = verify.verify(
        folder,
        chosen,
        promises=set(promises),
        anew=anew,
        workers=2,
        tell=lambda *step: told.append(step),
        settings=SETTINGS,
    )
    return report, told


# The promises that are looked at together, in a course of its own: an assignment for each fault, one without any.
GROUPS = {
    "unrun": ["files", "form", "tasks", "bank", "private"],
    "made": ["fresh"],
    "graded": ["reference", "untouched", "answers", "messages"],
    "probed": ["idle", "deadly", "mutants", "exceptions"],
    "surveyed": ["ideas"],
    "elsewhere": ["stock", "repeated"],
    "taught": ["lessons"],
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What is found in the course of a group: its report, and the progress that was told."""
    reports = {}

    def look(group: str):
        if group not in reports:
            promises = GROUPS[group]
            of_group = {fault for fault, parts in FAULTS.items() if parts[1] in promises}
            before = {name(fault): WRITTEN[fault][0] for fault in WRITTEN if fault in of_group}
            folder = tmp_path_factory.mktemp(group)
            after = {name(fault): LYING[fault][0] for fault in LYING if fault in of_group}
            after |= {group: lesson("42") if group == "taught" else lambda assignment: None}
            proven.course(folder, before, after, fresh=group == "made")
            reports[group] = run(folder, verify.names(folder), promises=promises)
        return reports[group]

    return look


def of(report, assignment: str) -> list[Problem]:
    """What is found of one assignment: its problems, the mutants that live, the mistakes that nobody is told."""
    found = list(report.problems)
    for task in report.mutants:
        found += [Problem("mutants", each.where, each.change, "\n".join(each.diff)) for each in task.unexplained]
    for each in report.apart:
        where, fix = f"source/{each.assignment}/, task {each.task}", "Give it a result of its own."
        found += [Problem("ideas", where, f"not told apart: {title!r}", fix) for title in each.alike]
    there = (f"/{assignment}/", f"/{assignment}.ipynb/")
    return [problem for problem in found if any(part in f"{problem.where}/" for part in there)]


def test_every_promise_has_a_fault():
    """One that nobody has seen broken is not known to be looked at."""
    assert {promise for _, promise, _, _ in FAULTS.values()} == {*verify.PROMISES, "exceptions"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_name(fault, found):
    """The promise that it breaks, where it is, what is wrong, and what to do."""
    _, promise, place, what = FAULTS[fault]
    report, _ = found(next(group for group, promises in GROUPS.items() if promise in promises))
    problems = of(report, name(fault))
    assert [
        problem
        for problem in problems
        if problem.promise == promise and problem.where.endswith(place) and what in problem.what and problem.fix != ""
    ], "\n".join(map(str, problems))


@pytest.mark.parametrize("group", GROUPS)
def test_where_there_is_no_fault_none_is_found(group, found):
    """An assignment that keeps its promises has no problem, whatever is wrong with the others."""
    assert of(found(group)[0], group) == []


def test_a_check_that_never_ends_costs_one_message(found):
    """Nothing else is said of it, and the other checks are still proven."""
    assert [problem.promise for problem in of(found("graded")[0], "stuck_check")] == ["reference"]


def test_mutants_that_live_are_shown_as_diffs(found):
    """What was changed, and the lines that go and come; where the checks are good, none lives."""
    mutants = {each.assignment: each for each in found("probed")[0].mutants}
    assert (mutants["probed"].killed, mutants["probed"].survivors, mutants["probed"].share) == (3, (), 1.0)
    (survivor,) = mutants["survivor"].survivors
    assert survivor.diff[-3:] == (
        "-    return x * abs(len('ab'))",
        "+    return x * len('ab')",
        "     ### END SOLUTION",
    )


def test_progress_is_told_step_by_step(found):
    """Of each step how much is done, and of how much; in the end all of it."""
    last = {step: (done, total) for step, done, total in found("probed")[1]}
    assert set(last) == {"Answers", "Deadly answers", "Mutants"}
    assert [step for step, (done, total) in last.items() if done != total] == []


def test_only_what_changed_is_graded_again(tmp_path):
    """The second time nothing; after a change of an answer what holds it; with `--all` everything."""
    one = proven.course(tmp_path, {"one": lambda assignment: None}, {})["one"]
    promises = ("reference", "answers", "bank", "fresh")
    first, _ = run(tmp_path, ["one"], promises=promises)
    again, _ = run(tmp_path, ["one"], promises=promises)
    assert (first.graded, again.graded, again.remembered) == (6 + 2, 0, 8)
    one.rewrite(one.answers, "return x * 3", "return 3 * x")
    changed, _ = run(tmp_path, ["one"], promises=promises)
    assert (changed.graded, changed.problems) == (1, ())
    assert run(tmp_path, ["one"], promises=promises, anew=True)[0].graded == 8


def test_what_is_wrong_is_not_remembered(tmp_path):
    """It is graded again until it is right."""
    wrong = WRITTEN["mislabelled"][0]
    proven.course(tmp_path, {"one": wrong}, {})
    first, _ = run(tmp_path, ["one"], promises=["answers"])
    again, _ = run(tmp_path, ["one"], promises=["answers"])
    assert (again.graded, again.problems) == (1, first.problems)


def command(folder, *words: str) -> subprocess.CompletedProcess:
    """`autograder verify <words>` in this course."""
    line = [sys.executable, "-c", "import sys; from autograder.cli import main; sys.exit(main())", "verify", *words]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True)


# What cannot be used, with the place of its one message; and what is only wrong, and is found beside all that.
BROKEN = {
    "bank that does not parse": "double.py:2",
    "bank of no task": "treble.py",
    "unknown check": "double.py:9",
    "unknown cell": "double.py:21",
    "two of one title": "double.py:5",
    "no notebook": "no_notebook.ipynb:1",
    "stuck check": "stuck_check.ipynb, cell 'double_text'",
}
BESIDE = {"weak check": "double.py:21"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which most is broken, each in an assignment of its own, and one assignment is right."""
    folder = tmp_path_factory.mktemp("course")
    parts = ({name(fault): of[fault][0] for fault in (*BROKEN, *BESIDE) if fault in of} for of in (WRITTEN, LYING))
    before, after = parts
    proven.course(folder, before | {"right": lambda assignment: None}, after, fresh=False)
    with (folder / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\nc.ThroughAirlock.cell_seconds = {SECONDS}\n")
    return folder


@pytest.fixture(scope="module")
def told(course):
    """What the command says of it: for people, and for machines."""
    looked = ["--only", "files", "bank", "reference", "answers"]
    return command(course, *looked), command(course, *looked, "--json")


@pytest.mark.parametrize("fault", BROKEN | BESIDE)
def test_what_is_broken_costs_one_message_and_the_rest_is_proven(fault, told):
    """Status 1; the file with its line first, what to do below it; the same as JSON."""
    people, machines = told
    assert (people.returncode, machines.returncode) == (PROBLEMS, PROBLEMS), people.stderr
    _, promise, _, what = FAULTS[fault]
    (problem,) = (each for each in json.loads(machines.stdout)["problems"] if f"/{name(fault)}/" in each["where"])
    assert problem["promise"] == promise
    assert problem["where"].endswith((BROKEN | BESIDE)[fault])
    assert what in problem["what"]
    assert f"{problem['where']}: {problem['what']}\n    [{promise}] {problem['fix']}\n" in people.stdout


def test_the_last_line_counts(told):
    """The problems, and what was graded for it; a traceback is nowhere."""
    people, machines = told
    assert f"{len(BROKEN | BESIDE)} problems. " in people.stderr.splitlines()[-1]
    assert "Traceback" not in people.stderr + machines.stderr


def test_what_is_right_is_said_to_be(course):
    """Status 0, nothing on stdout."""
    done = command(course, "right", "--only", "files", "form", "tasks", "bank", "private")
    assert (done.returncode, done.stdout) == (DONE, "")
    assert "Every promise is kept" in done.stderr


NONSENSE = {
    "another name": (["rihgt"], "there is no assignment 'rihgt'. Did you mean 'right'?"),
    "no name at all": (["###"], "there is no assignment '###'. There are: bank_of_no_task, bank_that"),
    "another promise": (["--only", "anwsers"], "there is no promise 'anwsers'. Did you mean 'answers'?"),
}


@pytest.mark.parametrize(("words", "says"), NONSENSE.values(), ids=NONSENSE)
def test_a_request_without_sense_is_answered(course, words, says):
    """Status 2, and what was probably meant."""
    done = command(course, *words)
    assert (done.returncode, says in done.stderr) == (CANNOT, True), done.stderr


def test_outside_of_a_course_there_is_nothing_to_verify(tmp_path):
    """Status 2, and where to go."""
    done = command(tmp_path)
    assert (done.returncode, "Run this in the folder of the course" in done.stderr) == (CANNOT, True)
