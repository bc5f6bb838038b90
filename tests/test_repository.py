"""A repository is read as it is, and nothing that it says is obeyed: no program of it runs, no link is followed."""

import hashlib
import os
import struct
import subprocess
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.git import git
from course.history import FIRST, FIXED, History, folder
from course.repository import RepositoryError, read

WHO = {f"GIT_{role}_{what}": f"{what}@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@pytest.fixture(autouse=True)
def apart(monkeypatch, tmp_path):
    """git with nobody's settings."""
    variables = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CEILING_DIRECTORIES": str(tmp_path)}
    for name, value in (WHO | variables).items():
        monkeypatch.setenv(name, value)


def past() -> History:
    """Two commits, a side branch, and a merge."""
    history = History()
    first = history.commit("Add fibo", {"fibo.py": FIRST, "data/a b.txt": "1\n"})
    fixed = history.commit("Mend fibo\n\nAt last.", {"fibo.py": FIXED, "data/a b.txt": "1\n"})
    side = history.commit("Add Åsa", {"fibo.py": FIRST, "data/Åsa.txt": "2\n"}, parents=[first])
    history.commit("Merge", {"fibo.py": FIXED, "data/Åsa.txt": "2\n"}, parents=[fixed, side])
    history.tag("light", first)
    history.tag("heavy", fixed, "a tag with a message")
    history.remote("origin/main", fixed)
    return history


# What is there


def test_commits_refs_and_files_are_as_git_has_them():
    """Asked of git itself, once, the same repository says the same."""
    repo = past().write()
    found = read(repo)
    assert found.tip == git(repo, "rev-parse", "HEAD")
    assert found.refs == dict(reversed(line.split(" ")) for line in git(repo, "show-ref").splitlines())
    assert list(found.history()) == git(repo, "log", "--topo-order", "--format=%H").splitlines()
    for id, commit in found.history().items():
        assert git(repo, "show", "-s", "--format=%T|%P|%an|%ae|%cn|%ce|%ct|%s", id).split("|") == [
            commit.tree,
            " ".join(commit.parents),
            *commit.author,
            *commit.committer,
            str(commit.date),
            commit.subject,
        ]
        for path, content in found.files(id).items():
            assert git(repo, "show", f"{id}:{path}", text=False) == content
    assert git(repo, "fsck", "--strict") == ""


def test_a_repository_reads_the_same_packed_and_loose():
    """`git gc` moves objects and refs elsewhere, and changes nothing."""
    repo = past().write()
    before = read(repo)
    git(repo, "gc")
    after = read(repo)
    assert not list((repo / ".git" / "refs" / "heads").iterdir())
    assert (after.everything, after.refs, after.index) == (before.everything, before.refs, before.index)
    assert [after.files(id) for id in after.everything] == [before.files(id) for id in before.everything]


@pytest.mark.parametrize("version", [2, 3, 4])
def test_the_index_is_what_would_be_committed(version):
    """In each of its formats; what is only announced (`add -N`) is not in it."""
    repo = past().write(staged={"a/b/c.py": "1\n", "a/b/d.py": "2\n", "é.txt": "3\n"})
    (repo / "later.py").write_text("later")
    git(repo, "add", "-N", "later.py")
    git(repo, "update-index", f"--index-version={version}")
    tree = git(repo, "write-tree")
    listed = git(repo, "ls-tree", "-r", "-z", tree).split("\0")
    assert read(repo).index == {line.split("\t")[1]: line.split()[2] for line in listed if line}


def test_a_conflict_is_named():
    """A merge that has stopped: its state, the path, and the working copy with the markers."""
    history = History()
    first = history.commit("Begin", {"fibo.py": "one\n"})
    ours = history.commit("Ours", {"fibo.py": "two\n"})
    history.branch("side", history.commit("Theirs", {"fibo.py": "three\n"}, parents=[first]))
    history.branch("main", ours)
    repo = history.write()
    subprocess.run(["git", "merge", "side"], cwd=repo, capture_output=True, check=False)
    found = read(repo)
    assert (found.state, found.conflicts) == ("merge", {"fibo.py"})
    assert b"<<<<<<<" in found.working["fibo.py"]


def test_heads_of_every_kind():
    """Detached, unborn, and in a bare repository."""
    repo = past().write()
    git(repo, "checkout", "-q", "HEAD~1")
    found = read(repo)
    assert (found.attached, found.tip) == (False, found.refs["refs/remotes/origin/main"])
    unborn = read(History().write(on="trunk"))
    assert (unborn.head, unborn.attached, unborn.tip, unborn.history(), unborn.everything) == (
        "trunk",
        True,
        "",
        {},
        {},
    )
    bare = read(past().write(bare=True))
    assert (len(bare.history()), bare.working, bare.index) == (4, {}, {})


def test_reading_goes_through_tags_with_a_message():
    """Such a tag leads to its commit."""
    found = read(past().write())
    assert found.commit(found.refs["refs/tags/heavy"]).id == found.refs["refs/remotes/origin/main"]


PATTERNS = st.lists(
    st.sampled_from(
        [
            "*.db",
            "/data ",
            "data/*.db",
            "\\#x",
            "/data",
            "data/",
            "data/*",
            "!data/a.db",
            "**/a.db",
            "data/**",
            ".env",
            "*",
            "!.env",
            "# x",
            "",
            "a?b",
            "src",
        ]
    ),
    max_size=4,
)


@settings(max_examples=25, deadline=None)
@given(PATTERNS, PATTERNS)
def test_rules_hide_what_git_hides(top, inner):
    """Those of the top folder and those of a folder below, later lines before earlier ones, folders before files."""
    rules = {".gitignore": "\n".join(top), "data/.gitignore": "\n".join(inner)}
    history = History()
    history.commit("Rules", rules)
    repo = history.write()
    paths = [
        "a.db",
        "data/a.db",
        "data/x",
        "src/data/a.db",
        ".env",
        "data/.env",
        "src/a.py",
        "axb",
        "#x",
        "data/deep/a.db",
    ]
    found = read(repo)
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=repo,
        input="\n".join(paths),
        capture_output=True,
        text=True,
    )
    hidden = [path for path in paths if found.ignores(found.tip, path)]
    assert hidden == done.stdout.splitlines()


