"""A hosting site on this machine: bare repositories, clones of them, and a colleague who pushes.

    site = host(past)                                       # what a site shows as fibo.git
    repo = cloned(past, site)                               # as after `git clone`, on its branch
    lake = Colleague(site, "Lake <lake@example.org>")
    lake.pushes("Add lucas", {"lucas.py": "…"})

A remote is just another repository; this one has no working copy, and is reached by its path. What a repository says
of its remotes is read without running anything of it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dulwich.config import ConfigFile

from course.git import git
from course.history import Files, History, folder, put
from course.repository import Repository

TRACKING = """\
[remote "origin"]
\turl = {site}
\tfetch = +refs/heads/*:refs/remotes/origin/*
[branch "{on}"]
\tremote = origin
\tmerge = refs/heads/{on}
"""


def host(past: History, *, on: str = "main", name: str = "fibo.git") -> Path:
    """A new bare repository of this past, whose HEAD is on the branch `on`. Returns its folder."""
    return past.write(folder(name=name), on=on, bare=True)


def cloned(past: History, site: Path, *, on: str = "main", working: Files | None = None) -> Path:
    """A new repository of this past whose remote `origin` is `site`, and whose branch `on` follows the one there.

    `past` says by `remote("origin/main", …)` what was fetched last. `working` are the files of the working copy, where
    they are not those of the last commit.
    """
    return past.write(on=on, working=working, settings=TRACKING.format(site=site, on=on))


def remotes(repo: Repository) -> dict[str, str]:
    """The remotes that a repository knows: name → URL or path. Where its settings are damaged, there are none."""
    return {name: url for (kind, name), url in _settings(repo, "url").items() if kind == "remote"}


def upstreams(repo: Repository) -> dict[str, str]:
    """The branches that follow one of a remote: name → "origin/main"."""
    merges = _settings(repo, "merge")
    return {
        name: f"{remote}/{merges['branch', name].removeprefix('refs/heads/')}"
        for (kind, name), remote in _settings(repo, "remote").items()
        if kind == "branch" and ("branch", name) in merges
    }


def _settings(repo: Repository, key: str) -> dict[tuple[str, str], str]:
    """Section and name, such as ("remote", "origin") → the value that `key` has there."""
    try:
        # What else the settings include may be any file of this machine.
        found = ConfigFile.from_file(io.BytesIO(repo.settings.encode()), expand_includes=False)
        pairs = [(section, found[section].get(key.encode())) for section in found if len(section) == 2]
    except (ValueError, KeyError):
        return {}
    return {(kind.decode(), name.decode()): value.decode() for (kind, name), value in pairs if value is not None}


@dataclass(frozen=True)
class Colleague:
    """Somebody else with a clone of the same site. `author` is "Name <address>"."""

    site: Path
    author: str

    def pushes(self, message: str, files: Mapping[str, str], *, branch: str = "main", force: bool = False) -> str:
        """Commit these files on top of what the site has now, and push; returns the commit's id.

        With `force` the commit takes the place of the last one there. GitError where the site does not take it.
        """
        name, _, email = self.author.partition(" <")
        git(self.site.parent, "clone", "--quiet", "--branch", branch, self.site, repo := folder(name="theirs") / "fibo")
        git(repo, "config", "user.name", name)
        git(repo, "config", "user.email", email.rstrip(">"))
        if force:
            git(repo, "reset", "--quiet", "--hard", "HEAD~1")
        put(repo, files)
        git(repo, "add", "--all")
        git(repo, "commit", "--quiet", "--message", message)
        git(repo, "push", "--quiet", *["--force"] * force, "origin", branch)
        return git(repo, "rev-parse", "HEAD")
