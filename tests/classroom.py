"""A teacher and a student who share an exchange, in folders of their own: copies of this course."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import stock

ROOT = Path(__file__).parents[1]
# What a student's clone needs of the course. Tests open, change and save notebooks, and never those of this folder.
CLONED = ("course", "release", "START.md", "nbgrader_config.py")
# And a teacher's, whose release is still to be made, and whose first page is the manual with its pictures.
TAUGHT = (
    *("autograder", "course", "START.md", "README.md", "nbgrader_config.py"),
    *("docs/lesson.png", "docs/feedback.png"),
)


@dataclass(frozen=True)
class Classroom:
    """`teacher` is an nbgrader course, `student` what its student has cloned, `exchange` what both know."""

    teacher: Path
    student: Path
    exchange: Path

    def teach(self, *words: str) -> str:
        """Run `nbgrader <words>` as the teacher, and return what it said."""
        return stock.run(self.teacher, *words)

    def study(self, *words: str) -> str:
        """The same as the student."""
        return stock.run(self.student, *words)


def classroom(folder: Path) -> Classroom:
    """Both folders below this one; the teacher has settings and no assignment yet."""
    made = Classroom(folder / "teacher", folder / "workflow", folder / "exchange")
    for place in (made.teacher, made.student, made.exchange):
        place.mkdir()
    made.exchange.chmod(0o777)
    for name in CLONED:
        _copy(ROOT / name, made.student / name)
    for name in TAUGHT:
        _copy(ROOT / name, made.teacher / name)
    for place in (made.teacher, made.student):
        with (place / "nbgrader_config.py").open("a") as settings:
            settings.write(f'\nc.Exchange.root = "{made.exchange}"\n')
    return made


def _copy(path: Path, target: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "odbc"))
    else:
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
