"""Environments whose packages need each other are made as they are described."""

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.utils import canonicalize_name

from autograder import evidence
from autograder.cases.dependencies import installed, made, needs
from autograder.cases.environments import look


@given(st.integers(0, 10_000))
@settings(max_examples=50, deadline=None)
def test_every_graph_has_a_diamond_and_what_does_not_count(seed):
    """One needs two that need the same; and what an extra needs, or another system, nobody needs."""
    graph = made(seed)
    below = {canonicalize_name(one.name): needs(one) for one in graph.packages}
    pairs = [(one, other) for top in below.values() for one in top for other in top if one < other]
    assert any(below[one] & below[other] for one, other in pairs)
    named = {canonicalize_name(line.split(";")[0]) for one in graph.packages for line in one.requires if ";" in line}
    assert len(named) == 2 and named <= set(graph.unneeded)
    assert set(graph.unneeded) < set(graph.named)


def test_pip_says_the_same(tmp_path):
    """What an environment holds, and which of that nothing needs."""
    graph = made(7)
    env = installed(tmp_path / "env", graph, asked=graph.unneeded, from_file=True)
    assert sorted(f"{name}=={version}" for name, version in look(env, evidence.run).packages.items()) == graph.listed
    pip = [sys.executable, "-m", "pip", "--python", env / "bin/python"]
    said = subprocess.run([*pip, "list", "--not-required", "--format=freeze"], capture_output=True, text=True).stdout
    assert sorted(canonicalize_name(line.split("==")[0]) for line in said.split()) == graph.unneeded
    assert "@ file://" in subprocess.run([*pip, "freeze"], capture_output=True, text=True).stdout
