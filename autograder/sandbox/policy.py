"""What may be seen and used where a stranger's code runs. Data only: nothing here starts or opens anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MIB = 2**20
GIB = 2**30
# Who one is inside, by number and name. Other users have no name there and show as "nobody".
UID = GID = 1000
USER = "student"


@dataclass(frozen=True)
class Limits:
    """The end of every resource. The kernel enforces the first group, whoever talks to the room the second."""

    memory: int = 2 * GIB
    """Bytes of resident memory, summed over all processes of a room (proportional set size)."""
    address_space: int = 4 * GIB
    """Bytes of address space of one process; beyond it Python raises MemoryError."""
    processes: int = 256
    """Processes and threads of a room at the same time, two of the room's own among them."""
    cpu_seconds: int = 120
    """Seconds of processor time of one process."""
    file_size: int = 128 * MIB
    """Bytes of one file."""
    open_files: int = 512
    """Open descriptors of one process."""
    disk: int = 256 * MIB
    """Bytes of each writable file system: the shared work folder, and each room's own home and temporary files.

    They live in memory, beside that of the processes.
    """
    inodes: int = 20_000
    """Files and folders of each writable file system."""

    output: int = MIB
    """Bytes of output that are kept of one cell or command."""
    cell_seconds: float = 30.0
    """Seconds by the clock for one cell or command."""
    submission_seconds: float = 300.0
    """Seconds by the clock for one submission."""


@dataclass(frozen=True)
class Policy:
    """What a nursery and its rooms may see and use.

    Always visible, read-only: `/usr`, the running interpreter with its packages, this grader's own package, and
    the few files of `/etc` that programs cannot do without. Everything else has to be listed here.
    """

    readable: tuple[Path, ...] = ()
    """Further files and folders that every room may read, at the path they have outside."""
    checker_only: tuple[Path, ...] = ()
    """Files and folders that the checker's room may read and no other. They may lie within readable folders."""
    import_path: tuple[Path, ...] = ()
    """Folders at the end of `sys.path`. Only what `readable` and `checker_only` name in them can be seen."""
    warm: tuple[str, ...] = ("IPython.core.interactiveshell",)
    """Modules imported once, before any room is made. Every room starts with them, so none may hold a secret."""
    environment: tuple[tuple[str, str], ...] = (("MPLBACKEND", "agg"),)
    """Environment variables of every room, beside PATH, HOME, TMPDIR and the like."""
    student: Limits = Limits()
    checker: Limits = Limits()
    uid: int = 65534
    """The user as whom everything runs when root starts the nursery. An ordinary user stays who he is."""
    gid: int = 65534
    folder: Path = Path("/box")
    """Where the writable folders are inside; must not contain anything readable."""

    def __post_init__(self) -> None:
        relative = [
            p for p in (*self.readable, *self.checker_only, *self.import_path, self.folder) if not p.is_absolute()
        ]
        if relative:
            raise ValueError(f"policy: {relative[0]} is a relative path; inside it would mean another place")
        covered = [p for p in (*self.readable, *self.checker_only) if p.is_relative_to(self.folder)]
        if covered:
            raise ValueError(f"policy: {covered[0]} lies in {self.folder}, which the writable folders cover")
        if self.uid == 0 or self.gid == 0:
            raise ValueError("policy: uid and gid must not be 0; root inside would be root outside")

    def limits(self, trusted: bool) -> Limits:
        """The limits of a room: a trusted one is the checker's."""
        return self.checker if trusted else self.student

    @property
    def work(self) -> Path:
        """The work folder, shared by the rooms of one submission."""
        return self.folder / "work"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def tmp(self) -> Path:
        return self.folder / "tmp"
