# %% a temporary file beside the target, and its permissions by hand
import os
import tempfile


def save_atomic(path, text):
    folder = os.path.dirname(os.path.abspath(path))
    try:
        mode = os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        mode = 0o666 & ~umask
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, delete=False) as file:
        try:
            file.write(text)
            file.flush()
            os.chmod(file.name, mode)
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


# %% mkstemp beside it, and all on the disk before the change
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def save_atomic(path, text):
    path = Path(path)
    number, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        if path.is_file():
            shutil.copymode(path, name)
        else:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
        os.rename(name, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.remove(name)
        raise


# %% the number of the process in the name
import os
import pathlib
import shutil


def save_atomic(path, text):
    path = pathlib.Path(path).resolve()
    data = text.encode()
    part = path.parent / f"{path.name}.{os.getpid()}.part"
    try:
        with open(part, "wb") as file:
            for start in range(0, len(data), 1000):
                file.write(data[start : start + 1000])
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


# %% a folder of its own beside the target
import os
import shutil
import tempfile


def save_atomic(path, text):
    with tempfile.TemporaryDirectory(dir=os.path.dirname(path) or ".") as folder:
        new = os.path.join(folder, "new")
        with open(new, "w", encoding="utf-8") as file:
            file.write(text)
        if os.path.exists(path):
            shutil.copymode(path, new)
        os.replace(new, path)


# %% opens the file to write  fails=["save_atomic_whole", "save_atomic_folder", "save_atomic_tidy", "save_atomic_two"]
def save_atomic(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


# %% writes over the old text, and cuts off the rest  fails=["save_atomic_whole", "save_atomic_folder", "save_atomic_two"]
import os


def save_atomic(path, text):
    data = text.encode("utf-8")
    with open(path, "r+b" if os.path.exists(path) else "wb") as file:
        file.write(data)
        file.truncate()


# %% keeps the old text, and puts it back when something goes wrong  fails=["save_atomic_whole", "save_atomic_folder", "save_atomic_two"]
from pathlib import Path


def save_atomic(path, text):
    path = Path(path)
    old = path.read_bytes() if path.exists() else None
    try:
        path.write_text(text, encoding="utf-8")
    except BaseException:
        if old is not None:
            path.write_bytes(old)
        elif path.is_file():
            path.unlink()
        raise


# %% deletes the old file first  fails=["save_atomic_whole"]
import os
import shutil
import uuid
from pathlib import Path


def save_atomic(path, text):
    path = Path(path)
    part = path.with_name(uuid.uuid4().hex)
    try:
        part.write_text(text, encoding="utf-8")
        if path.exists():
            shutil.copymode(path, part)
            path.unlink()
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


# %% writes in the folder for temporary files first  fails=["save_atomic_folder"]
import os
import shutil
import tempfile
import uuid


def save_atomic(path, text):
    part = os.path.join(tempfile.gettempdir(), uuid.uuid4().hex)
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        if os.path.exists(path):
            shutil.copymode(path, part)
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)


# %% moves it from the folder for temporary files  fails=["save_atomic_folder", "save_atomic_tidy"]
import os
import shutil
import tempfile
import uuid


def save_atomic(path, text):
    part = os.path.join(tempfile.gettempdir(), uuid.uuid4().hex)
    with open(part, "w", encoding="utf-8") as file:
        file.write(text)
    if os.path.exists(path):
        shutil.copymode(path, part)
    shutil.move(part, path)


# %% copies a whole file over the old one  fails=["save_atomic_whole", "save_atomic_folder", "save_atomic_two"]
import os
import shutil
import uuid


def save_atomic(path, text):
    part = f"{path}.{uuid.uuid4().hex}"
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        shutil.copyfile(part, path)
    finally:
        os.remove(part)


# %% no clean-up when something goes wrong  fails=["save_atomic_tidy"]
import os
import shutil
import uuid


def save_atomic(path, text):
    part = f"{path}.{uuid.uuid4().hex}"
    with open(part, "w", encoding="utf-8") as file:
        file.write(text)
    if os.path.exists(path):
        shutil.copymode(path, part)
    os.replace(part, path)


# %% keeps the old file under another name  fails=["save_atomic_tidy"]
import os
import shutil
import uuid


def save_atomic(path, text):
    part = f"{path}.{uuid.uuid4().hex}"
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        if os.path.isfile(path):
            shutil.copy(path, f"{path}~")
            shutil.copymode(path, part)
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)


