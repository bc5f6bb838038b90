"""What lies in a git repository: commits, refs, index, working copy, read without running git.

    repo = read(folder)
    repo.files(repo.tip)                # {"fibo.py": b"def fibo…"}: what the last commit holds

A repository's own settings name programs that git starts when it looks (a file system monitor, filters, external
diffs, hooks), so nobody's repository is looked at with git here. Regular files alone are read, no link is followed,
each object must have the id that its content gives, and settings, hooks, replacements, grafts and alternates have no
effect. dulwich decodes the formats. What the commits say of authors and dates is a claim.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dulwich import objects
from dulwich.ignore import IgnoreFilter, read_ignore_patterns

from course import dotgit
from course.dotgit import MAX_INFLATED, MAX_PATHS, RepositoryError

__all__ = ["Commit", "Person", "Repository", "RepositoryError", "read"]

# So deep may folders lie in folders, and tags point to tags.
MAX_DEPTH = 32
# Files and folders that git leaves while something is half done.
UNFINISHED = {
    "MERGE_HEAD": "merge",
    "REVERT_HEAD": "revert",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "BISECT_LOG": "bisect",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}


class Person(NamedTuple):
    name: str
    email: str


@dataclass(frozen=True)
class Commit:
    """A snapshot, what came before it, and who says so. `date` is the committer's, in seconds since 1970."""

    id: str
    tree: str
    parents: tuple[str, ...]
    message: str
    author: Person
    committer: Person
    date: int

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.strip().partition("\n")[0]


@dataclass(frozen=True)
class Repository:
    """A repository as it was when it was read.

    head      the name of the branch that HEAD is on ("main"), or the commit that a detached HEAD points to
    attached  whether HEAD is on a branch
    refs      full name ("refs/heads/main", "refs/tags/v1", "refs/remotes/origin/main") → commit, or tag object
    index     path → blob, as it is staged; of a path in conflict "ours"
    conflicts the paths that are in conflict
    working   path → content of the regular files of the working copy
    settings  the text of the repository's own settings, `.git/config`
    state     what is half done: "merge", "revert", "rebase", …; empty where nothing is
    """

    head: str
    attached: bool
    refs: Mapping[str, str]
    index: Mapping[str, str]
    conflicts: frozenset[str]
    working: Mapping[str, bytes]
    settings: str
    state: str
    _objects: Mapping[str, objects.ShaFile] = field(repr=False)

    @property
    def branches(self) -> dict[str, str]:
        """Local branches: name → commit."""
        heads = "refs/heads/"
        return {name.removeprefix(heads): id for name, id in self.refs.items() if name.startswith(heads)}

    @property
    def tip(self) -> str:
        """The commit that HEAD stands for; empty where there is none yet."""
        return self.refs.get(f"refs/heads/{self.head}", "") if self.attached else self.head

    def commit(self, id: str) -> Commit:
        """The commit of this id, or that a tag object of this id points to. RepositoryError where it is not there."""
        found = self._object(id)
        for _ in range(MAX_DEPTH):
            if not isinstance(found, objects.Tag):
                break
            found = self._object(found.object[1].decode())
        if not isinstance(found, objects.Commit):
            raise RepositoryError(f"{id}: is no commit")
        return Commit(
            found.id.decode(),
            found.tree.decode(),
            tuple(parent.decode() for parent in found.parents),
            found.message.decode(errors="replace"),
            _person(found.author),
            _person(found.committer),
            found.commit_time,
        )

    def history(self, *starts: str) -> dict[str, Commit]:
        """The commits that can be reached from `starts` (from HEAD, where none is given): id → commit, newest first.

        A commit stands before its parents, as in `git log --topo-order`.
        """
        order: list[Commit] = []
        waiting = [(self.commit(start), False) for start in reversed(starts or ([self.tip] if self.tip else []))]
        seen: set[str] = set()
        while waiting:
            commit, left = waiting.pop()
            if left:
                order.append(commit)
            elif commit.id not in seen:
                seen.add(commit.id)
                waiting += [(commit, True), *((self.commit(parent), False) for parent in reversed(commit.parents))]
        return {commit.id: commit for commit in reversed(order)}

    @cached_property
    def everything(self) -> dict[str, Commit]:
        """All commits that a ref or HEAD leads to."""
        starts = sorted({*self.refs.values(), self.tip} - {""})
        leading = objects.Commit | objects.Tag
        return self.history(*(start for start in starts if isinstance(self._object(start), leading)))

    def blobs(self, commit: str) -> dict[str, str]:
        """What a commit holds: path → id of the blob. Paths are in git's form, `data/survey.db`."""
        return dict(sorted(self._tree(self.commit(commit).tree, steps=iter(range(MAX_PATHS)))))

    def files(self, commit: str) -> dict[str, bytes]:
        """What a commit holds: path → content."""
        found = {path: self.content(blob) for path, blob in self.blobs(commit).items()}
        # One object can stand under many names.
        if sum(map(len, found.values())) > MAX_INFLATED:
            raise RepositoryError(f"the files of commit {commit[:7]} hold more than {MAX_INFLATED // 10**6} MB")
        return found

    def content(self, blob: str) -> bytes:
        """The bytes of a blob."""
        found = self._object(blob)
        if not isinstance(found, objects.Blob):
            raise RepositoryError(f"{blob}: is no blob")
        return found.data

    def ignores(self, commit: str, path: str) -> bool:
        """Whether the `.gitignore` files that a commit holds would hide an untracked file of this path."""
        return hidden(self.files(commit), path)

    @cached_property
    def lost(self) -> dict[str, Commit]:
        """Commits that are still stored, and that nothing leads to: id → commit."""
        stored = (id for id, each in self._objects.items() if isinstance(each, objects.Commit))
        return {id: self.commit(id) for id in sorted(stored) if id not in self.everything}

    def _object(self, id: str) -> objects.ShaFile:
        if id not in self._objects:
            raise RepositoryError(f"{id or 'HEAD'}: there is no such object in the repository")
        return self._objects[id]

    def _tree(self, id: str, above: str = "", depth: int = 0, *, steps: Iterator[int]) -> Iterator[tuple[str, str]]:
        tree = self._object(id)
        if not isinstance(tree, objects.Tree) or depth > MAX_DEPTH:
            raise RepositoryError(f"{id}: is no tree, or too deep a one")
        for entry in tree.iteritems():
            # Folders count as well: empty ones within others can be more than anybody has time for.
            if next(steps, None) is None:
                raise RepositoryError(f"a commit holds more than {MAX_PATHS} files and folders")
            path = above + entry.path.decode(errors="surrogateescape")
            if stat.S_ISDIR(entry.mode):
                yield from self._tree(entry.sha.decode(), f"{path}/", depth + 1, steps=steps)
            else:
                yield path, entry.sha.decode()


