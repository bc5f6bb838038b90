"""What differs between versions of Python, tried under each that is supported: `nox`, or `nox -s tests-3.13`.

The whole suite runs under one version, by `make test`. This is what leans on the interpreter: the codec, the two sides
of the airlock, the sandbox, the checks' own words, and the lessons.
"""

import nox

# The packages are many, and uv installs them in the time that pip takes to think about them.
nox.options.default_venv_backend = "uv"
# An interpreter that is not here is named and left out, not fetched from somewhere.
nox.options.download_python = "never"
VERSIONS = ("3.11", "3.12", "3.13")
PARTS = (
    *("across", "airlock", "arguments", "around", "calls", "channel", "check", "checker", "compare", "evidence"),
    *("habits", "handles", "held", "names", "notebook", "nursery", "opening", "pen", "plan", "rows", "run"),
    *("server", "session", "shell", "sources", "student", "survey", "surveys", "values", "walls", "watch"),
    *("conda", "draw_environments", "environments", "terminal", "versions", "wheels"),
    *("dependencies", "draw_rebuilding", "exports", "houses", "kernels"),
    *("draw_swap", "fibos", "halfway", "importing", "saves", "turns"),
)


def _run(session: nox.Session, parts: tuple[str, ...]) -> None:
    """Install the project as a developer does, and run these tests."""
    # Compiled at once: the rooms of students' code can keep nothing of what they compile.
    session.install("--quiet", "--editable", ".[dev]", env={"UV_COMPILE_BYTECODE": "1"})
    found = [f"tests/test_{part}.py" for part in parts]
    session.run("python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider", *found)


@nox.session(python=VERSIONS)
def tests(session: nox.Session) -> None:
    """The grader and the course's modules."""
    _run(session, PARTS)


@nox.session(python=VERSIONS)
def lessons(session: nox.Session) -> None:
    """Every lesson, which takes as long as all the rest."""
    _run(session, ("lessons",))
