"""Checks that read as sentences, and failures that explain themselves.

    calling(readings, conn, "lake", "sal").returns([(734, 0.05)], any_order=True)

A check that does not hold raises CheckFailed, an AssertionError whose message names the call, what came, what
should have come, and a hint. The function may live in this process or be a stand-in for one in another.
What a function prints while it is checked is no part of the verdict and stays out of the cell.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from course import calls
from course.calls import RAISED, Chain, Made
from course.compare import IN_ANOTHER_ORDER, difference, same, shown
from course.judging import CheckFailed, fail, judging

__all__ = ["CheckFailed", "calling", "that", "together"]

# A generator under check may never end: so many items are read beyond those that are expected.
MAX_MORE = 50
# The calls of `together` that are yet to be made, with what judges each.
_waiting: list[list[tuple[Chain, Callable[[Made], None]]]] = []


def that(holds: bool, otherwise: str, *, expected: Any = None, actual: Any = None, hint: str = "") -> None:
    """Raise CheckFailed unless `holds`. `otherwise` is the sentence that is true if it does not: "the file is gone"."""
    with judging():
        if holds:
            return
        fail(
            otherwise,
            hint,
            expected="" if expected is None else shown(expected),
            actual="" if actual is None else shown(actual),
        )


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Make the calls of the sentences within at its end, many in one request, and judge each in its turn.

    The lines between are run before: they must not count on what a call has changed.
    """
    _waiting.append([])
    try:
        yield
        _judge_those_before()
    finally:
        _waiting.pop()


def _judge_those_before() -> None:
    """Make and judge the calls of `together` that wait. The first that fails is the one that is told."""
    if _waiting and (batch := _waiting[-1]):
        chains, judges = zip(*batch, strict=True)
        batch.clear()
        for made, judge in zip(calls.make(chains), judges, strict=True):
            with judging():
                judge(made)


def calling(function: Callable, *args: Any, **kwargs: Any) -> Call:
    """The call `function(*args, **kwargs)`, to be made by one of the sentence's verbs."""
    return Call(function, args, kwargs)


