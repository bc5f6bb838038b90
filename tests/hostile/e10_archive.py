"""Brings an archive that unpacks to far more than it is, and one that unpacks to other places."""


# %% square
def square(x):
    return x


# %% make
import zipfile


def make(book, path):
    with zipfile.ZipFile(path.with_name("bomb.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(30_000_000))
    with zipfile.ZipFile(path.with_name("slip.zip"), "w") as archive:
        archive.writestr("../../../../traces/slip", "x")
        archive.writestr(f"{TRACES}/absolute", "x")
