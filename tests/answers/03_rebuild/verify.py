# %% goes through both, one after the other
import hashlib


def verify(lock, folder):
    bad = [name for name in lock if not (folder / name).is_file()]
    for path in folder.iterdir():
        if path.name not in lock or lock[path.name] != hashlib.sha256(path.read_bytes()).hexdigest():
            bad.append(path.name)
    return sorted(bad)


# %% the difference of two sets of pairs
import hashlib


def verify(lock, folder):
    found = {(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in folder.glob("*")}
    return sorted({name for name, _ in found ^ set(lock.items())})


# %% hashlib.file_digest
import hashlib
import os


def verify(lock, folder):
    bad = []
    for name in sorted({*lock, *os.listdir(folder)}):
        try:
            with open(folder / name, "rb") as file:
                good = hashlib.file_digest(file, "sha256").hexdigest() == lock.get(name)
        except FileNotFoundError:
            good = False
        if not good:
            bad.append(name)
    return bad


# %% the program sha256sum
import subprocess


def verify(lock, folder):
    lines = "".join(f"{digest}  {name}\n" for name, digest in lock.items())
    said = subprocess.run(["sha256sum", "-c", "-"], input=lines, cwd=folder, capture_output=True, text=True).stdout
    good = {line.removesuffix(": OK") for line in said.splitlines() if line.endswith(": OK")}
    return sorted(({path.name for path in folder.iterdir()} | set(lock)) - good)


# %% compares names alone  fails=["verify_clean", "verify_tampered", "verify_renamed", "verify_all"]
def verify(lock, folder):
    return sorted({path.name for path in folder.iterdir()} ^ set(lock))


# %% compares sizes  fails=["verify_clean", "verify_tampered", "verify_renamed", "verify_missing", "verify_extra", "verify_all"]
def verify(lock, folder):
    return sorted(path.name for path in folder.iterdir() if path.stat().st_size == 0)


# %% stops at the first that is bad  fails=["verify_clean", "verify_renamed", "verify_missing", "verify_extra", "verify_all"]
import hashlib


def verify(lock, folder):
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    for name in sorted({*lock, *found}):
        if lock.get(name) != found.get(name):
            return [name]
    return []


# %% never meets what is missing  fails=["verify_renamed", "verify_missing", "verify_all"]
import hashlib


def verify(lock, folder):
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return sorted(name for name in found if found[name] != lock.get(name))


# %% an error where a file is missing  fails=["verify_renamed", "verify_missing", "verify_all"]
import hashlib


def verify(lock, folder):
    bad = {path.name for path in folder.iterdir()} - set(lock)
    for name, digest in lock.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            bad.add(name)
    return sorted(bad)


# %% looks only at what the lock lists  fails=["verify_clean", "verify_renamed", "verify_extra", "verify_all"]
import hashlib


def verify(lock, folder):
    def digest(path):
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None

    return sorted(name for name in lock if digest(folder / name) != lock[name])


# %% looks only at wheels  fails=["verify_extra"]
import hashlib


def verify(lock, folder):
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.whl")}
    return sorted(name for name in lock.keys() | found.keys() if lock.get(name) != found.get(name))


# %% takes a file for good if its hash is in the lock under any name  fails=["verify_tampered", "verify_renamed", "verify_all"]
import hashlib


def verify(lock, folder):
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    bad = {name for name in found if found[name] not in lock.values()}
    return sorted(bad | (lock.keys() - found.keys()))


# %% md5  fails=["verify_clean", "verify_tampered", "verify_renamed", "verify_missing", "verify_extra", "verify_all"]
import hashlib


def verify(lock, folder):
    found = {path.name: hashlib.md5(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return sorted(name for name in lock.keys() | found.keys() if lock.get(name) != found.get(name))


# %% the hash of the name, not of what is in the file  fails=["verify_clean", "verify_tampered", "verify_renamed", "verify_missing", "verify_extra", "verify_all"]
import hashlib


def verify(lock, folder):
    found = {path.name: hashlib.sha256(path.name.encode()).hexdigest() for path in folder.iterdir()}
    return sorted(name for name in lock.keys() | found.keys() if lock.get(name) != found.get(name))


# %% removes what is bad  fails=["verify_all"]
import hashlib


def verify(lock, folder):
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    bad = sorted(name for name in lock.keys() | found.keys() if lock.get(name) != found.get(name))
    for name in bad:
        (folder / name).unlink(missing_ok=True)
    return bad


# %% says that something is bad, and not what  fails=["verify_clean", "verify_tampered", "verify_renamed", "verify_missing", "verify_extra", "verify_all"]
import hashlib


def verify(lock, folder):
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return found == lock