@dataclass(frozen=True)
class Call:
    """A call that is yet to be made. Its verbs make it and judge what it did: `returns`, `yields`, `begins`, `raises`.

    They return nothing, so that a cell may end in one: nbgrader takes a number on a cell's last line for its points.
    What came is had from `value()`, what was raised from `error(kind)`.
    """

    function: Callable | str
    args: tuple = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    circumstance: str = ""
    of: Call | None = None

    def on(self, circumstance: str) -> Call:
        """Describe the case in words ("a survey without readings") instead of showing inputs and values."""
        return replace(self, circumstance=circumstance)

    def then(self, method: str, *args: Any, **kwargs: Any) -> Call:
        """The call of a method of what this call returns: `calling(open, path).then("read")`."""
        return Call(method, args, kwargs, self.circumstance, of=self)

    def __str__(self) -> str:
        return f"{self._spelt()}, called on {self.circumstance}," if self.circumstance else self._spelt()

    def _spelt(self) -> str:
        if self.of:
            name = f"{replace(self.of, circumstance=self.circumstance)._spelt()}.{self.function}"
        else:
            name = getattr(self.function, "__name__", shown(self.function))
        arguments = [shown(arg) for arg in self.args] + [f"{key}={shown(arg)}" for key, arg in self.kwargs.items()]
        if self.circumstance and arguments:
            arguments = ["…"]
        return f"{name}({', '.join(arguments)})"

    def returns(
        self,
        expected: Any,
        *,
        any_order: bool = False,
        ordered_by: Callable | None = None,
        tolerance: float = 1e-9,
        hint: str = "",
    ) -> None:
        """It returns `expected`.

        `any_order` compares lists as multisets. `ordered_by` asks for the order of `expected` by that key, with ties
        free.
        """

        def judge(made: Made) -> None:
            actual = self._value(made, hint)
            free = any_order or ordered_by is not None
            different = difference(actual, expected, any_order=free, tolerance=tolerance, show=not self.circumstance)
            if not different and ordered_by is not None:
                keys = [[ordered_by(row) for row in rows] for rows in (actual, expected)]
                different = "" if same(*keys, tolerance=tolerance) else IN_ANOTHER_ORDER
            if different:
                self._differs("does not return what it should", different, expected, actual, hint)

        self._judged(None, judge)

    def yields(self, expected: Iterable, *, tolerance: float = 1e-9, hint: str = "") -> None:
        """It returns something to iterate over, which gives the items of `expected` in order, and then ends."""
        expected = list(expected)

        def judge(made: Made) -> None:
            items, ended = self._items(made, hint)
            if not ended:
                fail(f"{self} does not end: {len(expected)} items were expected, {len(items)} came, and more.", hint)
            different = difference(items, expected, tolerance=tolerance, show=not self.circumstance)
            if different:
                self._differs("does not give the items that it should", different, expected, items, hint)

        self._judged(len(expected) + MAX_MORE, judge)

    def begins(self, expected: Iterable, *, tolerance: float = 1e-9, hint: str = "") -> None:
        """It returns something to iterate over, whose first items are `expected`.

        No more items are asked for; a generator is closed then.
        """
        expected = list(expected)

        def judge(made: Made) -> None:
            items, _ = self._items(made, hint)
            different = difference(items, expected, tolerance=tolerance, show=not self.circumstance)
            if different:
                self._differs("does not begin with the items that it should", different, expected, items, hint)

        self._judged(len(expected), judge)

    def raises(self, expected: type[Exception] | tuple[type[Exception], ...], *, hint: str = "") -> None:
        """It raises `expected`, or one of them."""

        def judge(made: Made) -> None:
            self._error(made, expected, hint)

        self._judged(None, judge)

    def error(self, expected: type[Exception] | tuple[type[Exception], ...], hint: str = "") -> Exception:
        """The exception that it raises, which is one of `expected`. Another one, or none, fails the check."""
        return self._error(self._made(), expected, hint)

    def value(self, hint: str = "") -> Any:
        """What it returns. An exception fails the check, by name and message."""
        return self._value(self._made(), hint)

    def _chain(self, limit: int | None = None) -> Chain:
        function, steps, _ = self.of._chain() if self.of else (self.function, (), None)
        return function, (*steps, (self.function if self.of else None, self.args, tuple(self.kwargs.items()))), limit

    def _made(self) -> Made:
        _judge_those_before()
        (made,) = calls.make([self._chain()])
        return made

    def _judged(self, limit: int | None, judge: Callable[[Made], None]) -> None:
        """Make the call and judge it: now, or at the end of `together`."""
        if _waiting:
            _waiting[-1].append((self._chain(limit), judge))
            return
        (made,) = calls.make([self._chain(limit)])
        with judging():
            judge(made)

    def _value(self, made: Made, hint: str) -> Any:
        value, error = made
        if error is not None:
            self._raised(error, "", hint)
        return value

    def _items(self, made: Made, hint: str) -> tuple[list, bool]:
        """The items that were taken of what the call returned, and whether they were all."""
        found = self._value(made, hint)
        if found is None:
            fail(f"{self} returns None, which has no items.", hint)
        items, end = found
        if isinstance(end, RAISED):
            self._raised(end, f" when item {len(items) + 1} is asked for", hint)
        return items, end is True

    def _error(self, made: Made, expected: type[Exception] | tuple[type[Exception], ...], hint: str) -> Exception:
        actual, error = made
        kinds = expected if isinstance(expected, tuple) else (expected,)
        names = " or ".join(map(_named, kinds))
        if error is None:
            came = "" if self.circumstance else f"it returns {shown(actual)}"
            fail(f"{self} raises no error.", hint, expected=f"it raises {names}", actual=came)
        # A NotImplementedError is a RuntimeError, but an unwritten answer is no answer that refuses.
        if isinstance(error, kinds) and not (type(error) is NotImplementedError and type(error) not in kinds):
            return error
        self._raised(error, f" where {names} is needed", hint)

    def _raised(self, error: BaseException, when: str, hint: str) -> NoReturn:
        if isinstance(error, NotImplementedError):
            fail(f"{self} raises NotImplementedError: there is no answer yet.")
        if isinstance(error, CheckFailed) and not self.circumstance:
            fail(str(error), hint)  # a sentence within this one has said what is wrong
        said = "." if self.circumstance or not str(error) else f": {error}"
        fail(f"{self} raises {_named(type(error))}{when}{said}", hint)

    def _differs(self, verb: str, different: str, expected: Any, actual: Any, hint: str) -> NoReturn:
        if self.circumstance:
            fail(f"{self} {verb}: {different}.", hint)
        fail(f"{self} {verb}: {different}.", hint, expected=shown(expected), actual=shown(actual))


def _named(kind: type) -> str:
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