# What it says is not obeyed


@pytest.fixture
def trap(tmp_path):
    """A program that leaves a trace when it runs, and the trace."""
    trace, program = tmp_path / "trace", tmp_path / "trap"
    program.write_text(f"#!/bin/sh\necho ran >> {trace}\n")
    program.chmod(0o755)
    return program, trace


# What a repository's settings may be → by which command of git they run a program.
SETTINGS = {
    "a file system monitor": ("[core]\n\tfsmonitor = {trap}\n", "status"),
    "a file system monitor of an included file": ("[include]\n\tpath = ../settings\n", "status"),
    "one of a file included here": ('[includeIf "gitdir:**"]\n\tpath = ../settings\n', "status"),
    "one of a working copy": ("[extensions]\n\tworktreeConfig = true\n", "status"),
    "a filter on the way in": ('[filter "x"]\n\tclean = {trap}\n', "add ."),
    "a filter on the way out": ('[filter "x"]\n\tsmudge = {trap}\n', "checkout -f"),
    "a filter that stays": ('[filter "x"]\n\tprocess = {trap}\n', "add ."),
    "an external diff": ("[diff]\n\texternal = {trap}\n", "diff"),
    "an external diff of some files": ('[diff "x"]\n\tcommand = {trap}\n', "diff"),
    "a text conversion": ('[diff "x"]\n\ttextconv = {trap}\n', "log -p"),
    "a hook before a commit": ("", "commit --all -m Change"),
    "a hook after a checkout": ("", "checkout -q -f"),
    "a hook about the index": ("", "add fibo.py"),
    "hooks elsewhere": ("[core]\n\thooksPath = hooks\n", "checkout -q -f"),
    "an editor": ("[core]\n\teditor = {trap}\n", "commit --amend --no-verify"),
    "a signature": ("[gpg]\n\tprogram = {trap}\n[log]\n\tshowSignature = true\n", "log"),
    "a merge driver": ('[merge "x"]\n\tdriver = {trap}\n', "cherry-pick clash"),
    "another name for a command": ("[alias]\n\tst = !{trap}\n", "st"),
    "a way to a remote": ('[remote "origin"]\n\turl = x:y\n[core]\n\tsshCommand = {trap}\n', "fetch origin"),
}


def trapped(kind: str, program: Path) -> Path:
    """A repository with these settings; attributes, hooks, a signed commit and a clash for them to work on."""
    history = past()
    tip = next(reversed(history.snapshots))
    first = next(iter(history.snapshots))
    history.branch("main", tip)
    history.branch("clash", history.commit("Clash", {"fibo.py": "clash\n", ".gitattributes": "x"}, parents=[first]))
    repo = history.write(settings=SETTINGS[kind][0].format(trap=program))
    signed = git(repo, "cat-file", "commit", "HEAD", text=False).replace(b"\n\n", SIGNATURE, 1)
    id = git(repo, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed)
    (repo / ".git" / "refs" / "heads" / "main").write_text(f"{id}\n")
    attributes = "* filter=x diff=x merge=x\n"
    (repo / ".gitattributes").write_text(attributes)
    (repo / ".git" / "info" / "attributes").write_text(attributes)
    monitor = f"[core]\n\tfsmonitor = {program}\n"
    (repo / "settings").write_text(monitor)
    (repo / ".git" / "config.worktree").write_text(monitor)
    places = [repo / "hooks"] if "elsewhere" in kind else [repo / ".git" / "hooks"] if "hook" in kind else []
    for place in places:
        place.mkdir(exist_ok=True)
        for hook in ("post-checkout", "post-index-change", "pre-commit"):
            (place / hook).symlink_to(program)
    if kind != "a merge driver":
        (repo / "fibo.py").write_text("changed\n")
    return repo


SIGNATURE = b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n\n"


@pytest.mark.parametrize("kind", SETTINGS)
def test_no_program_of_a_repository_runs(kind, trap):
    """Whatever its settings, attributes and hooks name; git itself, in such a repository, runs it."""
    program, trace = trap
    repo = trapped(kind, program)
    found = read(repo)
    assert len(found.history()) == 4
    assert [found.files(id) for id in found.history()]
    assert found.everything.keys() > found.history().keys()
    assert found.lost
    assert not found.ignores(found.tip, "fibo.py")
    assert not trace.exists()
    subprocess.run(["git", *SETTINGS[kind][1].split()], cwd=repo, capture_output=True, check=False, timeout=60)
    assert trace.exists()


def test_links_are_not_followed(tmp_path):
    """Neither to objects, nor to refs, nor to folders, nor in the working copy; nor is a pipe waited for."""
    secret = past().write(tmp_path / "secret")
    repo = History().write()
    for name in ("objects", "refs"):
        inside = repo / ".git" / name
        subprocess.run(["rm", "-r", inside], check=True)
        inside.symlink_to(secret / ".git" / name)
    assert len(git(repo, "log", "--format=%H").splitlines()) == 4  # git follows them
    (repo / "passwd").symlink_to("/etc/passwd")
    (repo / "folder").symlink_to(secret)
    os.mkfifo(repo / "pipe")
    found = read(repo)
    assert (found.refs, found.everything, found.working) == ({}, {}, {})


@pytest.mark.parametrize("name", ["index", "packed-refs", "config"])
def test_a_part_that_is_a_link_is_not_there(name):
    """What the link leads to is not read: a repository of others, or any file of the machine."""
    other, repo = past().write(), past().write()
    git(other, "switch", "-q", "-c", "theirs")
    git(other, "add", "-N", ".")
    git(other, "config", "a.theirs", "1")
    git(other, "pack-refs", "--all")
    (repo / ".git" / name).unlink(missing_ok=True)
    (repo / ".git" / name).symlink_to(other / ".git" / name)
    assert "theirs" in git(repo, *SEEN[name])  # git follows it
    found = read(repo)
    assert (name == "index") == (found.index == {})
    assert "refs/heads/theirs" not in found.refs
    assert "theirs" not in found.settings


SEEN = {
    "index": ["ls-files", "--format=theirs"],
    "packed-refs": ["show-ref"],
    "config": ["config", "--get-regexp", "theirs"],
}


def test_a_repository_that_is_elsewhere_is_none(tmp_path):
    """A `.git` that is a link, or a file that points to another folder, both of which git follows."""
    other = past().write()
    for number, made in enumerate(
        (lambda place: place.symlink_to(other / ".git"), lambda place: place.write_text(f"gitdir: {other}/.git\n"))
    ):
        place = tmp_path / str(number)
        place.mkdir()
        made(place / ".git")
        assert git(place, "rev-parse", "HEAD") == read(other).tip
        with pytest.raises(RepositoryError, match="lies elsewhere"):
            read(place)
    (tmp_path / "link").symlink_to(other)
    with pytest.raises(RepositoryError, match="no repository"):
        read(tmp_path / "link")


def test_objects_of_others_are_not_borrowed():
    """Alternates name a folder of objects anywhere on the machine."""
    other = past().write()
    repo = History().write()
    (repo / ".git" / "objects" / "info" / "alternates").write_text(f"{other}/.git/objects\n")
    (repo / ".git" / "refs" / "heads" / "main").write_text(f"{read(other).tip}\n")
    assert len(git(repo, "log", "--format=%H").splitlines()) == 4  # git borrows them
    with pytest.raises(RepositoryError, match="no such object"):
        read(repo).history()


def test_what_is_common_to_others_is_not_taken():
    """`commondir` names another repository, of which git takes refs and objects; and `core.worktree` another folder."""
    other, repo = past().write(working={"theirs": "1\n"}), History().write(working={"mine": "1\n"})
    (repo / ".git" / "commondir").write_text(f"{other}/.git\n")
    assert git(repo, "rev-parse", "HEAD") == read(other).tip  # git takes it
    assert (read(repo).refs, read(repo).everything) == ({}, {})
    repo = History().write(working={"mine": "1\n"}, settings=f"[core]\n\tworktree = {other}\n")
    assert "theirs" in git(repo, "ls-files", "--others")
    assert read(repo).working == {"mine": b"1\n"}


def test_nothing_stands_in_for_a_commit():
    """Replacements and grafts show another history to git; here they show nothing."""
    repo = past().write()
    before = read(repo).history()
    first = list(before)[-1]
    git(repo, "replace", "--graft", "HEAD")
    assert len(git(repo, "log", "--format=%H").splitlines()) == 1
    (repo / ".git" / "info").mkdir(exist_ok=True)
    (repo / ".git" / "info" / "grafts").write_text(f"{read(repo).tip} {first}\n")
    assert read(repo).history() == before


def test_an_object_under_a_false_id_is_none():
    """What lies under the id of a commit must be that commit."""
    repo = past().write()
    found = read(repo)
    second, *_, first = found.history()
    places = [repo / ".git" / "objects" / id[:2] / id[2:] for id in (first, second)]
    places[0].write_bytes(places[1].read_bytes())
    with pytest.raises(RepositoryError, match="no such object"):
        read(repo).history()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index", b"DIRC\0\0\0\2\xff\xff\xff\xff"),
        ("index", b"nonsense"),
        ("HEAD", b"\xff\xfe"),
        ("packed-refs", b"one two three"),
        ("objects/pack/pack-1.pack", b"PACK\0\0\0\2\0\0\0\1\xff"),
    ],
)
def test_damage_is_named(name, content):
    """A damaged repository is a RepositoryError, and no other one."""
    repo = past().write()
    (repo / ".git" / name).write_bytes(content)
    with pytest.raises(RepositoryError):
        read(repo).history()


def test_damaged_objects_are_missing():
    """A loose object that is no object is none: whoever asks for it is told so."""
    repo = past().write()
    for content in (b"", b"nonsense", b"x\x9c"):
        tip = read(repo).tip
        (repo / ".git" / "objects" / tip[:2] / tip[2:]).write_bytes(content)
        with pytest.raises(RepositoryError, match="no such object"):
            read(repo).history()


