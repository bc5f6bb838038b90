"""A class made up from the answer bank: plausible names, and for each of them the same answers every time."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from autograder.model import Answer

PEOPLE = (
    *("Ada Lindqvist", "Bola Adeyemi", "Chen Wei", "Dunja Petrović", "Emre Yıldız", "Fatima Benali"),
    *("Giulia Conti", "Hana Novák", "Ivar Solberg", "Júlia Horváth", "Kofi Mensah", "Leila Haddad"),
    *("Mateo Rojas", "Nilufar Karimova", "Oisín Byrne", "Priya Raman", "Quynh Pham", "Rosa Ferreira"),
    *("Sami Korhonen", "Tomasz Zieliński", "Uma Iyer", "Viktor Dahl", "Wanjiru Kamau", "Yuki Tanaka"),
)


@dataclass(frozen=True)
class Classmate:
    """Somebody of the class: a user name, a full name, and the answers that are handed in."""

    name: str
    full_name: str
    chosen: tuple[Answer, ...]

    @property
    def cells(self) -> dict[str, str]:
        """The text of each answer cell."""
        return {cell: text for answer in self.chosen for cell, text in answer.cells.items()}

    @property
    def foretold(self) -> set[str]:
        """The checks that must fail, by the answer bank."""
        return {check for answer in self.chosen for check in answer.fails}


def invent(bank: dict[str, tuple[Answer, ...]], size: int) -> list[Classmate]:
    """A class of `size`, each with one answer to every task of `bank`. More people than names get numbers."""
    people = [(PEOPLE[n % len(PEOPLE)], n // len(PEOPLE) + 1) for n in range(size)]
    names = [(_plain(name.split()[0]) + (str(turn) if turn > 1 else ""), name) for name, turn in people]
    return [Classmate(name, full_name, _choose(bank, name)) for name, full_name in names]


def _plain(name: str) -> str:
    """A name as accounts are called: lower case, no accents."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def _choose(bank: dict[str, tuple[Answer, ...]], name: str) -> tuple[Answer, ...]:
    """One answer to every task, by a student who knows more or less: always the same for the same name."""
    chance = random.Random(name)
    skill = chance.uniform(0.3, 1.1)
    return tuple(
        chance.choice([answer for answer in of if answer.right == (chance.random() < skill)] or of)
        for of in bank.values()
    )
