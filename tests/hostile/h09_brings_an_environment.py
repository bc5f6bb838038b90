"""Brings an environment whose interpreter, activation and requirements are programs of its own."""


# %% total
def total(numbers):
    return None


# %% make
def make(book, path):
    place = path.parent / "venv" / "bin"
    place.mkdir(parents=True)
    for name in ("python", "python3", "activate", "pip", "git", "sqlite3"):
        (place / name).write_text(f"#!/bin/sh\ntouch {TRACES}/environment\n")
        (place / name).chmod(0o755)
    (place.parent / "pyvenv.cfg").write_text(f"home = {place}\n")
    path.with_name("requirements.txt").write_text(
        f"--index-url http://127.0.0.1:{PORT}/\nx @ http://127.0.0.1:{PORT}/x.whl\n"
    )
    path.with_name("environment.yml").write_text(f"channels: [http://127.0.0.1:{PORT}]\n")