def read(folder: str | Path) -> Repository:
    """The repository whose working copy is `folder`, or which `folder` itself is (a bare one).

    RepositoryError where there is none, or where it is damaged, too large, or of a kind that is not read here.
    """
    inside, working = dotgit.regular_files(Path(folder))
    try:
        head = inside["HEAD"].decode().strip()
        staged, conflicts = dotgit.index(inside.get("index", b""))
        return Repository(
            head=head.removeprefix("ref:").strip().removeprefix("refs/heads/"),
            attached=head.startswith("ref:"),
            refs=dotgit.refs(inside),
            index=staged,
            conflicts=conflicts,
            working=working,
            settings=inside.get("config", b"").decode(errors="replace"),
            state=next((what for name, what in UNFINISHED.items() if dotgit.there(inside, name)), ""),
            _objects=dotgit.objects(inside),
        )
    except RepositoryError:
        raise
    except Exception as error:  # the formats are a stranger's: they can be wrong in any way
        raise RepositoryError(f"the repository in {Path(folder).name!r} is damaged: {type(error).__name__}") from error


def hidden(files: Mapping[str, bytes], path: str) -> bool:
    """Whether the `.gitignore` files among `files` would hide an untracked file of this path."""
    rules = {
        PurePosixPath(name).parent: IgnoreFilter(read_ignore_patterns(io.BytesIO(content)))
        for name, content in files.items()
        if PurePosixPath(name).name == ".gitignore"
    }
    place = PurePosixPath(path)
    # A folder that is ignored takes all that is in it with it, whatever is said of that.
    above = any(_hidden(rules, folder, is_folder=True) for folder in place.parents[:-1])
    return above or _hidden(rules, place, is_folder=False)


def _person(raw: bytes) -> Person:
    name, _, email = raw.decode(errors="replace").partition("<")
    return Person(name.strip(), email.rstrip(">"))


def _hidden(rules: Mapping[PurePosixPath, IgnoreFilter], path: PurePosixPath, *, is_folder: bool) -> bool:
    """Whether the rules hide `path`: the last one that names it in the deepest folder whose rules do."""
    for folder in (folder for folder in path.parents if folder in rules):
        name = os.fsencode(path.relative_to(folder))
        for pattern in reversed(rules[folder].patterns):
            if pattern.matches(name, is_folder):
                return pattern.is_exclude
    return False
