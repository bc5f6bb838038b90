"""What is mounted where, and by which other names."""

import subprocess
import sys
from pathlib import Path

from autograder.sandbox import bubblewrap, mounts

ROOT = Path(__file__).parents[1]


def test_the_root_and_proc_are_mounted():
    """Every process has them; each place is absolute."""
    known = mounts.mounts()
    assert {Path("/"), Path("/proc")} <= {mount.place for mount in known}
    assert all(mount.place.is_absolute() for mount in known)


def test_a_file_mounted_elsewhere_is_found_there(tmp_path):
    """A folder seen at three places, one of them with a blank in its name, and a file within it seen at a fourth."""
    for name in ("a", "b", "with blank", "unrelated"):
        (tmp_path / name / "deep").mkdir(parents=True)
    (tmp_path / "a/deep/file").touch()
    (tmp_path / "alone").touch()
    pairs = [("a", "b"), ("a/deep", "with blank/deep"), ("a/deep/file", "alone")]
    binds = [word for source, place in pairs for word in ("--bind", str(tmp_path / source), str(tmp_path / place))]
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from autograder.sandbox import mounts
here = Path({str(tmp_path)!r})
print([str(p.relative_to(here)) for p in mounts.aliases(here / "b/deep/file")])
print(sorted(str(p.relative_to(here)) for p in mounts.outermost(here)))
"""
    around = [str(bubblewrap.find()), "--dev-bind", "/", "/", *binds]
    said = subprocess.run([*around, sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [
        "['a/deep/file', 'alone', 'b/deep/file', 'with blank/deep/file']",
        "['alone', 'b', 'with blank/deep']",
    ]