def test_another_format_is_named(tmp_path):
    """Objects under longer names are no damage; and a setting that asks for what is usual asks for nothing."""
    repo = tmp_path / "long"
    git(tmp_path, "init", "--object-format=sha256", repo)
    (repo / "fibo.py").write_text(FIRST)
    git(repo, "add", "fibo.py")
    with pytest.raises(RepositoryError, match="a format that is not read here: sha256"):
        read(repo)
    usual = past().write(settings="[extensions]\n\tobjectFormat = sha1\n\trefStorage = files\n")
    assert len(read(usual).history()) == 4
    (usual / ".git" / "config").write_text("[extensions]\n\trefStorage = reftable\n")
    with pytest.raises(RepositoryError, match="not read here: reftable"):
        read(usual)


def test_a_folder_without_a_repository_is_named():
    """An empty one, one with files, and one that is not there."""
    for place in (folder(), folder({"fibo.py": FIRST}), Path("not there")):
        with pytest.raises(RepositoryError, match="there is no repository"):
            read(place)


def test_reading_has_an_end(monkeypatch):
    """A folder beyond the bounds is refused, not read to its end."""
    monkeypatch.setattr("course.dotgit.MAX_BYTES", 10_000)
    repo = past().write(working={"large": b"x" * 20_000})
    with pytest.raises(RepositoryError, match="more than is read"):
        read(repo)


def test_trees_within_trees_have_an_end():
    """A few objects can describe more files than there is memory for."""
    history = History()
    history.commit("Begin", {"a": "1\n"})
    repo = history.write()
    tree = git(repo, "mktree", stdin=f"100644 blob {git(repo, 'rev-parse', 'HEAD:a')}\ta\n")
    for _ in range(20):
        tree = git(repo, "mktree", stdin="".join(f"040000 tree {tree}\t{name}\n" for name in "abcdefgh"))
    commit = git(repo, "commit-tree", "-m", "A bomb", tree)
    with pytest.raises(RepositoryError, match="more than"):
        read(repo).blobs(commit)

    nothing = git(repo, "mktree")
    for _ in range(20):
        nothing = git(repo, "mktree", stdin="".join(f"040000 tree {nothing}\t{name}\n" for name in "abcdefgh"))
    commit = git(repo, "commit-tree", "-m", "A bomb of folders alone", nothing)
    with pytest.raises(RepositoryError, match="more than"):
        read(repo).blobs(commit)


# A little that becomes much

MB = 10**6
BASE = b"\0" * 0x10000


def entry(kind: int, content: bytes, *, size: int | None = None, before: bytes = b"") -> bytes:
    """An object as it lies in a pack: its kind (3 blob, 7 delta), its size, what its base is, its content."""
    size = len(content) if size is None else size
    head, size = [kind << 4 | size & 15], size >> 4
    while size:
        head[-1] |= 128
        head.append(size & 127)
        size >>= 7
    return bytes(head) + before + zlib.compress(content, 1)


def varying(number: int) -> bytes:
    """A number as a delta writes it."""
    found = b""
    while number > 127:
        found += bytes([number & 127 | 128])
        number >>= 7
    return found + bytes([number])


def copying(times: int, end: bytes = b"") -> bytes:
    """A delta of BASE: so many times the whole of it, and an end. A copy of 64 kB takes one byte."""
    more = bytes([len(end)]) + end if end else b""
    delta = varying(len(BASE)) + varying(times * len(BASE) + len(end)) + b"\x80" * times + more
    return entry(7, delta, before=hashlib.sha1(b"blob %d\0" % len(BASE) + BASE).digest())


def packed(repo: Path, *entries: bytes) -> Path:
    """Put a pack of these objects into a repository. Returns its path."""
    content = b"PACK" + struct.pack(">LL", 2, len(entries)) + b"".join(entries)
    place = repo / ".git" / "objects" / "pack" / "pack-bomb.pack"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content + hashlib.sha1(content).digest())
    return place


def refused(repo: Path, why: str) -> None:
    """That the repository is refused with these words, and that little memory was needed to say so."""
    tracemalloc.start()
    try:
        with pytest.raises(RepositoryError, match=why):
            read(repo)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100 * MB