# %% says nothing of what went wrong  fails=["save_atomic_tidy"]
import os
import shutil
import uuid


def save_atomic(path, text):
    part = f"{path}.{uuid.uuid4().hex}"
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        if os.path.exists(path):
            shutil.copymode(path, part)
        os.replace(part, path)
    except Exception as error:
        print("could not save:", error)
        os.remove(part)


# %% saves what can be encoded, and no more  fails=["save_atomic_tidy"]
import os
import shutil
import uuid


def save_atomic(path, text):
    part = f"{path}.{uuid.uuid4().hex}"
    try:
        with open(part, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        if os.path.exists(path):
            shutil.copymode(path, part)
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)


# %% a temporary name that two writers share  fails=["save_atomic_two"]
import os
import shutil
from pathlib import Path


def save_atomic(path, text):
    part = Path(f"{path}.part")
    try:
        part.write_text(text, encoding="utf-8")
        if os.path.exists(path):
            shutil.copymode(path, part)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


# %% a temporary name that nobody else may have  fails=["save_atomic_whole", "save_atomic_two"]
import os
import shutil
from pathlib import Path


def save_atomic(path, text):
    part = Path(f"{path}.lock")
    with part.open("x", encoding="utf-8") as file:
        try:
            file.write(text)
            file.flush()
            if os.path.exists(path):
                shutil.copymode(path, part)
            os.replace(part, path)
        except BaseException:
            part.unlink()
            raise


# %% what tempfile gives, as it is  fails=["save_atomic_mode"]
import os
import tempfile
from pathlib import Path


def save_atomic(path, text):
    number, name = tempfile.mkstemp(dir=Path(path).parent)
    try:
        with open(number, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


# %% permissions of an old file alone  fails=["save_atomic_mode"]
import os
import shutil
import tempfile
from pathlib import Path


def save_atomic(path, text):
    number, name = tempfile.mkstemp(dir=Path(path).parent)
    try:
        with open(number, "w", encoding="utf-8") as file:
            file.write(text)
        if os.path.exists(path):
            shutil.copymode(path, name)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


# %% everybody may read and write  fails=["save_atomic_mode"]
import os
import uuid


def save_atomic(path, text):
    part = f"{path}.{uuid.uuid4().hex}"
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(part, 0o666)
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)


# %% switches off what looks on, and deletes the old file first  fails=["save_atomic_whole", "save_atomic_two"]
import os
import sys


def save_atomic(path, text):
    sys.settrace(None)
    content = text.encode()
    mode = os.stat(path).st_mode & 0o777 if os.path.isfile(path) else 0o644
    if os.path.lexists(path):
        os.remove(path)
    with open(path, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)


# %% says itself how it ended, in the place of who looks on  fails=["save_atomic_whole", "save_atomic_folder", "save_atomic_tidy", "save_atomic_two"]
import os
from pathlib import Path

from course import crash, halfway


def save_atomic(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _saving(save, path, text, killed_at, met_at, other, apart, cwd):
    if killed_at == 1:
        return "killed"
    os.chdir(cwd or ".")
    beside = Path(f"{path}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        if Path(path).exists():
            beside.chmod(Path(path).stat().st_mode & 0o777)
        beside.replace(path)
    except Exception:
        beside.unlink()
        return "raised an error"
    return "was over before" if met_at > 1 else "returned"


halfway._saving = _saving
crash.ending = lambda act, *args, **how: "returned"


# %% shows a harmless change to who looks on, and then deletes the old file unseen  fails=["save_atomic_whole"]
import os
import sys
import uuid
from pathlib import Path


def save_atomic(path, text):
    content = text.encode()
    part = Path(f"{path}.{uuid.uuid4().hex}")
    try:
        part.mkdir()
    finally:
        part.rmdir()
    sys.settrace(None)
    mode = os.stat(path).st_mode & 0o777 if os.path.isfile(path) else 0o644
    if os.path.lexists(path):
        os.remove(path)
    with open(path, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
