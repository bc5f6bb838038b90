"""The course's conda solves, installs, exports and removes as the real one does, and says what it would say."""

import os
import subprocess
from pathlib import Path

import pytest

from course import conda
from course.cli import main
from course.conda import channel, environment, export, real, recipes, shell
from course.conda.channel import Recipe
from course.conda.installation import ROOT


@pytest.fixture
def here(tmp_path):
    """A new conda, in a folder with a space in its name."""
    return conda.installation(tmp_path / "my conda")


def versions(here, name):
    """Name → version of what an environment holds."""
    return {record.name.normalized: str(record.version) for record in environment.packages(here.prefix(name))}


def test_base_holds_a_python_and_nothing_else(here):
    """That of this machine; and there is no other environment."""
    assert versions(here, "base") == {"python": recipes.HOST}
    assert here.run("info", "--envs", variables={}).stdout.splitlines()[2:] == [
        f"base                   {here.root}",
        "",
    ]
    assert conda.installation(here.root) == here


def test_an_environment_is_real(here):
    """It has a Python of its own, with what was asked for, what that needs, and nothing of the course."""
    assert here.run("create", "-n", "sqlproj", "pyodbc").status == 0
    assert versions(here, "sqlproj") == {"pyodbc": "5.3.0", "python": recipes.HOST, "unixodbc": "2.3.12"}
    code = "import sys, pyodbc; print(sys.prefix, pyodbc.__version__); import pandas"
    done = subprocess.run([here.prefix("sqlproj") / "bin/python", "-c", code], capture_output=True, text=True)
    assert done.stdout == f"{here.prefix('sqlproj')} 5.3.0\n"
    assert done.stderr.splitlines()[-1] == "ModuleNotFoundError: No module named 'pandas'"


def test_pandas_of_2014_is_refused_by_the_solver(here):
    """With its reason; and nothing has changed."""
    here.run("create", "-n", "sqlproj", "pyodbc")
    said = here.run("install", "-n", "sqlproj", "pandas=0.15.0")
    assert said.status == 1
    assert "python <3.5, for which no candidates were found" in said.stderr
    assert "pandas" not in versions(here, "sqlproj")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["install", "-n", "pyodbc", "pandas"], "EnvironmentLocationNotFound: Not a conda environment"),
        (["create", "-n", "new", "pandas==2"], "PackagesNotFoundError"),
        (["create", "-n", "new", "snowtools"], "  - snowtools"),
        (["create", "-n", "new", "python", "icecore", "polartools=2"], "LibMambaUnsatisfiableError"),
        (["create", "pandas"], "one of the arguments -n/--name -p/--prefix is required"),
        (["create", "-n", "a/b", "pandas"], "'a/b' is no name of an environment"),
        (["install", "-n", "base"], "too few arguments"),
        (["create", "-n", "new", "pandas=>2"], "InvalidMatchSpec"),
        (["remove", "-n", "base", "--all"], "cannot remove root environment"),
        (["remove", "-n", "base", "pandas"], "missing from the target environment"),
        (["env", "create", "-f", "nowhere.yml"], "EnvironmentFileNotFound"),
        (["activate", "base"], "Run 'conda init' before 'conda activate'"),
        (["shell.posix", "activate", "nowhere"], "EnvironmentNameNotFound"),
        (["search", "snowtools"], "PackagesNotFoundError"),
        (["melt"], "invalid choice: 'melt'"),
    ],
)
def test_what_cannot_be_done_is_said(here, words, complaint):
    """Status 1, the complaint on standard error, no traceback and no environment."""
    said = here.run(*words, variables={})
    assert (said.status, said.stdout) == (1, "")
    assert complaint in said.stderr
    assert [name for name, _ in here.environments()] == ["base"]


def test_one_equals_sign_is_fuzzy_and_two_are_exact(here):
    """The newest 2, and the very 2.2.3."""
    here.run("create", "-n", "a", "python", "pandas=2")
    here.run("create", "-n", "b", "python", "pandas==2.2.3")
    assert (versions(here, "a")["pandas"], versions(here, "b")["pandas"]) == ("2.3.3", "2.2.3")


