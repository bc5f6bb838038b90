"""A submitted folder is a stranger's: only regular files with plain names are read, and what is refused is named."""

import os
import socket

import pytest

from autograder.intake import Bounds, links, printable, take


def test_plain_files_are_read(tmp_path):
    """Notebooks, data and files in folders come with their content; what Jupyter and nbgrader leave does not."""
    (tmp_path / "hw.ipynb").write_bytes(b"{}")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_bytes(b"1,2\n")
    (tmp_path / "data" / "b.ipynb").write_bytes(b"{}")
    (tmp_path / "timestamp.txt").write_bytes(b"2026-01-01")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "hw-checkpoint.ipynb").write_bytes(b"{}")
    taken = take(tmp_path)
    assert taken.files == {"data/a.csv": b"1,2\n", "data/b.ipynb": b"{}", "hw.ipynb": b"{}"}
    assert taken.notebooks == {"hw": b"{}"}
    assert taken.refused == ()


def test_links_are_refused_and_named(tmp_path):
    """A link to a file, to a folder and to nowhere, and a hard place like a socket: none is read."""
    secret = tmp_path / "gradebook.db"
    secret.write_text("secret")
    folder = tmp_path / "submitted"
    folder.mkdir()
    (folder / "data.txt").symlink_to(secret)
    (folder / "hw.ipynb").symlink_to("nowhere")
    (folder / "all").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    here = socket.socket(socket.AF_UNIX)
    here.bind(str(folder / "sock"))
    here.close()
    taken = take(folder)
    assert taken.files == {}
    assert taken.refused == (
        "all: is a link, and links are not followed",
        "data.txt: is a link, and links are not followed",
        "hw.ipynb: is a link, and links are not followed",
        "pipe: is no regular file",
        "sock: is no regular file",
    )
    assert [path.name for path in links(folder)] == ["all", "data.txt", "hw.ipynb", "pipe", "sock"]


def test_a_folder_that_is_a_link_is_not_opened(tmp_path):
    """The submission's own folder may not be a link either."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    with pytest.raises(OSError):
        take(tmp_path / "link")


def test_sizes_are_bounded_and_the_rest_is_read(tmp_path):
    """A file, the sum, and the number of files have bounds; what fits is read all the same."""
    (tmp_path / "a-large").write_bytes(b"x" * 1001)
    for name in "bcdef":
        (tmp_path / name).write_bytes(b"x" * 400)
    taken = take(tmp_path, Bounds(file_size=1000, total_size=1300))
    assert list(taken.files) == ["b", "c", "d"]
    assert taken.refused == (
        "a-large: is larger than 0 MB",
        "e: with it the submission is larger than 0 MB",
        "f: with it the submission is larger than 0 MB",
    )
    assert len(take(tmp_path, Bounds(files=2)).files) == 2


def test_deep_folders_are_not_entered(tmp_path):
    """Folders nested beyond the bound are named and left alone."""
    deep = tmp_path.joinpath(*["d"] * 20)
    deep.mkdir(parents=True)
    (deep / "x").write_text("")
    taken = take(tmp_path)
    assert (taken.files, len(taken.refused), "nested" in taken.refused[0]) == ({}, 1, True)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"x" * 200, "longer than 150 bytes"),
        (b"caf\xe9", "not UTF-8"),
        (b"a\x1b[2Jb", "control characters"),
        (b"two\nlines", "control characters"),
    ],
)
def test_odd_names_are_refused_and_shown_harmlessly(tmp_path, name, reason):
    """A name is data: never a pattern, never an order to a terminal."""
    (tmp_path / os.fsdecode(name)).touch()
    taken = take(tmp_path)
    assert (taken.files, len(taken.refused)) == ({}, 1)
    assert reason in taken.refused[0]
    assert taken.refused[0].isprintable()


def test_glob_characters_are_plain_characters(tmp_path):
    """`*.py` is a file of that name, and nothing else is read because of it."""
    (tmp_path / "*.py").write_bytes(b"star")
    (tmp_path / "[ab]").write_bytes(b"bracket")
    assert take(tmp_path).files == {"*.py": b"star", "[ab]": b"bracket"}


def test_names_that_differ_only_in_case_or_form_are_kept_apart(tmp_path):
    """The first counts; the second would overwrite it on another file system, and is refused."""
    for name in ("Data.csv", "data.csv", "é.csv", "e\u0301.csv"):
        (tmp_path / name).write_bytes(name.encode())
    taken = take(tmp_path)
    assert len(taken.files) == 2
    assert [line.split(": ")[1] for line in taken.refused] == [
        "there is a file already whose name differs only in case or in form"
    ] * 2


def test_a_file_without_the_right_to_read_is_named(tmp_path, monkeypatch):
    """A file that cannot be opened is refused like one that changed; the rest is read."""
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest, **more: real("/none" if path == "a" else path, *rest, **more))
    taken = take(tmp_path)
    assert (taken.files, taken.refused) == ({"b": b"b"}, ("a: changed while it was read",))


def test_printable_shortens():
    """Long names are shortened in messages, and nothing in them moves a cursor."""
    assert printable("a\x07b") == "a\\x07b"
    assert len(printable("x" * 500)) == 91
