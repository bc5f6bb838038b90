"""The files of a `.git` folder, and what they say: refs, index, objects. Everything comes as bytes, nothing is run.

Only regular files are read, from descriptors of the folders in which they lie, so that nothing that is swapped
meanwhile leads out of the folder.
"""

from __future__ import annotations

import io
import os
import re
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
MAX_TEXT = 4_000_000  # of one file in `.git`, such as the index and the settings, that holds no objects
MAX_PATHS = 20_000
# Bounds of what objects hold once they are inflated: a few bytes of a pack can stand for as many as one likes.
MAX_OBJECTS = 20_000
MAX_OBJECT = 16_000_000
MAX_INFLATED = 64_000_000
# So many bytes take the head of an object in a pack, and the two sizes with which a delta begins.
HEAD = 32
# More bytes than a path has. In an index each path ends in a zero.
ENDLESS = re.compile(rb"[^\0]{8192}")
# What the settings say of a repository whose objects are named by another checksum, or whose refs lie in tables.
OTHER_FORMAT = re.compile(rb"^\s*(?:objectformat\s*=\s*(?!sha1\b)|refstorage\s*=\s*(?!files\b))(\w+)", re.I | re.M)


class RepositoryError(Exception):
    """There is no repository, or it cannot be read. The message says where, and why."""


def regular_files(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files in the `.git` of `folder`, and those of the working copy around it: relative name → content.

    Of a bare repository the first is the folder itself, and the second is empty.
    """
    found = dict(_walk(folder)) if folder.is_dir() else {}
    inside = {name.removeprefix(".git/"): content for name, content in found.items() if name.startswith(".git/")}
    if "HEAD" in inside:
        around = {name: content for name, content in found.items() if not name.startswith(".git/")}
    elif "HEAD" in found and ("config" in found or there(found, "refs") or there(found, "objects")):
        inside, around = found, {}
    else:
        elsewhere = ": its .git only leads to one that lies elsewhere" if _leads_elsewhere(folder, found) else ""
        raise RepositoryError(f"there is no repository in the folder {folder.name!r}{elsewhere}")
    other = OTHER_FORMAT.search(inside.get("config", b"")[:MAX_TEXT])
    if other:
        raise RepositoryError(f"the repository is of a format that is not read here: {other[1].decode()}")
    for name, content in inside.items():
        if len(content) > MAX_TEXT and not name.startswith("objects/"):
            raise RepositoryError(f"the file {name!r} of the repository is larger than what is read here")
    return inside, around


def _leads_elsewhere(folder: Path, found: Mapping[str, bytes]) -> bool:
    """Whether `.git` is a link, or a file that names a folder, as `git init --separate-git-dir` leaves it."""
    return (folder / ".git").is_symlink() or found.get(".git", b"").startswith(b"gitdir:")


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
                found = os.fstat(file)
                if not stat.S_ISREG(found.st_mode):
                    continue
                # No more than is there: room is made for all that is asked for.
                content = opened.read(min(left, found.st_size) + 1)
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
    if ENDLESS.search(content):
        raise RepositoryError("the index of the repository is damaged: a path in it has no end")
    staged, conflicts, left = {}, set(), MAX_TEXT
    for number, entry in enumerate(indices.read_index(io.BytesIO(content))):
        # In one of its formats a path goes on from the one before, and can get longer than the index.
        left -= len(entry.name)
        if left < 0 or number >= MAX_PATHS:
            raise RepositoryError("the index of the repository names more than is read here")
        path = entry.name.decode(errors="surrogateescape")
        if entry.stage() is not indices.Stage.NORMAL:
            conflicts.add(path)
        # What was announced by `git add -N` is named, and nothing of it is staged.
        ours = entry.stage() in (indices.Stage.NORMAL, indices.Stage.MERGE_CONFLICT_THIS)
        if ours and not entry.extended_flags & indices.EXTENDED_FLAG_INTEND_TO_ADD:
            staged[path] = entry.sha.decode()
    return dict(sorted(staged.items())), frozenset(conflicts)


def objects(files: Mapping[str, bytes]) -> dict[str, kinds.ShaFile]:
    """Every object, loose or in a pack: id → object. One that does not have the id that it goes by is left out.

    RepositoryError where they hold more than is read here. Nothing is inflated before it is known how large it gets.
    """
    found: dict[str, kinds.ShaFile] = {}
    left, count = MAX_INFLATED, 0
    for name, content in files.items():
        folder, _, rest = name.removeprefix("objects/").partition("/")
        if not name.startswith("objects/"):
            continue
        packed = folder == "pack" and name.endswith(".pack")
        sizes = _sizes(content) if packed else ()
        for size in sizes:
            left, count = left - size, count + 1
            _bounded(size, left, count)
        if packed:
            data = pack.PackData(name, object_format=DEFAULT_OBJECT_FORMAT, file=io.BytesIO(content))
            for each in pack.PackInflater.for_pack_data(data):
                # In one piece: then whoever asks for the content again gets the same bytes, and no copy.
                found[each.id.decode()] = kinds.ShaFile.from_raw_string(each.type_num, each.as_raw_string())
        elif len(folder) == 2 and len(rest) == 38:
            loose, size = _loose(content)
            left, count = left - size, count + 1
            _bounded(size, left, count)
            if loose is not None and loose.id.decode() == folder + rest:
                found[folder + rest] = loose
    return found


def _bounded(size: int, left: int, count: int) -> None:
    """RepositoryError where an object of this size is too much, by itself or after all that came before."""
    if size > MAX_OBJECT:
        raise RepositoryError(f"an object of the repository holds more than {MAX_OBJECT // 10**6} MB")
    if left < 0 or count > MAX_OBJECTS:
        many = f"more than {MAX_INFLATED // 10**6} MB, or are more than {MAX_OBJECTS}"
        raise RepositoryError(f"the objects of the repository hold {many}: that is not read here")


def _sizes(content: bytes) -> Iterator[int]:
    """How large each object of a pack gets: the bytes that it holds, and those of its delta if it is one.

    Each is said before anything of that size is made, so whoever asks can stop.
    """
    _, count = pack.read_pack_header_at(content)
    offset = 12
    for _ in range(count):
        head = content[offset : offset + HEAD]
        first, place, _ = pack.take_msb_bytes_at(head, 0)
        kind, size = first[0] >> 4 & 7, first[0] & 15
        yield size + sum((byte & 127) << (4 + 7 * number) for number, byte in enumerate(first[1:]))
        if kind == pack.OFS_DELTA:
            pack.take_msb_bytes_at(head, place)  # where its base lies; an error, where that has no end
        found, offset = pack.unpack_object_at(content, offset, DEFAULT_OBJECT_FORMAT.hash_func)
        if kind in pack.DELTA_TYPES:
            delta = b"".join(found.decomp_chunks)[:HEAD]
            _, place, _ = pack.take_msb_bytes_at(delta, 0)  # the size of its base
            target, _, _ = pack.take_msb_bytes_at(delta, place)
            yield sum((byte & 127) << (7 * number) for number, byte in enumerate(target))


def _loose(content: bytes) -> tuple[kinds.ShaFile | None, int]:
    """The object that a file holds, None where it holds none; and how many bytes that took."""
    try:
        raw = zlib.decompressobj().decompress(content, MAX_OBJECT + HEAD + 1)
        header, _, body = raw.partition(b"\0")
        kind, _, length = header.partition(b" ")
        found = kinds.object_class(kind)
        return (found.from_string(body) if found and int(length) == len(body) else None), len(body)
    except (zlib.error, ValueError):
        return None, 0