def test_earlier_wishes_stay_in_force(here):
    """What was asked for once holds for later requests; what was taken back does not."""
    here.run("create", "-n", "a", "python", "polartools<2")
    assert here.run("install", "-n", "a", "icecore").status == 0
    assert here.run("install", "-n", "a", "polartools=2").status == 1
    assert here.run("remove", "-n", "a", "icecore").status == 0
    assert here.run("install", "-n", "a", "polartools=2").status == 0
    assert versions(here, "a") == {"python": recipes.HOST, "polartools": "2.0"}
    assert environment.asked(here.prefix("a")) == ["python", "polartools=2"]


def test_a_dry_run_changes_nothing(here):
    """It shows the plan."""
    said = here.run("create", "-n", "a", "--dry-run", "icecore")
    assert "DryRunExit" in said.stdout and "icecore-1.5" in said.stdout
    assert not here.prefix("a").exists()


def test_an_export_makes_the_same_environment_again(here, tmp_path):
    """All of it, with builds; its name is in the file, and clashes where there is one already."""
    here.run("create", "-n", "a", "pyodbc", "pandas=2")
    file = str(tmp_path / "env.yml")
    assert here.run("env", "export", "-n", "a", "--file", file).status == 0
    assert "prefix already exists" in here.run("env", "create", "-f", file).stderr
    assert here.run("env", "create", "-f", file, "-n", "b").status == 0
    assert versions(here, "b") == versions(here, "a")


def test_the_flavours_of_an_export(here):
    """Without builds; and only what was asked for."""
    here.run("create", "-n", "a", "pyodbc=5.2.0")
    lines = export.export("a", here.prefix("a"), builds=False).splitlines()
    assert lines[:6] == [
        "name: a",
        "channels:",
        "  - course",
        "dependencies:",
        "  - pyodbc=5.2.0",
        f"  - python={recipes.HOST}",
    ]
    assert lines[-1].startswith("prefix: ")
    assert export.export("a", here.prefix("a"), asked_only=True).splitlines()[4:-1] == ["  - pyodbc=5.2.0"]


def test_what_is_not_an_environment_file_is_refused(tmp_path):
    """In one sentence."""
    for text in ("- a list", "name: a\n", "a: [", ""):
        (tmp_path / "env.yml").write_text(text)
        with pytest.raises(conda.CondaError, match="EnvironmentFile"):
            export.read(tmp_path / "env.yml")


def test_platforms_differ_in_what_they_need(here):
    """unixODBC is for those that have no driver manager of their own."""
    found = {
        platform: {record.name.normalized for record in environment.solved(here.channel, ["pyodbc"], platform)}
        for platform in recipes.PLATFORMS
    }
    assert {platform: "unixodbc" in names for platform, names in found.items()} == {
        "linux-64": True,
        "osx-arm64": True,
        "win-64": False,
    }


def test_a_channel_of_ones_own(tmp_path):
    """Any recipe becomes a package that can be solved for."""
    made = channel.build(tmp_path / "mine", [Recipe("frost", "1.0", ("rime >=2",)), Recipe("rime", "2.1")])
    records = environment.solved(made, ["frost"], environment.platform())
    assert [record.name.normalized for record in records] == ["frost", "rime"]


# The command, in a shell


def typed(here, *lines, **variables):
    """What bash writes when these lines are typed into it."""
    around = {"PATH": os.pathsep.join([str(here.bin), "/usr/bin", "/bin"]), "HOME": str(here.root), **variables}
    script = "\n".join(['eval "$(conda shell.bash hook)"', *lines])
    return subprocess.run(["bash", "-c", script], env=around, capture_output=True, text=True)


def test_activating_changes_this_shell_alone(here):
    """PATH and a few variables; deactivating takes them back."""
    here.run("create", "-n", "a", "python")
    done = typed(
        here,
        "before=$PATH; conda activate a; command -v python; echo $CONDA_DEFAULT_ENV $CONDA_SHLVL",
        'bash -c "command -v conda"',
        'conda deactivate; test "$PATH" = "$before" && echo "as before" ${CONDA_PREFIX-unset} $CONDA_SHLVL',
    )
    assert done.stdout.splitlines() == [
        str(here.prefix("a") / "bin" / "python"),
        "a 1",
        str(here.command),
        "as before unset 0",
    ]


def test_activating_another_leaves_the_first(here):
    """And deactivating goes back to it."""
    for name in "ab":
        here.run("create", "-n", name, "python")
    lines = ["conda activate a", "conda activate b", "echo $CONDA_DEFAULT_ENV; echo $PATH | tr : '\\n' | grep -c envs"]
    done = typed(
        here, *lines, "conda deactivate; echo $CONDA_DEFAULT_ENV", "conda deactivate; echo ${CONDA_PREFIX-none}"
    )
    assert done.stdout.split() == ["b", "1", "a", "none"]


