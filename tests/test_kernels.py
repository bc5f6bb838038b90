"""A kernel is asked through its name, and one that is not there or does not start is named."""

import json

import pytest

from autograder import evidence
from autograder.cases import kernels as cases
from course import kernels


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """A folder of Jupyter's with two kernels: `able` runs in an environment near it, `lost` nowhere."""
    folder = tmp_path_factory.mktemp("jupyter")
    env = cases.able(folder / "an env")
    argv = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
    for name, python in (("able", env / "bin/python"), ("lost", folder / "nowhere/python")):
        place = folder / "share/jupyter/kernels" / name
        place.mkdir(parents=True)
        about = {"argv": [str(python), *argv], "display_name": name, "language": "python"}
        (place / "kernel.json").write_text(json.dumps(about))
    return folder / "share/jupyter"


def test_a_kernel_tells_of_its_own_environment(jupyter):
    """And not of the one that asks."""
    said = kernels.ask(jupyter, "able", "import sys; print(sys.prefix)")
    assert said == f"{jupyter.parents[1] / 'an env'}\n"


@pytest.mark.parametrize(("name", "why"), [("nobody", "there is no kernel 'nobody'"), ("lost", "does not start")])
def test_what_cannot_be_asked_is_named(jupyter, name, why):
    """No kernel of that name, and one whose program is not there."""
    with pytest.raises(kernels.KernelError, match=why):
        kernels.ask(jupyter, name, "1")


def test_the_grader_hears_what_each_kernel_says(jupyter):
    """Its prefix, or why there is none; of a kernel without a file as well."""
    told = cases.prefixes(jupyter, ["able", "lost", "nobody"], evidence.run)
    assert told["able"] == str(jupyter.parents[1] / "an env")
    assert ("does not start" in told["lost"], "no kernel 'nobody'" in told["nobody"]) == (True, True)
    assert (cases.spec(jupyter, "able")["display_name"], cases.spec(jupyter, "nobody")) == ("able", {})
