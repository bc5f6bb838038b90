"""`course doctor` says whether this machine is ready; `course lab` opens the course. The only module that prints."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys

from course.doctor import examine
from course.lab import ROOT, CannotOpen, command, environment, without_browser


def main(argv: list[str] | None = None) -> int:
    """Run a command. Exit status: 0 done, 1 something is missing, 2 the request makes no sense here."""
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] == ["conda"]:  # its words are its own, `--help` among them
        return conda(argv[1:])
    options, rest = parser().parse_known_args(argv)
    if options.command == "lab":
        return lab(rest, options.teacher)
    if rest:
        parser().error(f"{options.command} takes no {rest[0]!r}")
    return doctor()


def parser() -> argparse.ArgumentParser:
    """What the command line understands, beside `conda`."""
    made = argparse.ArgumentParser(prog="course", description="Workflow and working on the server: for students.")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("doctor", help="is this machine ready? what is missing, and how to get it")
    lab_parser = commands.add_parser(
        "lab",
        help="open the course in JupyterLab; takes JupyterLab's own options",
        add_help=False,
        allow_abbrev=False,
    )
    lab_parser.add_argument("--teacher", action="store_true", help="with formgrader and the panel Create Assignment")
    return made


def doctor() -> int:
    """Print one line a thing, and under it the remedy where one is needed."""
    findings = examine()
    width = max(len(finding.thing) for finding in findings)
    for finding in findings:
        print(f"{'ok     ' if finding.well else 'MISSING'}  {finding.thing:<{width}}  {finding.found}")
        if not finding.well:
            print(f"{'':9}{'':{width}}  → {finding.remedy}")
    wrong = [finding for finding in findings if not finding.well]
    if wrong:
        print(
            f"\n{len(wrong)} of {len(findings)} things are not ready: " + ", ".join(finding.thing for finding in wrong)
        )
        return 1
    print("\nEverything is ready. Next: course lab")
    return 0


def conda(words: list[str]) -> int:
    """Be the `conda` of the installation that COURSE_CONDA_ROOT names, as its own command does, and end the process."""
    from course.conda import installation
    from course.conda.installation import ROOT

    if ROOT not in os.environ:
        print(
            f"course conda: which installation? The variable {ROOT} names none. Make one in Python, by "
            "course.conda.installation(folder); its command is condabin/conda in that folder.",
            file=sys.stderr,
        )
        return 2
    said = installation(os.environ.pop(ROOT)).run(*words)
    with contextlib.suppress(BrokenPipeError):  # whoever reads has read enough: `conda list | head -1`
        print(said.stdout, end="", flush=True)
        print(said.stderr, end="", file=sys.stderr, flush=True)
    # Not by way of Python's own end: threads of py-rattler may still let go of what is Python's, and then it crashes.
    os._exit(said.status)


def lab(options: list[str], teacher: bool) -> int:
    """Become JupyterLab, on the course. `options` are JupyterLab's own, `--no-browser` for one."""
    try:
        words = command(options, teacher=teacher)
    except CannotOpen as error:
        print(f"course lab: {error}", file=sys.stderr)
        return 2
    advice = without_browser(options)
    if advice:
        print(f"course lab: {advice}", file=sys.stderr)
        words.append("--no-browser")
    print("course lab: JupyterLab starts; the first time it takes half a minute. Ctrl+C here ends it.", file=sys.stderr)
    sys.stderr.flush()
    os.chdir(ROOT)  # where nbgrader's settings are
    os.execve(words[0], words, environment(os.environ, teacher))
