"""A conda channel is a folder: one subfolder a platform, in it the packages, and an index made from them.

A package here is a `.tar.bz2` with its files and, in `info/`, what it is (`index.json`) and what it holds
(`paths.json`). py-rattler reads them all and writes the index, `repodata.json`.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course.conda.waiting import wait

# The solver wants to know when a package was made. Fixed, so that the same recipe gives the same bytes.
MADE = 1_767_225_600  # 1 January 2026, in seconds


@dataclass(frozen=True)
class Recipe:
    """What a package is made from. `files` are name → text, `links` name → where the link leads.

    `subdir` is its platform, as conda spells it; "noarch" fits all. There, files below `site-packages/` come to the
    place where the environment's Python looks for packages.
    """

    name: str
    version: str
    depends: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict, hash=False)
    links: Mapping[str, str] = field(default_factory=dict, hash=False)
    subdir: str = "noarch"
    build: str = "pyhd8ed1ab_0"

    @property
    def file_name(self) -> str:
        return f"{self.name}-{self.version}-{self.build}.tar.bz2"


def build(folder: Path, recipes: Iterable[Recipe]) -> Path:
    """Make the channel `folder` of these packages, or add them to it; its path."""
    for recipe in recipes:
        _pack(recipe, folder)
    (folder / "noarch").mkdir(parents=True, exist_ok=True)
    from rattler.index import index_fs

    wait(index_fs(folder, write_zst=False, write_shards=False, force=True))
    return folder


def _pack(recipe: Recipe, folder: Path) -> None:
    path = folder / recipe.subdir / recipe.file_name
    path.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "name": recipe.name,
        "version": recipe.version,
        "build": recipe.build,
        "build_number": 0,
        "depends": list(recipe.depends),
        "subdir": recipe.subdir,
        "timestamp": MADE * 1000,
    }
    if recipe.subdir == "noarch":
        about["noarch"] = "python"
    listed = [_entry(name, "hardlink", text) for name, text in recipe.files.items()]
    listed += [_entry(name, "softlink", "") for name in recipe.links]
    info = {
        "info/index.json": json.dumps(about),
        "info/paths.json": json.dumps({"paths": listed, "paths_version": 1}),
        "info/files": "".join(f"{name}\n" for name in (*recipe.files, *recipe.links)),
    }
    with tarfile.open(path, "w:bz2", compresslevel=1) as archive:
        for name, text in {**info, **recipe.files}.items():
            archive.addfile(*_regular(name, text.encode()))
        for name, target in recipe.links.items():
            archive.addfile(_link(name, target))


def _entry(name: str, kind: str, text: str) -> dict[str, str | int]:
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()
    return {"_path": name, "path_type": kind, "sha256": digest, "size_in_bytes": len(content)}


def _regular(name: str, content: bytes) -> tuple[tarfile.TarInfo, io.BytesIO]:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = len(content), MADE
    entry.mode = 0o755 if name.startswith("bin/") else 0o644
    return entry, io.BytesIO(content)


def _link(name: str, target: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname, entry.mtime = tarfile.SYMTYPE, target, MADE
    return entry
