"""Checks that read as sentences, and failures that explain themselves.

    calling(readings, conn, "lake", "sal").returns([(734, 0.05)], any_order=True)

A check that does not hold raises CheckFailed, an AssertionError whose message names the call, what came, what
should have come, and a hint. The function may live in this process or be a stand-in for one in another.
What a function prints while it is checked is no part of the verdict and stays out of the cell.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from course.compare import difference, same, shown

# A generator under check may never end: so many items are read, and no more.
MAX_ITEMS = 10_000


class CheckFailed(AssertionError):
    """A check did not hold. The message says what was called, what came, what should have come, and a hint."""

    def _render_traceback_(self) -> list[str]:
        """IPython shows this in place of a traceback: the lines of the check are no news to the student."""
        return [f"{type(self).__name__}: {self}"]


def that(holds: bool, what: str, *, expected: Any = None, actual: Any = None, hint: str = "") -> None:
    """Raise CheckFailed unless `holds`. `what` is the sentence that then is true: "the file is still there"."""
    if not holds:
        _fail(
            what,
            expected="" if expected is None else shown(expected),
            actual="" if actual is None else shown(actual),
            hint=hint,
        )


def calling(function: Callable, *args: Any, **kwargs: Any) -> Call:
    """The call `function(*args, **kwargs)`, to be made by one of the sentence's verbs."""
    return Call(function, args, kwargs)


@dataclass(frozen=True)
class Call:
    """A call that is yet to be made. Its verbs make it and say whether it did what it should."""

    function: Callable
    args: tuple = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    circumstance: str = ""

    def on(self, circumstance: str) -> Call:
        """Describe the case in words ("a survey without readings") instead of showing inputs and values."""
        return replace(self, circumstance=circumstance)

    def __str__(self) -> str:
        name = getattr(self.function, "__name__", shown(self.function))
        if self.circumstance:
            return f"{name}(…), called on {self.circumstance},"
        arguments = [shown(arg) for arg in self.args] + [f"{key}={shown(arg)}" for key, arg in self.kwargs.items()]
        return f"{name}({', '.join(arguments)})"

    def returns(
        self,
        expected: Any,
        *,
        any_order: bool = False,
        ordered_by: Callable | None = None,
        tolerance: float = 1e-9,
        hint: str = "",
    ) -> Any:
        """It returns `expected`, and so does this.

        `any_order` compares lists as multisets. `ordered_by` asks for an order by that key, with ties free.
        """
        actual = self.value(hint)
        free = any_order or ordered_by is not None
        different = difference(actual, expected, any_order=free, tolerance=tolerance)
        if not different and ordered_by is not None:
            keys = [[ordered_by(row) for row in rows] for rows in (actual, expected)]
            different = "" if same(*keys, tolerance=tolerance) else "right items, in another order"
        if different:
            self._differs("does not return what it should", expected, actual, different, hint)
        return actual

    def yields(self, expected: Iterable, *, tolerance: float = 1e-9, hint: str = "") -> list:
        """It returns something to iterate over, which gives the items of `expected` in order, and then ends."""
        iterable, items = self.value(hint), []
        try:
            with _unheard():
                items = list(islice(iter(iterable), MAX_ITEMS))
        except Exception as error:
            self._raised(error, "while its items were read", hint)
        expected = list(expected)
        if len(items) == MAX_ITEMS > len(expected):
            _fail(f"{self} never ends: it gave {MAX_ITEMS} items and had more.", hint=hint)
        different = difference(items, expected, tolerance=tolerance)
        if different:
            self._differs("does not give the items that it should", expected, items, different, hint)
        return items

    def raises(self, expected: type[Exception] | tuple[type[Exception], ...], *, hint: str = "") -> Exception:
        """It raises `expected` (or one of them), and this returns the exception."""
        names = " or ".join(kind.__name__ for kind in (expected if isinstance(expected, tuple) else (expected,)))
        try:
            with _unheard():
                actual = self.function(*self.args, **self.kwargs)
        except expected as error:
            return error
        except Exception as error:
            self._raised(error, f"where {names} was expected", hint)
        came = "" if self.circumstance else shown(actual)
        _fail(
            f"{self} raises no error.",
            expected=f"{names} is raised",
            actual=came and f"returned {came}",
            hint=hint,
        )

    def value(self, hint: str = "") -> Any:
        """What it returns. An exception fails the check, by name and message."""
        try:
            with _unheard():
                return self.function(*self.args, **self.kwargs)
        except CheckFailed:
            raise
        except Exception as error:
            self._raised(error, "", hint)

    def _raised(self, error: Exception, when: str, hint: str) -> None:
        said = "" if self.circumstance else f": {error}"
        _fail(f"{self} raised {type(error).__name__}{said}" + (f" ({when})" if when else ""), hint=hint)

    def _differs(self, verb: str, expected: Any, actual: Any, different: str, hint: str) -> None:
        if self.circumstance:
            _fail(f"{self} {verb}.", hint=hint)
        _fail(f"{self} {verb}: {different}.", expected=shown(expected), actual=shown(actual), hint=hint)


def _fail(what: str, *, expected: str = "", actual: str = "", hint: str = "") -> None:
    lines = [what]
    lines += [f"  should be: {expected}"] if expected else []
    lines += [f"  is:        {actual}"] if actual else []
    lines += [f"  hint:      {hint}"] if hint else []
    raise CheckFailed("\n".join(lines)) from None


@contextlib.contextmanager
def _unheard():
    """Keep what the function prints, and its warnings, out of the cell: noise is neither right nor wrong."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield
