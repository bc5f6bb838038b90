# %% a hook before each commit
def clean_notebooks(repo):
    hook = repo / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"""#!{sys.executable}
import json, subprocess

def git(*words, given=None):
    return subprocess.run(["git", *words], input=given, capture_output=True, check=True).stdout

for path in git("ls-files", "-z", "*.ipynb").decode().split(chr(0)):
    if path:
        book = json.loads(git("show", ":" + path))
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
        text = json.dumps(book, indent=1, ensure_ascii=False).encode()
        blob = git("hash-object", "-w", "--stdin", given=text).decode().strip()
        git("update-index", "--cacheinfo", "100644," + blob + "," + path)
""")
    hook.chmod(0o755)
    git(repo, "commit", "--allow-empty", "-m", "Keep outputs out of the repository")


# %% a filter by attributes of one's own
def clean_notebooks(repo):
    program = (
        "import json,sys; b = json.load(sys.stdin); "
        "[c.update(outputs=[], execution_count=None) for c in b['cells'] if 'outputs' in c]; json.dump(b, sys.stdout)"
    )
    git(repo, "config", "filter.clean.clean", f'{sys.executable} -X utf8 -c "{program}"')
    (repo / ".git" / "info" / "attributes").write_text("*.ipynb filter=clean\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "-m", "Clean")


# %% a filter whose program is committed
def clean_notebooks(repo):
    (repo / "tools").mkdir()
    (repo / "tools" / "clean.py").write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    if cell['cell_type'] == 'code':\n"
        "        cell['outputs'] = []\n"
        "        cell['execution_count'] = None\n"
        "sys.stdout.buffer.write(json.dumps(book, indent=1).encode())\n"
    )
    git(repo, "config", "filter.nb.clean", f"{sys.executable} tools/clean.py")
    git(repo, "config", "filter.nb.smudge", "cat")
    path = repo / ".gitattributes"
    old = path.read_text().splitlines() if path.exists() else []
    path.write_text("\n".join([*old, "*.ipynb filter=nb"]) + "\n")
    git(repo, "add", ".gitattributes", "tools")
    git(repo, "add", "--update", "--renormalize")
    git(repo, "commit", "-m", "Clean notebooks on their way in")


# %% does nothing  fails=["clean_notebooks_commits", "clean_notebooks_disk", "clean_notebooks_intact", "clean_notebooks_next"]
def clean_notebooks(repo):
    return None


# %% strips the files on disk  fails=["clean_notebooks_disk", "clean_notebooks_next"]
def clean_notebooks(repo):
    for path in repo.rglob("*.ipynb"):
        book = json.loads(path.read_text())
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
        path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n")
    git(repo, "commit", "--all", "-m", "Clean")


# %% once only  fails=["clean_notebooks_next"]
def clean_notebooks(repo):
    kept = {path: path.read_bytes() for path in repo.rglob("*.ipynb")}
    for path in kept:
        book = json.loads(path.read_text())
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
        path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n")
    git(repo, "commit", "--all", "-m", "Clean")
    for path, content in kept.items():
        path.write_bytes(content)


# %% ignores notebooks  fails=["clean_notebooks_commits", "clean_notebooks_intact", "clean_notebooks_next"]
def clean_notebooks(repo):
    with (repo / ".gitignore").open("a") as file:
        file.write("*.ipynb\n")
    git(repo, "rm", "-r", "--cached", "--", "*.ipynb")
    git(repo, "add", ".gitignore")
    git(repo, "commit", "-m", "Keep notebooks out")


# %% outputs alone, and not the counts  fails=["clean_notebooks_commits", "clean_notebooks_next"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    if cell['cell_type'] == 'code':\n"
        "        cell['outputs'] = []\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    (repo / ".git" / "info" / "attributes").write_text("*.ipynb filter=strip\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "-m", "Clean")


# %% metadata go, too  fails=["clean_notebooks_intact", "clean_notebooks_next"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    cell['metadata'] = {}\n"
        "    if cell['cell_type'] == 'code':\n"
        "        cell.update(outputs=[], execution_count=None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    (repo / ".git" / "info" / "attributes").write_text("*.ipynb filter=strip\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "-m", "Clean")


# %% keeps the code cells alone  fails=["clean_notebooks_intact", "clean_notebooks_next"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "book['cells'] = [cell for cell in book['cells'] if cell['cell_type'] == 'code']\n"
        "for cell in book['cells']:\n"
        "    cell.update(outputs=[], execution_count=None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    (repo / ".git" / "info" / "attributes").write_text("*.ipynb filter=strip\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "-m", "Clean")


# %% a filter, and nothing staged anew  fails=["clean_notebooks_commits"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    if cell['cell_type'] == 'code':\n"
        "        cell.update(outputs=[], execution_count=None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    with (repo / ".gitattributes").open("a") as file:
        file.write("\n*.ipynb filter=strip\n")
    git(repo, "add", ".gitattributes")
    git(repo, "commit", "-m", "Clean")


# %% staged, and not committed  fails=["clean_notebooks_commits", "clean_notebooks_intact"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    if cell['cell_type'] == 'code':\n"
        "        cell.update(outputs=[], execution_count=None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    with (repo / ".gitattributes").open("a") as file:
        file.write("\n*.ipynb filter=strip\n")
    git(repo, "add", ".gitattributes")
    git(repo, "add", "--renormalize", ".")


# %% every file that is JSON  fails=["clean_notebooks_intact"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book.get('cells', [book]):\n"
        "    if cell.get('cell_type', 'code') == 'code':\n"
        "        cell.update(outputs=[], execution_count=None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    (repo / ".git" / "info" / "attributes").write_text("*.ipynb filter=strip\n*.json filter=strip\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "-m", "Clean")


# %% takes along what was not in git  fails=["clean_notebooks_intact"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    if cell['cell_type'] == 'code':\n"
        "        cell.update(outputs=[], execution_count=None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    (repo / ".git" / "info" / "attributes").write_text("*.ipynb filter=strip\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "add", "--all")
    git(repo, "commit", "-m", "Clean")


# %% smudges the files on disk  fails=["clean_notebooks_disk"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    if cell['cell_type'] == 'code':\n"
        "        cell.update(outputs=[], execution_count=None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    (repo / ".git" / "info" / "attributes").write_text("*.ipynb filter=strip\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "-m", "Clean")
    for path in git(repo, "ls-files", "-z", "*.ipynb").split("\0"):
        if path:
            (repo / path).unlink()
    git(repo, "checkout", "--", ".")


# %% the notebooks of the top folder alone  fails=["clean_notebooks_commits", "clean_notebooks_next"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    if cell['cell_type'] == 'code':\n"
        "        cell.update(outputs=[], execution_count=None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    (repo / ".git" / "info" / "attributes").write_text("/*.ipynb filter=strip\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "--allow-empty", "-m", "Clean")


# %% takes outputs and counts out of the cells altogether  fails=["clean_notebooks_commits", "clean_notebooks_next"]
def clean_notebooks(repo):
    program = repo / ".git" / "strip.py"
    program.write_text(
        "import json, sys\n"
        "book = json.loads(sys.stdin.buffer.read())\n"
        "for cell in book['cells']:\n"
        "    cell.pop('outputs', None), cell.pop('execution_count', None)\n"
        "sys.stdout.buffer.write(json.dumps(book).encode())\n"
    )
    git(repo, "config", "filter.strip.clean", f"{sys.executable} '{program}'")
    (repo / ".git" / "info" / "attributes").write_text("*.ipynb filter=strip\n")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "-m", "Clean")


# %% hides changes of notebooks from git  fails=["clean_notebooks_next"]
def clean_notebooks(repo):
    names = [name for name in git(repo, "ls-files", "-z", "*.ipynb").split("\0") if name]
    kept = {name: (repo / name).read_bytes() for name in names}
    for name in names:
        book = json.loads(kept[name])
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
        (repo / name).write_text(json.dumps(book))
    git(repo, "commit", "-a", "-m", "Clean")
    for name in names:
        (repo / name).write_bytes(kept[name])
        git(repo, "update-index", "--skip-worktree", name)


# %% a hook that cleans each commit after it was made
def clean_notebooks(repo):
    hook = repo / ".git" / "hooks" / "post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"""#!{sys.executable}
import json, os, subprocess
if os.environ.get("CLEANING"): raise SystemExit
os.environ["CLEANING"] = "1"
def git(*w, i=None): return subprocess.run(["git", *w], input=i, capture_output=True, check=True).stdout
lines = b""
for e in git("ls-files", "-s", "-z", "--", "*.ipynb").split(b"\\0"):
    if e:
        info, _, path = e.partition(b"\\t"); mode, blob, _ = info.split()
        b = json.loads(git("cat-file", "blob", blob.decode()))
        for c in b["cells"]:
            if c["cell_type"] == "code": c.update(outputs=[], execution_count=None)
        lines += mode + b" " + git("hash-object", "-w", "--stdin", i=json.dumps(b).encode()).strip() + b"\\t" + path + b"\\n"
git("update-index", "--index-info", i=lines)
git("commit", "--amend", "--no-edit", "--allow-empty")
""")
    hook.chmod(0o755)
    git(repo, "commit", "--allow-empty", "-m", "Clean")


# %% the program of the filter in a temporary folder  fails=["clean_notebooks_next"]
def clean_notebooks(repo):
    import tempfile

    program = f"{tempfile.mkdtemp()}/clean.py"
    with open(program, "w") as file:
        file.write("""
import json, sys

book = json.loads(sys.stdin.buffer.read())
for cell in book["cells"]:
    if cell["cell_type"] == "code":
        cell.update(outputs=[], execution_count=None)
sys.stdout.buffer.write(json.dumps(book, indent=1, ensure_ascii=False).encode())
""")
    git(repo, "config", "filter.clean.clean", f"'{sys.executable}' '{program}'")
    with (repo / ".gitattributes").open("a") as file:
        file.write("\n*.ipynb filter=clean\n")
    git(repo, "add", ".gitattributes")
    git(repo, "add", "--renormalize", ".")
    git(repo, "commit", "-m", "Clean")
