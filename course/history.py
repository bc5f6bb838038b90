"""Repositories to practise on, written down commit by commit.

    history = History()
    first = history.commit("Add fibo", {"fibo.py": FIRST})
    history.commit("Let fibo(0) be 0", {"fibo.py": FIXED})
    repo = history.write()                      # a folder of your own, on branch main

The same description gives the same ids on every machine. No git is run to write it. Folders lie among the temporary
files and go when the process ends.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dulwich.index import IndexEntry, index_entry_from_stat, write_index_dict
from dulwich.objects import Blob, ShaFile, Tree
from dulwich.objects import Commit as CommitObject
from dulwich.objects import Tag as TagObject
from dulwich.pack import SHA1Writer

Files = Mapping[str, str | bytes]

# The file that the history is about, as the lesson of 2016 had it: first, and "fixed".
FIRST = """\
def fibo(x):
    if x < 3:
        return 1
    a,b,counter = 1,2,3
    while counter < x:
        a,b,counter = b,a+b,counter+1
    return(b)
"""
FIXED = """\
def fibo(x):
    '''
    fixed version!
    '''
    if x < 1:
        if x < 0:
            raise ValueError()
        else:
            return(0)
    if x < 3:
        return 1
    a,b,counter = 1,2,3
    while counter < x:
        a,b,counter = b,a+b,counter+1
    return(b)
