"""An exported environment is solved, or not, as conda would on that platform; and a pin is told from a wish."""

import pytest

from autograder.cases import exports

TEXT = exports.exported(["python", "pandas=2.2.3", "pyodbc"], by_pip=["icecore==1.0"])


def without_builds(text):
    """The text with names and versions alone."""
    lines = [
        line.rpartition("=")[0] if line.startswith("  - ") and line.count("=") == 2 else line
        for line in text.splitlines()
    ]
    return "\n".join(lines)


def test_an_export_can_be_solved_where_it_was_made():
    """With its builds, and to the versions that it names."""
    assert exports.solved(TEXT, "linux-64")["pandas"] == "2.2.3"
    assert exports.by_pip(TEXT) == ["icecore==1.0"]


def test_builds_and_packages_of_one_platform_cannot_be_had_elsewhere():
    """The builds on neither of the others; then unixodbc on Windows; without it, all is well."""
    plain = without_builds(TEXT)
    for text, platform in ((TEXT, "osx-arm64"), (TEXT, "win-64"), (plain, "win-64")):
        with pytest.raises(exports.ExportError, match=f"on {platform}"):
            exports.solved(text, platform)
    bare = "\n".join(line for line in plain.splitlines() if "unixodbc" not in line)
    assert "unixodbc" in exports.solved(bare, "osx-arm64")
    assert "unixodbc" not in exports.solved(bare, "win-64")


@pytest.mark.parametrize(
    ("request_", "fixed"),
    [
        ("pandas=2.2.3", True),
        ("pandas==2.2.3", True),
        ("pandas", False),
        ("pandas>=2.2.3", False),
        ("pandas=2.2", False),
    ],
)
def test_a_pin_is_told_from_a_wish(request_, fixed):
    """One `=` and all numbers, or two."""
    found = exports.pinned(f"dependencies: ['{request_}']")["pandas"]
    assert exports.fixed(found, exports.pinned(TEXT)["pandas"]) is fixed


@pytest.mark.parametrize("text", [None, "dependencies", "dependencies: 3", ":\n- :-", "dependencies: ['= =']"])
def test_what_is_no_export_is_told_so(text):
    """By an error of its own, whatever came."""
    with pytest.raises(exports.ExportError):
        exports.pinned(text)
