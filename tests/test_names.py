"""Names of a cell, from its text."""

import pytest

from autograder import names


@pytest.mark.parametrize(
    ("text", "binds", "now", "later"),
    [
        ("x = f(1)", "x", "f", ""),
        ("def f(a, b=c):\n    return a + g(b)", "f", "c", "g"),
        ("f = lambda a: g(a)", "f", "", "g"),
        ("xs = [f(y) for y in ys if z]", "xs", "f ys z", ""),
        ("any(f(y) for y in ys)", "", "f ys", ""),
        ("d = {k: [v for v in vs] for k in ks}\ns = {n for n in ns if (last := n)}", "d s last", "vs ks ns", ""),
        ("class A(B):\n    n = m\n    def f(self):\n        return g(self.n)", "A", "B m", "g"),
        ("@d\ndef f():\n    global n\n    n = m\n", "f n", "d", "m"),
        ("x += 1", "x", "x", ""),
        ("del x", "x", "x", ""),
        ("for i in r:\n    pass", "i", "r", ""),
        ("with o(p) as q:\n    pass", "q", "o p", ""),
        ("try:\n    f()\nexcept E as e:\n    raise", "e", "f E", ""),
        ("import a.b, c as d\nfrom e import f as g, h", "a d g h", "", ""),
        ("if (n := f()) > 1: pass", "n", "f", ""),
        ("match p:\n    case Q(a=r): pass", "r", "p Q", ""),
        ("x = await f()", "x", "f", ""),
        ("def outer():\n    x = 1\n    def inner():\n        return x + y\n    return inner", "outer", "", "y"),
        ("print(len(x))", "", "x", ""),
        ("%matplotlib inline\nx = !ls {y}", "x", "", ""),
        ("%time x = f()", "x", "f", ""),
        ("%%time\nx = f()", "x", "f", ""),
        ("%%capture out\nf()", "out", "f", ""),
        ("%%bash\nx=1", "", "", ""),
        ("this is no Python", "", "", ""),
        ("", "", "", ""),
        ("from string import *", "Formatter Template ascii_letters ascii_lowercase ascii_uppercase capwords digits "
         "hexdigits octdigits printable punctuation whitespace", "", ""),
    ],
)  # fmt: skip
def test_what_is_bound_and_what_is_used_now_and_later(text, binds, now, later):
    """Later is when a function is called that the cell defines; builtins are everybody's."""
    found = names.of(text)
    assert (set(binds.split()), set(now.split()), set(later.split())) == (found.binds, found.now, found.later)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("d['x'] = 1", "d"),
        ("a.b.c[0].d = 1", "a"),
        ("np.random.seed(0)", "np"),
        ("random.shuffle(xs)", "random xs"),
        ("del d['x']", "d"),
        ("d['n'] += 1", "d"),
        ("print(d)\ndisplay(d)", ""),
        ("x = d['y']", ""),
        ("def f():\n    d['x'] = 1", ""),
    ],
)
def test_what_a_cell_may_change(text, changes):
    """By assignment to a part of it, or by a call whose result nobody wants."""
    assert set(changes.split()) == names.of(text).changes


def test_modules_are_known_by_their_names():
    """What `np` is, is no secret; nor that a module of which everything is wanted is not there."""
    found = names.of("import numpy as np, os.path\nimport matplotlib.pyplot as plt\nfrom no_such_module import *")
    assert found.modules == (("np", "numpy"), ("os", "os"), ("plt", "matplotlib.pyplot"))
    assert found.stars == ("no_such_module",)
