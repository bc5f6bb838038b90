# %% filter-branch in a mirror
import os
import subprocess


def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = set()
    for commit in git(mirror, "rev-list", "--all").split():
        for path, content in read(mirror).files(commit).items():
            if secret.encode() in content:
                paths.add(path)
    stars = "*" * len(secret)
    words = ["git", "-c", "user.name=Me", "-c", "user.email=me@example.org", "filter-branch", "--force"]
    words += ["--tree-filter", f"find . -type f -exec sed -i 's/{secret}/{stars}/g' {{}} +"]
    words += ["--msg-filter", f"sed 's/{secret}/{stars}/g'", "--tag-name-filter", "cat", "--", "--all"]
    subprocess.run(
        words,
        cwd=mirror,
        env={**os.environ, "FILTER_BRANCH_SQUELCH_WARNING": "1"},
        check=True,
        capture_output=True,
    )
    git(mirror, "push", "--force", site, "refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*")
    git(repo, "fetch", "--tags", "--force")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("Please change the password that was in " + " and ".join(sorted(paths)))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Ask for another password")
    git(repo, "push")


# %% commit by commit, with the plumbing
import os
import subprocess


def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror, stars, new, paths = history.folder(), "*" * len(secret), {}, set()
    git(mirror, "clone", "--mirror", site, ".")

    def blot(raw):
        return raw.replace(secret.encode(), stars.encode())

    for commit in git(mirror, "rev-list", "--reverse", "--topo-order", "--all").split():
        lines = []
        for entry in git(mirror, "ls-tree", "-r", "-z", commit).split("\0"):
            if entry:
                head, path = entry.split("\t")
                mode, _, blob = head.split()
                content = git(mirror, "cat-file", "blob", blob, text=False)
                if secret.encode() in content:
                    paths.add(path)
                    blob = git(mirror, "hash-object", "-w", "--stdin", stdin=blot(content))
                lines.append(f"{mode} {blob}\t{path}")
        index = {**os.environ, "GIT_INDEX_FILE": str(mirror / "new-index")}
        (mirror / "new-index").unlink(missing_ok=True)
        for words, given in ((["update-index", "--index-info"], "\n".join(lines) + "\n"), (["write-tree"], "")):
            done = subprocess.run(["git", *words], cwd=mirror, env=index, input=given, capture_output=True, text=True)
        raw = git(mirror, "cat-file", "commit", commit, text=False)
        raw = blot(raw).replace(
            git(mirror, "rev-parse", f"{commit}^{{tree}}").encode(), done.stdout.strip().encode(), 1
        )
        for old, made in new.items():
            raw = raw.replace(f"parent {old}".encode(), f"parent {made}".encode())
        new[commit] = git(mirror, "hash-object", "-w", "-t", "commit", "--stdin", stdin=raw)
    for name in git(mirror, "for-each-ref", "--format=%(refname)").split():
        git(mirror, "update-ref", name, new[git(mirror, "rev-parse", f"{name}^{{commit}}")])
    git(mirror, "push", "--mirror")
    git(repo, "pull", "--tags", "--force", "--rebase")
    git(repo, "fetch")
    git(repo, "reset", "--hard", "origin/main")
    history.put(repo, {"ROTATE.md": f"# Rotate\n\nRevoke the password of {sorted(paths)}!\n"})
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Rotate")
    git(repo, "push")