# What a pack holds → with which words it is refused. Of each, at most half a megabyte becomes a hundred and more.
BOMBS = {
    "one object": ([entry(3, bytes(100 * MB))], "an object of the repository holds more than 16 MB"),
    "one delta": ([entry(3, BASE), copying(1600)], "an object of the repository holds more than 16 MB"),
    "many objects": ([entry(3, bytes(15 * MB) + bytes([n])) for n in range(6)], "the objects of the repository hold"),
    "many deltas": ([entry(3, BASE), *(copying(200, b"%d" % n) for n in range(8))], "the objects of the repository"),
    "many small ones": ([entry(3, b"%d" % n) for n in range(20_001)], "the objects of the repository hold"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_pack_that_becomes_large_is_refused(kind):
    """git takes each of these packs as right, and unpacks it; here it ends in a sentence, before the memory is used."""
    entries, why = BOMBS[kind]
    repo = past().write()
    place = packed(repo, *entries)
    assert place.stat().st_size < MB
    git(repo, "index-pack", place)
    refused(repo, why)


def test_a_pack_that_says_less_than_it_holds_is_damaged():
    """The size that stands before an object is all that is inflated of it."""
    repo = past().write()
    packed(repo, entry(3, bytes(100 * MB), size=1000))
    refused(repo, "damaged")


@pytest.mark.parametrize(
    "content",
    [
        b"\xbf" + b"\x80" * 10**6,
        b"\x6f" + b"\x80" * 10**6,
        entry(7, b"\x80" * 10**6, before=b"x" * 20),
    ],
    ids=["of an object", "of the way to its base", "of a base"],
)
def test_a_size_without_an_end_is_damage(content):
    """A number of a million digits is not calculated."""
    repo = past().write()
    packed(repo, content)
    refused(repo, "damaged")


def test_loose_objects_that_become_large_are_refused():
    """One by one, and all together."""
    repo = past().write()
    for number in range(8):
        body = b"blob %d\0" % (15 * MB) + bytes(15 * MB - 2) + b"%02d" % number
        id = hashlib.sha1(body).hexdigest()
        place = repo / ".git" / "objects" / id[:2] / id[2:]
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(zlib.compress(body, 1))
    refused(repo, "the objects of the repository hold more than 64 MB")
    place.write_bytes(zlib.compress(b"blob %d\0" % (100 * MB) + bytes(100 * MB)))
    for other in place.parent.parent.glob("??/*"):
        if other != place:
            other.unlink()
    refused(repo, "an object of the repository holds more than 16 MB")


def test_a_file_under_many_names_is_counted_each_time():
    """A commit can name one object as often as it likes: what it holds then is refused, the rest is read."""
    repo = past().write()
    blob = git(repo, "hash-object", "-w", "--stdin", stdin=bytes(15 * MB))
    tree = git(repo, "mktree", stdin="".join(f"100644 blob {blob}\t{n}\n" for n in range(10)))
    commit = git(repo, "commit-tree", "-m", "Ten names", tree)
    git(repo, "gc", "--prune=never")
    found = read(repo)
    assert set(found.blobs(commit).values()) == {blob}
    assert found.content(blob) is found.content(blob)
    with pytest.raises(RepositoryError, match="hold more than 64 MB"):
        found.files(commit)


def test_an_index_that_becomes_large_is_refused():
    """In its fourth format each path begins like the one before; and a path has an end."""
    repo = past().write()
    fixed = bytes(40) + b"x" * 20 + struct.pack(">H", 0)
    entries = [fixed + b"\0" + b"a" * 4000 + b"\0"] * 6000
    places = {
        "names more": b"DIRC" + struct.pack(">LL", 4, 6000) + entries[0] + (fixed + b"\0aaaa\0") * 5999,
        "has no end": b"DIRC" + struct.pack(">LL", 4, 1) + fixed + b"\0" + b"a" * MB + b"\0",
        "larger than": b"DIRC" + struct.pack(">LL", 4, 6000) + b"".join(entries),
    }
    for why, content in places.items():
        (repo / ".git" / "index").write_bytes(content + hashlib.sha1(content).digest())
        refused(repo, why)
