"""The files of a `.git` folder, and what they say: refs, index, objects. Everything comes as bytes, nothing is run.

Only regular files are read, from descriptors of the folders in which they lie, so that nothing that is swapped
meanwhile leads out of the folder.
"""

from __future__ import annotations

import io
import os
import stat
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from dulwich import index as indices
from dulwich import objects as kinds
from dulwich import pack
from dulwich.object_format import DEFAULT_OBJECT_FORMAT

# A repository beyond these bounds is not read. Sizes in bytes.
MAX_FILES = 20_000
MAX_BYTES = 64_000_000
MAX_OBJECT = 16_000_000


class RepositoryError(Exception):
    """There is no repository, or it cannot be read. The message says where, and why."""


def regular_files(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files in the `.git` of `folder`, and those of the working copy around it: relative name → content.

    Of a bare repository the first is the folder itself, and the second is empty.
    """
    found = dict(_walk(folder)) if folder.is_dir() else {}
    inside = {name.removeprefix(".git/"): content for name, content in found.items() if name.startswith(".git/")}
    if "HEAD" in inside:
        return inside, {name: content for name, content in found.items() if not name.startswith(".git/")}
    if "HEAD" in found and ("config" in found or there(found, "refs") or there(found, "objects")):
        return found, {}
    raise RepositoryError(f"there is no repository in the folder {folder.name!r}")


def _walk(folder: Path) -> Iterator[tuple[str, bytes]]:
    left, count = MAX_BYTES, 0
    for place, _, names, descriptor in os.fwalk(folder):
        for name in sorted(names):
            try:
                # O_NONBLOCK: a pipe must not make us wait for its writer.
                file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=descriptor)
            except OSError:
                continue  # a link, or gone
            with os.fdopen(file, "rb") as opened:
                if not stat.S_ISREG(os.fstat(file).st_mode):
                    continue
                content = opened.read(left + 1)
            left, count = left - len(content), count + 1
            if left < 0 or count > MAX_FILES:
                raise RepositoryError(f"the folder {folder.name!r} holds more than is read here")
            yield (Path(place) / name).relative_to(folder).as_posix(), content


def there(files: Mapping[str, bytes], name: str) -> bool:
    """Whether there is a file of this name, or one in a folder of this name."""
    return any(other == name or other.startswith(f"{name}/") for other in files)


def refs(files: Mapping[str, bytes]) -> dict[str, str]:
    """Full name → id, of those that lead somewhere by themselves. A loose ref hides the packed one."""
    packed = (line.split(" ") for line in files.get("packed-refs", b"").decode().splitlines() if line[:1] not in "#^")
    found = {name: id for id, name in packed}
    for name, content in files.items():
        if name.startswith("refs/"):
            found[name] = content.decode().strip()
    # A ref to a ref, such as refs/remotes/origin/HEAD, adds nothing.
    return {name: id for name, id in sorted(found.items()) if not id.startswith("ref:")}


def index(content: bytes) -> tuple[dict[str, str], frozenset[str]]:
    """What is staged, path → blob, and the paths that are in conflict (of those the blob is ours)."""
    if not content:
        return {}, frozenset()
    entries, _, _ = indices.read_index_dict_with_version(io.BytesIO(content))
    staged, conflicts = {}, set()
    for raw, entry in entries.items():
        path = raw.decode(errors="surrogateescape")
        if isinstance(entry, indices.ConflictedIndexEntry):
            conflicts.add(path)
            entry = entry.this
        # What was announced by `git add -N` is named, and nothing of it is staged.
        if entry is not None and not entry.extended_flags & indices.EXTENDED_FLAG_INTEND_TO_ADD:
            staged[path] = entry.sha.decode()
    return dict(sorted(staged.items())), frozenset(conflicts)


def objects(files: Mapping[str, bytes]) -> dict[str, kinds.ShaFile]:
    """Every object, loose or in a pack: id → object. One that does not have the id that it goes by is left out."""
    found = {}
    for name, content in files.items():
        folder, _, rest = name.removeprefix("objects/").partition("/")
        if not name.startswith("objects/"):
            continue
        if folder == "pack" and name.endswith(".pack"):
            data = pack.PackData(name, object_format=DEFAULT_OBJECT_FORMAT, file=io.BytesIO(content))
            found |= {each.id.decode(): each for each in pack.PackInflater.for_pack_data(data)}
        elif len(folder) == 2 and len(rest) == 38:
            loose = _loose(content)
            if loose is not None and loose.id.decode() == folder + rest:
                found[folder + rest] = loose
    return found


def _loose(content: bytes) -> kinds.ShaFile | None:
    """The object that a file holds; None where it holds none."""
    try:
        raw = zlib.decompressobj().decompress(content, MAX_OBJECT)
        header, _, body = raw.partition(b"\0")
        kind, _, length = header.partition(b" ")
        found = kinds.object_class(kind)
        return found.from_string(body) if found and int(length) == len(body) else None
    except (zlib.error, ValueError):
        return None
