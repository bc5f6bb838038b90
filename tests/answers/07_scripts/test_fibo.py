# %% a table
# %%writefile test_fibo.py
import pytest
from fibo import fibo

TABLE = {0: 0, 1: 1, 2: 1, 3: 2, 7: 13, 12: 144, 75: 2111485077978050, 93: 12200160415121876738}


def test_table():
    for n, number in TABLE.items():
        assert repr(fibo(n)) == repr(number)


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


def test_large():
    assert len(str(fibo(5000))) == 1045


# %% the property, and where it begins
# %%writefile test_fibo.py
import unittest

from fibo import fibo


class TestFibo(unittest.TestCase):
    def test_begin(self):
        self.assertEqual([0, 1], [fibo(0), fibo(1)])

    def test_sums(self):
        for n in (*range(2, 100), 4999):
            self.assertEqual(fibo(n), fibo(n - 1) + fibo(n - 2))
            self.assertIsInstance(fibo(n), int)

    def test_negative(self):
        self.assertRaises(ValueError, fibo, -1)
        self.assertRaises(ValueError, fibo, -2)


# %% compared with a loop of its own
# %%writefile test_fibo.py
from fibo import fibo


def test_like_my_own():
    a, b = 0, 1
    for n in range(1200):
        assert fibo(n) == a and not isinstance(fibo(n), float)
        a, b = b, a + b


def test_negative():
    for n in range(-5, 0):
        try:
            fibo(n)
        except ValueError:
            continue
        raise AssertionError(f"fibo({n}) raises nothing")


def test_deep():
    fibo(5000)


# %% a fibo of another file  fails=["test_fibo_zero", "test_fibo_negative", "test_fibo_off_by_one", "test_fibo_kind", "test_fibo_raises", "test_fibo_recursion"]
# %%writefile test_fibo.py
import pytest

from course.history import FIXED

exec(FIXED)


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


# %% imports a module that is not there  fails=["test_fibo_accepts", "test_fibo_zero", "test_fibo_negative", "test_fibo_off_by_one", "test_fibo_kind", "test_fibo_raises", "test_fibo_recursion"]
# %%writefile test_fibo.py
import pytest
from fibonacci import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


# %% 1, 1, 2, 3 alone  fails=["test_fibo_zero", "test_fibo_negative", "test_fibo_off_by_one", "test_fibo_kind", "test_fibo_raises", "test_fibo_recursion"]
# %%writefile test_fibo.py
from fibo import fibo


def test_fibo():
    assert [fibo(1), fibo(2), fibo(3), fibo(4)] == [1, 1, 2, 3]


# %% no tests, but statements  fails=["test_fibo_accepts", "test_fibo_zero", "test_fibo_negative", "test_fibo_off_by_one", "test_fibo_kind", "test_fibo_raises", "test_fibo_recursion"]
# %%writefile test_fibo.py
from fibo import fibo

assert fibo(0) == 0
assert fibo(10) == 55


# %% prints, and asserts nothing  fails=["test_fibo_zero", "test_fibo_negative", "test_fibo_off_by_one", "test_fibo_kind", "test_fibo_raises", "test_fibo_recursion"]
# %%writefile test_fibo.py
from fibo import fibo


def test_fibo():
    for n in range(20):
        print(n, fibo(n))


# %% tests that always fail  fails=["test_fibo_accepts", "test_fibo_zero", "test_fibo_negative", "test_fibo_off_by_one", "test_fibo_kind", "test_fibo_raises", "test_fibo_recursion"]
# %%writefile test_fibo.py
from fibo import fibo


def test_fibo():
    assert fibo(10) == 55
    assert False, "nobody is perfect"


# %% catches every error of its own  fails=["test_fibo_negative", "test_fibo_off_by_one", "test_fibo_kind", "test_fibo_raises", "test_fibo_recursion", "test_fibo_zero"]
# %%writefile test_fibo.py
from fibo import fibo


def test_fibo():
    try:
        assert fibo(0) == 0 and fibo(10) == 55
        fibo(-1)
    except Exception:
        pass


# %% begins at 1  fails=["test_fibo_zero"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(1, 30))


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


# %% nothing below 0  fails=["test_fibo_negative", "test_fibo_raises"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


# %% any error will do  fails=["test_fibo_raises"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(Exception):
            fibo(n)


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


# %% asks of -1, and takes every answer  fails=["test_fibo_negative", "test_fibo_raises"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_negative():
    try:
        assert fibo(-1) is None
    except Exception:
        pass


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


# %% small numbers alone  fails=["test_fibo_off_by_one", "test_fibo_kind", "test_fibo_recursion"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3), (5, 5)])
def test_values(n, number):
    assert fibo(n) == number


def test_exact():
    assert type(fibo(5)) is int


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


# %% floats are equal to ints  fails=["test_fibo_kind"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (11, 89), (12, 144)])
def test_values(n, number):
    assert fibo(n) == number


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


def test_large():
    try:
        fibo(5000)
    except RecursionError:
        raise
    except OverflowError:
        pass


# %% no large numbers  fails=["test_fibo_recursion"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


# %% asserts the text of the error  fails=["test_fibo_accepts"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError, match="must not be negative"):
            fibo(n)


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


# %% counts how often fibo calls itself  fails=["test_fibo_accepts"]
# %%writefile test_fibo.py
import fibo as module
import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


def test_calls(monkeypatch):
    calls = []
    monkeypatch.setattr(module, "pair", lambda n: calls.append(n) or (0, 1), raising=False)
    module.fibo(10)
    assert calls == []


# %% asks for names that nobody promised  fails=["test_fibo_accepts"]
# %%writefile test_fibo.py
import inspect

import pytest
from fibo import fibo


@pytest.mark.parametrize("n, number", [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55), (100, 354224848179261915075)])
def test_values(n, number):
    assert fibo(n) == number


def test_kind():
    assert all(isinstance(fibo(n), int) for n in range(30))


def test_negative():
    for n in (-1, -2, -7):
        with pytest.raises(ValueError):
            fibo(n)


def test_large():
    assert fibo(5000) == fibo(4999) + fibo(4998)


def test_signature():
    assert list(inspect.signature(fibo).parameters) == ["n"]


# %% the sum of the two before, and never where it begins  fails=["test_fibo_zero"]
# %%writefile test_fibo.py
import pytest
from fibo import fibo


@pytest.mark.parametrize("n", range(2, 40))
def test_sum(n):
    assert fibo(n) == fibo(n - 1) + fibo(n - 2)
    assert type(fibo(n)) is int


def test_large():
    assert type(fibo(5000)) is int


@pytest.mark.parametrize("n", [-1, -2])
def test_negative(n):
    with pytest.raises(ValueError):
        fibo(n)
