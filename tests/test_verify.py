"""`autograder verify` finds every kind of fault that an author can make, by name and place, and none where none is."""

import json
import subprocess
import sys

import proven
import pytest
import toy

from autograder import verify
from autograder.cli.terminal import CANNOT, DONE, PROBLEMS
from autograder.sandbox import Limits

LIMITS = Limits(cell_seconds=4)
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
    "unknown check": (answer('"double_text"]', '"double_all"]'), "bank", "double.py:9", "fails 'double_all', which is"),
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
    "no notebook": (lambda one: one.source.write_text("{"), "files", ".ipynb", "is no notebook: not JSON"),
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
    "stale release": (
        lambda one: one.rewrite(one.source, "Write `double`.", "Please write `double`."),
        *("fresh", ".ipynb", "is stale"),
    ),
}
FAULTS = WRITTEN | LYING


def name(fault: str) -> str:
    """The assignment that has it."""
    return fault.replace(" ", "_")


def run(folder, chosen, *, promises=tuple(verify.PROMISES), anew=False):
    """What is found."""
    told = []
    report = verify.verify(
        folder,
        chosen,
        promises=set(promises) - {"lessons"},
        anew=anew,
        workers=2,
        tell=lambda *step: told.append(step),
        limits=LIMITS,
    )
    return report, told


# The promises that are looked at together, in a course of its own: an assignment for each fault, one without any.
GROUPS = {
    "unrun": ["files", "form", "tasks", "bank", "private"],
    "made": ["fresh"],
    "graded": ["reference", "untouched", "answers", "messages"],
    "probed": ["idle", "deadly", "mutants", "exceptions"],
    "elsewhere": ["stock", "repeated"],
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
            before |= {group: lambda assignment: None}
            before |= {"survivor": edit("double", "len('ab')", "abs(len('ab'))")} if group == "probed" else {}
            folder = tmp_path_factory.mktemp(group)
            after = {name(fault): LYING[fault][0] for fault in LYING if fault in of_group}
            proven.course(folder, before, after, fresh=group == "made")
            reports[group] = run(folder, verify.names(folder), promises=promises)
        return reports[group]

    return look


def of(report, assignment: str) -> list[verify.Problem]:
    """The problems of one assignment."""
    return [problem for problem in report.problems if f"/{assignment}/" in f"{problem.where}/"]


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
    assert survivor.change == "`abs(len('ab'))` becomes `len('ab')`"
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


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of two assignments, one of which has a bank that does not parse."""
    folder = tmp_path_factory.mktemp("course")
    proven.course(folder, {"right": lambda assignment: None}, {"wrong": LYING["bank that does not parse"][0]})
    return folder


def test_what_is_broken_is_said_on_stdout_and_the_rest_is_proven(course):
    """Status 1; the file with its line first, what to do below it; as JSON for machines."""
    done = command(course, "--only", "files", "bank", "reference")
    assert done.returncode == PROBLEMS, done.stderr
    assert done.stdout.startswith("tests/answers/wrong/double.py:2: the answer 'adds' is not Python: invalid syntax.")
    assert "Traceback" not in done.stderr
    assert "1 problem. 4 submissions graded" in done.stderr.splitlines()[-1]
    report = json.loads(command(course, "--only", "files", "--json").stdout)
    (problem,) = report["problems"]
    assert (problem["promise"], problem["where"]) == ("files", "tests/answers/wrong/double.py:2")


def test_what_is_right_is_said_to_be(course):
    """Status 0, nothing on stdout."""
    done = command(course, "right", "--only", "files", "form", "tasks", "bank", "private")
    assert (done.returncode, done.stdout) == (DONE, "")
    assert "Every promise is kept" in done.stderr


NONSENSE = {
    "another name": (["rihgt"], "there is no assignment 'rihgt'. Did you mean 'right'?"),
    "no name at all": (["zzz"], "there is no assignment 'zzz'. There are: right, wrong."),
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