"""
LEARNER = "Frank Pabodie <pabodie@example.org>"
BEGIN = 1793620800  # 2026-11-02 12:00 UTC
HOUR = 3600
SETTINGS = """\
[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = {bare}
\tlogallrefupdates = true
[user]
\tname = {name}
\temail = {email}
"""
_numbers = itertools.count(1)


def folder(files: Files | None = None, name: str = "work") -> Path:
    """A new folder of this name, nobody else's, which holds these files: path → content. It is no repository."""
    made = _temporary() / str(next(_numbers)) / name
    made.mkdir(parents=True)
    put(made, files or {})
    return made


def put(folder: Path, files: Files) -> None:
    """Write files into a folder, with the folders that they need."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_bytes(content))


@cache
def _temporary() -> Path:
    """Where all folders lie. Its path has no link in it: git names folders without."""
    made = Path(tempfile.mkdtemp(prefix="repositories-")).resolve()
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@dataclass(frozen=True)
class Snapshot:
    """A commit as it was described."""

    id: str
    message: str
    parents: tuple[str, ...]
    files: dict[str, bytes]
    date: int


class History:
    """Commits, each a full set of files, with the branches and tags that lead to them.

    `snapshots` holds what was described, id → Snapshot, in the order in which it was.
    """

    def __init__(self) -> None:
        self.snapshots: dict[str, Snapshot] = {}
        self._objects: dict[str, ShaFile] = {}
        self._refs: dict[str, str] = {}

    def commit(
        self,
        message: str,
        files: Files,
        *,
        parents: Sequence[str] | None = None,
        date: int | None = None,
        author: str = LEARNER,
    ) -> str:
        """Add a commit that holds exactly `files`, and return its id.

        Without `parents` it follows the commit described last; the first one has none. `date` is in seconds since
        1970; without it, a commit is an hour later than the one before it. An empty set of parents begins anew.
        """
        before = list(self.snapshots.values())[-1:]
        parents = tuple(each.id for each in before) if parents is None else tuple(parents)
        date = date if date is not None else (before[0].date + HOUR if before else BEGIN)
        content = {path: _bytes(text) for path, text in files.items()}
        made = CommitObject()
        made.tree = self._tree(content)
        made.parents = [parent.encode() for parent in parents]
        made.author = made.committer = author.encode()
        made.author_time = made.commit_time = date
        made.author_timezone = made.commit_timezone = 0
        made.message = message.encode() + b"\n"
        id = self._add(made)
        self.snapshots[id] = Snapshot(id, message, parents, content, date)
        return id

    def branch(self, name: str, commit: str) -> None:
        """Let a branch lead to a commit."""
        self._refs[f"refs/heads/{name}"] = commit

    def tag(self, name: str, commit: str, message: str = "") -> None:
        """Let a tag lead to a commit: with a message an annotated one."""
        if message:
            made = TagObject()
            made.name, made.message, made.tagger = name.encode(), message.encode() + b"\n", LEARNER.encode()
            made.tag_time, made.tag_timezone = self.snapshots[commit].date, 0
            made.object = (CommitObject, commit.encode())
            commit = self._add(made)
        self._refs[f"refs/tags/{name}"] = commit

    def remote(self, name: str, commit: str) -> None:
        """Let a remote-tracking branch, such as "origin/main", lead to a commit."""
        self._refs[f"refs/remotes/{name}"] = commit

    def write(
        self,
        folder_: Path | None = None,
        *,
        on: str = "main",
        staged: Files | None = None,
        working: Files | None = None,
        settings: str = "",
        bare: bool = False,
    ) -> Path:
        """Write it as a repository, into a new folder unless one is given, and return the folder.

        `on` is the branch that HEAD is on; if it leads nowhere yet, it leads to the last commit. `staged` are the files
        in the index, as in that commit unless given; `working` those of the working copy, as in the index unless given.
        """
        made = folder_ or folder(name="repo")
        inside = made if bare else made / ".git"
        if self.snapshots:
            self._refs.setdefault(f"refs/heads/{on}", next(reversed(self.snapshots)))
        tip = self.snapshots.get(self._refs.get(f"refs/heads/{on}", ""))
        staged = (tip.files if tip else {}) if staged is None else staged
        blobs = {path: self._add(Blob.from_string(_bytes(content))) for path, content in staged.items()}
        name, _, email = LEARNER.partition(" <")
        settings = SETTINGS.format(bare=str(bare).lower(), name=name, email=email.rstrip(">")) + settings
        put(inside, {"HEAD": f"ref: refs/heads/{on}\n", "config": settings})
        put(inside, {name: f"{commit}\n" for name, commit in self._refs.items()})
        for empty in ("info", "objects/info", "objects/pack", "refs/heads", "refs/tags"):
            (inside / empty).mkdir(parents=True, exist_ok=True)
        put(inside, {f"objects/{id[:2]}/{id[2:]}": each.as_legacy_object() for id, each in self._objects.items()})
        if not bare:
            working = staged if working is None else working
            put(made, working)
            with (inside / "index").open("wb") as file:
                _write_index(file, made, blobs, {path for path in staged if staged[path] == working.get(path)})
        return made

    def _tree(self, files: Mapping[str, bytes]) -> bytes:
        tree, folders = Tree(), {}
        for path, content in files.items():
            first, _, rest = path.partition("/")
            if rest:
                folders.setdefault(first, {})[rest] = content
            else:
                tree.add(os.fsencode(first), 0o100644, self._add(Blob.from_string(content)).encode())
        for name, inside in folders.items():
            tree.add(os.fsencode(name), 0o040000, self._tree(inside))
        return self._add(tree).encode()

    def _add(self, made: ShaFile) -> str:
        id = made.id.decode()
        self._objects[id] = made
        return id


def blob(content: str | bytes) -> str:
    """The id that git gives to this content."""
    return Blob.from_string(_bytes(content)).id.decode()


def _write_index(file, folder: Path, blobs: Mapping[str, str], clean: set[str]) -> None:
    """The index. Of a file that is as it was staged it notes size and times, so that git need not read it."""
    entries = {}
    for path, id in sorted(blobs.items(), key=lambda item: os.fsencode(item[0])):
        if path in clean:
            entry = index_entry_from_stat((folder / path).stat(), id.encode(), mode=0o100644)
        else:
            entry = IndexEntry(0, 0, 0, 0, 0o100644, 0, 0, 0, id.encode(), 0, 0)
        entries[os.fsencode(path)] = entry
    with_sum = SHA1Writer(file)
    write_index_dict(with_sum, entries)
    with_sum.write_sha()


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
