"""Pictures of a lock, of needs and of kernels say in words what they show."""

import json

import pytest

from autograder.cases.dependencies import Graph, installed
from autograder.cases.environments import make
from course import draw
from course.packages import single


def test_a_funnel_counts_the_lines_of_each_file():
    """Without comments and empty lines."""
    words = draw.funnel(["# mine", "icecore", ""], ["icecore==1.5", "    # via wish", "polartools==1.1"], []).alt
    assert words == (
        "From wish to lock. wish, 1 line: icecore. solve, 2 lines: icecore==1.5 and polartools==1.1. "
        "lock, 0 lines: none."
    )


def test_needs_are_those_of_the_environment(tmp_path):
    """Whatever the names are spelt like; what an extra needs, or what is not there, gets no arrow."""
    far = single("Sea_Maps", "1", requires=("ICE.tools>=1", "gone; extra == 'x'", 'floe; extra == "x"'))
    env = installed(tmp_path / "env", Graph((far, single("ice-tools", "1"), single("floe", "1"))))
    assert draw.needs(env / "bin/python", ["sea.maps"]).alt == (
        "Who needs whom. floe needs nothing. ice-tools needs nothing. sea-maps (asked for) needs ice-tools."
    )


def test_a_ring_of_needs_is_drawn_as_well(tmp_path):
    """Two packages that need each other have no top."""
    ring = (single("a", "1", requires=("b",)), single("b", "1", requires=("a",)))
    env = installed(tmp_path / "env", Graph(ring))
    assert draw.needs(env / "bin/python").alt == "Who needs whom. a needs b. b needs a."


@pytest.mark.parametrize(
    ("program", "said"), [("env/bin/python", "the Python of ~/env"), ("gone", "the Python of no Python")]
)
def test_a_kernel_is_followed_to_its_interpreter(tmp_path, program, said):
    """By the first word of argv, whatever the label says; a program that is not there is told, too."""
    make(tmp_path / "env")
    place = tmp_path / "share/jupyter/kernels/one"
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps({"argv": [str(tmp_path / program)], "display_name": "Label"}))
    words = draw.kernels(tmp_path / "share/jupyter").alt
    assert f"Label starts ~/{program}, {said}" in words
