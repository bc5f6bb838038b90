"""Made-up requests for versions: pip's by packaging, conda's by rattler, and none that the two leave open."""

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from autograder.cases.versions import CONDA, PIP, cases, fitting


@pytest.mark.parametrize(
    ("spec", "style", "fits"),
    [
        ("=1.1", CONDA, ["1.1", "1.1.3"]),
        ("1.1.*", CONDA, ["1.1", "1.1.3"]),
        ("==1.1", CONDA, ["1.1"]),
        ("==1.1", PIP, ["1.1"]),
        ("==1.1.*", PIP, ["1.1", "1.1.3"]),
        ("~=1.1", PIP, ["1.1", "1.1.3", "1.10"]),
        ("~=1.1", CONDA, ["1.1", "1.1.3", "1.10"]),
        (">=1.10", PIP, ["1.10", "2.0"]),
        (">=2.0rc1", PIP, ["2.0", "2.0rc1"]),
        ("", PIP, ["1.1", "1.1.3", "1.10", "2.0"]),
    ],
)
def test_the_rules(spec, style, fits):
    """As the documentation of pip and of conda has them."""
    versions = ["1.1", "1.1.3", "1.10", "2.0", *(["2.0rc1"] if style == PIP else [])]
    assert fitting(spec, versions, style) == fits


@pytest.mark.parametrize("style", [PIP, CONDA])
def test_a_seed_gives_the_same_cases(style):
    """And another one others; `only` chooses the kind of request."""
    assert list(cases(style, 20, seed=1)) == list(cases(style, 20, seed=1))
    assert list(cases(style, 20, seed=1)) != list(cases(style, 20, seed=2))
    assert {case.spec[0] for case in cases(style, 20, seed=3, only="~<")} == {"~", "<"}


def test_pip_would_choose_the_same():
    """Also of versions before their release: that is what the course's rule comes to."""
    for case in cases(PIP, 200, seed=4, early=True):
        assert max(SpecifierSet(case.spec).filter(case.versions), key=Version, default=None) == case.chosen, case
