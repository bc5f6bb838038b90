"""From a source notebook alone: what runs where, and which names cross.

A name is whose cell binds it last before it is used: the student's, where that is an answer cell (of which the source
holds the reference solution), else the instructor's. What a check cell binds stays the instructor's, unless it was the
student's: such a name is bound over there as well.

- An answer cell runs on the student's side, a check cell on the checker's. What an answer cell imports outside of its
  solution is in the release, and so the instructor's: the checker imports it itself.
- A cell of the instructor's runs on the student's side, and on the checker's as well where checks need it: where it
  binds a name that they use, or changes such a thing; or, without help of the student's names, merely mentions one.
- The student's names that a cell on the checker's side uses, in its own text or in functions of the instructor's that
  it may call, are fetched before it runs. So are names that no cell binds, unless the checker has them all the same.
- A name that a check binds and that answers use is bound over there as well, though it is the instructor's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from autograder import names, notebook
from autograder.names import Names
from autograder.notebook import NotebookNode, Role

# Of so many source notebooks in turn is kept what is the same for a whole class.
SOURCES = 16


class Side(StrEnum):
    """Where a cell runs."""

    STUDENT = "student"
    CHECKER = "checker"
    BOTH = "both"


@dataclass(frozen=True)
class Step:
    """One code cell of the source. `index` is its place among all cells, `name` its grade id.

    `fetches` are the student's names that it needs, `asks` those that nobody binds, `watches` those that are to be
    bound over there as well when the cell binds them. `kept`: later cells on the checker's side use what it binds.
    Of the names in `fetches`, `modules` are those that an answer binds to modules, `given` those that it imports in
    lines that students are given, each to "module" or "module:name".
    """

    index: int
    name: str
    role: Role
    side: Side
    fetches: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    watches: tuple[str, ...] = ()
    kept: bool = False
    modules: dict[str, str] = field(default_factory=dict, hash=False)
    given: dict[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        crossing = f"  ← {', '.join(self.fetches)}" if self.fetches else ""
        unknown = f"  ? {', '.join(self.asks)}" if self.asks else ""
        return f"{self.name or f'cell {self.index + 1}':<28} {self.role:<7} {self.side:<8}{crossing}{unknown}".rstrip()


@dataclass(frozen=True)
class Plan:
    """The steps in order; `shared` are the names that both sides bind."""

    steps: tuple[Step, ...]
    shared: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(map(str, self.steps))


def of(source: NotebookNode) -> Plan:
    """The plan of a source notebook."""
    code = ((i, cell) for i, cell in enumerate(source.cells) if cell.cell_type == "code")
    return _of(tuple((i, notebook.grade_id(cell), notebook.role(cell), cell.source) for i, cell in code))


@lru_cache(SOURCES)
def _of(code: tuple[tuple[int, str, Role, str], ...]) -> Plan:
    """The plan of code cells: place in the notebook, name, role, text."""
    cells = [_Cell(place, name, role, names.of(text)) for place, name, role, text in code]
    book = _Book(cells)
    chosen = book.for_checker()
    kept = {place for k in chosen for place in book.needs(k).cells if cells[place].role is Role.CHECK}
    steps = tuple(book.step(k, k in chosen, k in kept) for k in range(len(cells)))
    both = [k for k in chosen if cells[k].role is not Role.CHECK]
    return Plan(steps, tuple(sorted({name for k in both for name in cells[k].names.binds})))


class _Cell:
    def __init__(self, index: int, name: str, role: Role, found: Names):
        self.index, self.name, self.role, self.names = index, name, role, found
        self.of_student = self.role in (Role.ANSWER, Role.MANUAL)


@dataclass
class _Needs:
    """What one cell of the instructor's needs, by its own text and through functions that it may call."""

    student: set[str] = field(default_factory=set)
    nobody: set[str] = field(default_factory=set)
    owned: dict[str, int] = field(default_factory=dict)  # a name of the instructor's → the cell that binds it

    @property
    def cells(self) -> set[int]:
        return set(self.owned.values())


class _Book:
    def __init__(self, cells: list[_Cell]):
        self.cells = cells
        self._binders: dict[str, list[int]] = {}
        for k, cell in enumerate(cells):
            for name in cell.names.binds:
                owners = self._binders.setdefault(name, [])
                if not (cell.role is Role.CHECK and owners and cells[owners[-1]].of_student):
                    owners.append(k)

    def owner(self, name: str, k: int) -> int | None:
        """The cell that owns `name` when cell `k` begins."""
        return next((place for place in reversed(self._binders.get(name, ())) if place < k), None)

    def needs(self, k: int) -> _Needs:
        """What cell `k` needs when it runs on the checker's side."""
        own, found, seen = self.cells[k].names, _Needs(), set()
        left = list(own.uses)
        if self.cells[k].role is Role.CHECK:  # what it binds of the student's is to be bound over there, too
            left += [name for name in own.binds if self._is_students(name, k)]
        while left:
            name = left.pop()
            if name in seen:
                continue
            seen.add(name)
            owner = self.owner(name, k)
            if owner is None:
                if name not in self._binders:
                    found.nobody.add(name)
            elif self.cells[owner].of_student:
                found.student.add(name)
            else:
                found.owned[name] = owner
                left.extend(self.cells[owner].names.later)
        return found

    def for_checker(self) -> set[int]:
        """The cells that run on the checker's side: the checks, and what they need."""
        chosen: set[int] = set()
        new = {k for k, cell in enumerate(self.cells) if cell.role is Role.CHECK}
        while new:
            chosen |= new
            new = {place for k in new for place in self._asked_for_by(k)} - chosen
        return chosen

    def step(self, k: int, in_checker: bool, kept: bool) -> Step:
        """The step of cell `k`."""
        cell = self.cells[k]
        if not in_checker:
            return Step(cell.index, cell.name, cell.role, Side.STUDENT)
        needs = self.needs(k)
        is_check = cell.role is Role.CHECK
        used = {name for other in self.cells if other.of_student for name in other.names.uses}
        watches = (cell.names.binds & used) - needs.student if is_check else ()
        sides = Side.CHECKER if is_check else Side.BOTH
        parts = (tuple(sorted(part)) for part in (needs.student, needs.nobody, watches))
        owners = {name: self.cells[self.owner(name, k)].names for name in needs.student}
        modules = {name: dict(owner.modules)[name] for name, owner in owners.items() if name in dict(owner.modules)}
        given = {name: dict(owner.given)[name] for name, owner in owners.items() if name in dict(owner.given)}
        return Step(cell.index, cell.name, cell.role, sides, *parts, kept, modules, given)

    def _asked_for_by(self, k: int) -> set[int]:
        """The cells of the instructor's that cell `k` needs to have run."""
        needs = self.needs(k)
        found = needs.cells
        for place, cell in enumerate(self.cells[:k]):
            if cell.of_student or cell.role is Role.CHECK:
                continue
            changed = cell.names.changes if self.needs(place).student else cell.names.uses | cell.names.changes
            if any(needs.owned.get(name, k) <= place for name in changed):
                found.add(place)
        return found

    def _is_students(self, name: str, k: int) -> bool:
        owner = self.owner(name, k)
        return owner is not None and self.cells[owner].of_student