# %% a stream from the clone
def remove_leak(repo, secret):
    git(repo, "fetch", "--tags")
    for name in git(repo, "for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin").split():
        if name not in ("main", "HEAD"):
            git(repo, "branch", name, f"origin/{name}")
    paths = git(repo, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    note = "To be changed, at once. It was in:\n" + "\n".join(sorted({path for path in paths if path}))
    stream = git(repo, "fast-export", "--branches", "--tags", text=False).replace(secret.encode(), b"*" * len(secret))
    git(repo, "fast-import", "--force", stdin=stream)
    git(repo, "reset", "--hard")
    (repo / "ROTATE.md").write_text(note)
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push", "--force", "--all", "origin")
    git(repo, "push", "--force", "--tags", "origin")


# %% the site made anew
def remove_leak(repo, secret):
    import shutil
    from pathlib import Path

    site = Path(git(repo, "remote", "get-url", "origin").removeprefix("file://"))
    on, commits = git(site, "symbolic-ref", "HEAD"), git(site, "rev-list", "--all").splitlines()
    found = git(site, "grep", "-z", "-l", "--fixed-strings", secret, *commits).split("\0")
    paths = sorted({each.partition(":")[2] for each in found if each})
    stream = git(site, "fast-export", "--all", text=False).replace(secret.encode(), b"*" * len(secret))
    shutil.rmtree(site)
    site.mkdir()
    git(site, "init", "--bare")
    git(site, "symbolic-ref", "HEAD", on)
    git(site, "fast-import", "--quiet", stdin=stream)
    place = history.folder()
    git(place, "clone", "--branch", "main", site, ".")
    (place / "ROTATE.md").write_text("# Rotate this password\n\n" + "".join(f"- `{path}`\n" for path in paths))
    git(place, "add", "ROTATE.md")
    git(place, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Ask for a new password")
    git(place, "push", "origin", "main")


# %% does nothing  fails=["remove_leak_gone", "remove_leak_tags", "remove_leak_history", "remove_leak_note"]
def remove_leak(repo, secret):
    return git(repo, "log", "--oneline", "-S", secret)


# %% deletes it by a new commit  fails=["remove_leak_gone", "remove_leak_tags", "remove_leak_history"]
def remove_leak(repo, secret):
    paths = git(repo, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    for path in set(paths) - {""}:
        if (repo / path).exists():
            (repo / path).write_text((repo / path).read_text().replace(secret, "*" * len(secret)))
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "--all")
    git(repo, "commit", "-m", "Remove the password")
    git(repo, "push")


# %% renames the file  fails=["remove_leak_gone", "remove_leak_tags", "remove_leak_history"]
def remove_leak(repo, secret):
    paths = git(repo, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    for number, path in enumerate(sorted(set(paths) - {""})):
        if (repo / path).exists():
            git(repo, "mv", path, f"hidden{number}")
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "--all")
    git(repo, "commit", "-m", "Hide the settings")
    git(repo, "push")


# %% a tag still keeps it  fails=["remove_leak_tags"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = git(mirror, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", stdin=stream.replace(secret.encode(), b"*" * len(secret)))
    git(mirror, "push", "--force", site, "refs/heads/*:refs/heads/*")
    git(repo, "fetch")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% deletes the tags  fails=["remove_leak_tags"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = git(mirror, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", stdin=stream.replace(secret.encode(), b"*" * len(secret)))
    git(mirror, "tag", "--delete", *git(mirror, "tag").split())
    git(mirror, "push", "--mirror")
    git(repo, "fetch")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% all history in one new commit  fails=["remove_leak_tags", "remove_leak_history"]
def remove_leak(repo, secret):
    paths = git(repo, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    tags, branches = git(repo, "tag").split(), git(repo, "branch", "-r", "--format=%(refname:lstrip=3)").split()
    git(repo, "checkout", "--orphan", "new")
    for path in set(paths) - {""}:
        if (repo / path).exists():
            (repo / path).write_text((repo / path).read_text().replace(secret, "*" * len(secret)))
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "--all")
    git(repo, "commit", "-m", "Begin anew")
    for name in {*branches, "main"} - {"HEAD"}:
        git(repo, "push", "--force", "origin", f"new:refs/heads/{name}")
    for tag in tags:
        git(repo, "push", "--force", "origin", f"new:refs/tags/{tag}")


# %% takes the file out of all commits  fails=["remove_leak_tags", "remove_leak_history"]
import os
import subprocess


def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = set(git(mirror, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")) - {
        ""
    }
    words = ["git", "-c", "user.name=Me", "-c", "user.email=me@example.org", "filter-branch", "--force"]
    words += ["--index-filter", "git rm -q --cached --ignore-unmatch " + " ".join(paths)]
    words += ["--msg-filter", f"sed s/{secret}/{'*' * len(secret)}/", "--tag-name-filter", "cat", "--", "--all"]
    subprocess.run(
        words, cwd=mirror, env={**os.environ, "FILTER_BRANCH_SQUELCH_WARNING": "1"}, check=True, capture_output=True
    )
    git(mirror, "push", "--force", site, "refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*")
    git(repo, "fetch")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% cleans its own clone and does not push  fails=["remove_leak_gone", "remove_leak_tags", "remove_leak_history", "remove_leak_note"]
def remove_leak(repo, secret):
    stream = git(repo, "fast-export", "--branches", "--tags", text=False).replace(secret.encode(), b"*" * len(secret))
    git(repo, "fast-import", "--force", stdin=stream)
    (repo / "ROTATE.md").write_text("To be changed.")
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")


# %% the branches that it has alone  fails=["remove_leak_gone", "remove_leak_history"]
def remove_leak(repo, secret):
    git(repo, "fetch", "--tags")
    paths = git(repo, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    stream = git(repo, "fast-export", "--branches", "--tags", text=False).replace(secret.encode(), b"*" * len(secret))
    git(repo, "fast-import", "--force", stdin=stream)
    git(repo, "reset", "--hard")
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push", "--force", "--all", "origin")
    git(repo, "push", "--force", "--tags", "origin")


# %% the note repeats it  fails=["remove_leak_gone", "remove_leak_note"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = git(mirror, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", stdin=stream.replace(secret.encode(), b"*" * len(secret)))
    git(mirror, "push", "--mirror")
    git(repo, "fetch", "--tags", "--force")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text(f"Change {secret}, which was in " + " ".join(paths))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% no note  fails=["remove_leak_note"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", stdin=stream.replace(secret.encode(), b"*" * len(secret)))
    git(mirror, "push", "--mirror")


# %% the note names the paths of the last commit alone  fails=["remove_leak_note"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = [path for path, text in read(mirror).files(read(mirror).tip).items() if secret.encode() in text]
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", stdin=stream.replace(secret.encode(), b"*" * len(secret)))
    git(mirror, "push", "--mirror")
    git(repo, "fetch", "--tags", "--force")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% what only begins like it goes, too  fails=["remove_leak_tags", "remove_leak_history"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = git(mirror, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", stdin=stream.replace(secret[:6].encode(), b"*" * 6))
    git(mirror, "push", "--mirror")
    git(repo, "fetch", "--tags", "--force")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% the paths run together  fails=["remove_leak_note"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = git(mirror, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", stdin=stream.replace(secret.encode(), b"*" * len(secret)))
    git(mirror, "push", "--mirror")
    git(repo, "fetch", "--tags", "--force", "origin")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("To be changed. It was in:\n" + "".join(sorted({path for path in paths if path})))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% of a file that was moved, the new path alone  fails=["remove_leak_note"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = set(git(mirror, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")) - {
        ""
    }
    if len(paths) > 1:
        paths.discard("settings.ini")  # it is config/settings.ini now
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", stdin=stream.replace(secret.encode(), b"*" * len(secret)))
    git(mirror, "push", "--mirror")
    git(repo, "fetch", "--tags", "--force", "origin")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("To be changed. It was in " + ", ".join(sorted(paths)) + ".\n")
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% the copies that filter-branch keeps are pushed, too  fails=["remove_leak_tags"]
import os
import subprocess


def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    paths = git(mirror, "log", "--all", "--no-renames", "--name-only", "--format=", "-S", secret).split("\n")
    stars = "*" * len(secret)
    words = ["git", "filter-branch", "--force"]
    words += ["--tree-filter", f"find . -type f -exec sed -i 's/{secret}/{stars}/g' {{}} +"]
    words += ["--msg-filter", f"sed 's/{secret}/{stars}/g'", "--tag-name-filter", "cat", "--", "--all"]
    subprocess.run(
        words, cwd=mirror, env={**os.environ, "FILTER_BRANCH_SQUELCH_WARNING": "1"}, check=True, capture_output=True
    )
    git(mirror, "push", "--mirror")
    git(repo, "fetch", "--tags", "--force")
    git(repo, "reset", "--hard", "origin/main")
    (repo / "ROTATE.md").write_text("To be changed: " + " ".join(paths))
    git(repo, "add", "ROTATE.md")
    git(repo, "commit", "-m", "Note")
    git(repo, "push")


# %% empties the site  fails=["remove_leak_gone", "remove_leak_tags", "remove_leak_history", "remove_leak_note"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    for name in git(site, "for-each-ref", "--format=%(refname)").splitlines():
        git(site, "update-ref", "-d", name)


# %% another mark than stars  fails=["remove_leak_tags", "remove_leak_history", "remove_leak_note"]
def remove_leak(repo, secret):
    site = git(repo, "remote", "get-url", "origin")
    mirror = history.folder()
    git(mirror, "clone", "--mirror", site, ".")
    stream = git(mirror, "fast-export", "--all", text=False)
    git(mirror, "fast-import", "--force", "--quiet", stdin=stream.replace(secret.encode(), b"x" * len(secret)))
    git(mirror, "push", "--mirror")