def test_install_works_on_the_active_environment_or_base(here):
    """As the real one does."""
    here.run("create", "-n", "a", "python")
    typed(here, "conda activate a", "conda install polartools=1.0", "conda deactivate", "conda install polartools=1.1")
    assert (versions(here, "a")["polartools"], versions(here, "base")["polartools"]) == ("1.0", "1.1")


def test_run_passes_on_what_a_program_says(here):
    """Both streams and the status; and a json.py in the current folder is not run by conda itself."""
    here.run("create", "-n", "a", "python")
    (here.root / "json.py").write_text("raise SystemExit('shadow')")
    code = "import sys; print(sys.prefix); sys.exit('no such site')"
    done = typed(here, f"cd {str(here.root)!r}", f'conda run -n a python -I -c "{code}"')
    assert (done.returncode, done.stdout, done.stderr) == (1, f"{here.prefix('a')}\n", "no such site\n")


def test_the_command_is_refused_outside_of_an_installation(monkeypatch, capsys):
    """`course conda` does not guess which one is meant."""
    monkeypatch.delenv(ROOT, raising=False)
    assert (main(["conda", "list"]), ROOT in capsys.readouterr().err) == (2, True)


def test_variables_of_a_program_in_an_environment():
    """PATH begins with it; the rest stays."""
    around = shell.within(Path("/c/envs/a"), "a", {"PATH": "/usr/bin", "X": "1"})
    assert around == {"PATH": "/c/envs/a/bin:/usr/bin", "X": "1", "CONDA_PREFIX": "/c/envs/a", "CONDA_DEFAULT_ENV": "a"}


def test_the_command_always_comes_to_a_clean_end(here):
    """However soon after a solve: py-rattler's threads may outlive it, and have broken such commands now and then."""
    done = [typed(here, "conda create -n a --dry-run snowtools; conda info --base | head -c 1") for _ in range(8)]
    assert {(one.returncode, "Fatal" in one.stderr, "fault" in one.stderr, one.stdout) for one in done} == {
        (0, False, False, "/")
    }


# The learner's own


def test_the_learners_own_conda_is_used_where_there_is_one(here, tmp_path, monkeypatch):
    """It is told where environments and packages are. (No real conda can be had here: a program notes the call.)"""
    own = tmp_path / "bin" / "mamba"
    own.parent.mkdir()
    own.write_text('#!/bin/sh\n[ "$1" = shell.bash ] && exit\necho "mine: $* $(grep envs_dirs "$CONDARC")"\n')
    own.chmod(0o755)
    monkeypatch.setenv("PATH", f"{own.parent}:{os.environ['PATH']}")
    monkeypatch.delenv(real.CHOICE, raising=False)
    assert real.program() == own
    terminal = real.terminal(here, tmp_path / "home")
    assert terminal("conda info --envs").text == f"mine: info --envs envs_dirs: [{here.envs}]\n"
    terminal.close()
    monkeypatch.setenv(real.CHOICE, real.OWN)
    assert real.program() is None


def test_a_terminal_has_the_courses_conda_otherwise(here, tmp_path, monkeypatch):
    """`conda activate` works in it."""
    monkeypatch.setenv(real.CHOICE, real.OWN)
    terminal = real.terminal(here, tmp_path / "home")
    assert terminal("conda activate base && echo $CONDA_DEFAULT_ENV").text == "base\n"
    terminal.close()


# Other platforms


def test_another_platform_can_be_planned_for_and_not_installed(here):
    """CONDA_SUBDIR names it, as for the real one: Windows needs no unixodbc."""
    other = "win-64"
    for words, told in ((["--dry-run"], (0, False)), ([], (1, False))):
        said = here.run("create", "-n", "a", "pyodbc", *words, variables={"CONDA_SUBDIR": other})
        assert (said.status, "unixodbc" in said.stdout) == told
    assert ("win-64" in said.stderr, "--dry-run" in said.stderr, here.prefix("a").exists()) == (True, True, False)
    said = here.run("create", "-n", "a", "pyodbc", "--dry-run", variables={"CONDA_SUBDIR": "osx-arm64"})
    assert "osx-arm64::unixodbc" in " ".join(said.stdout.split())
