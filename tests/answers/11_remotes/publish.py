# %% a URL, and the branch after the change
def publish(remote, folder):
    git(folder.parent, "clone", remote.as_uri(), folder)
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "checkout", "-b", "lucas")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "HEAD")


# %% the upstream by configuration
def publish(remote, folder):
    git(folder.parent, "clone", "--no-hardlinks", remote, folder)
    git(folder, "config", "user.name", "Me")
    git(folder, "config", "user.email", "me@example.org")
    git(folder, "config", "push.autoSetupRemote", "true")
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "commit", "-m", "Add lucas")
    git(folder, "push")


# %% by hand
def publish(remote, folder):
    folder.mkdir()
    git(folder, "init")
    git(folder, "remote", "add", "origin", remote)
    git(folder, "fetch", "--tags", "origin")
    git(folder, "remote", "set-head", "origin", "--auto")
    git(folder, "switch", "--no-track", "-c", "lucas", "origin/HEAD")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "origin", "lucas")
    git(folder, "branch", "--set-upstream-to", "origin/lucas")


# %% a branch that first tracks another one
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "config", "user.name", "Me")
    git(folder, "config", "user.email", "me@example.org")
    git(folder, "push", "origin", "HEAD:refs/heads/lucas")
    git(folder, "switch", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "commit", "-m", "Add lucas")
    git(folder, "push")


# %% a repository of its own that fetches
def publish(remote, folder):
    folder.mkdir()
    git(folder, "init")
    git(folder, "remote", "add", "origin", remote)
    git(folder, "fetch")
    git(folder, "remote", "set-head", "origin", "--auto")
    git(folder, "switch", "--no-track", "-c", "lucas", "origin/HEAD")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "HEAD")


# %% pushes main  fails=["publish_branch", "publish_main", "publish_upstream"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push")


# %% pushes main besides  fails=["publish_main"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "switch", "-c", "lucas")
    git(folder, "push", "-u", "origin", "--all")


# %% commits on main, then makes the branch  fails=["publish_main"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "switch", "-c", "lucas")
    git(folder, "push", "-u", "origin", "lucas")


# %% commits and does not push  fails=["publish_branch", "publish_upstream"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")


# %% clones and no more  fails=["publish_branch", "publish_upstream"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)


# %% pushes an empty branch  fails=["publish_branch"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "push", "-u", "origin", "lucas")


# %% another URL  fails=["publish_url"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "lucas")
    git(folder, "remote", "set-url", "origin", "https://git.example.org/fibo.git")


# %% no upstream  fails=["publish_upstream"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "origin", "lucas")


# %% tracks main  fails=["publish_upstream"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "lucas")
    git(folder, "branch", "--set-upstream-to", "origin/HEAD")


# %% goes back to main at the end  fails=["publish_upstream"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "lucas")
    git(folder, "switch", "-")


# %% begins with another history  fails=["publish_branch"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "--orphan", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "lucas")


# %% begins at the branch called main  fails=["publish_branch"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "--no-track", "-c", "lucas", "origin/main")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "lucas")


# %% deletes a tag of the site  fails=["publish_main"]
def publish(remote, folder):
    git(folder.parent, "clone", remote, folder)
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "lucas")
    git(folder, "push", "origin", "--delete", "v1")


# %% a clone that knows one branch alone  fails=["publish_upstream"]
def publish(remote, folder):
    git(folder.parent, "clone", "--depth", "1", f"file://{remote}", folder)
    git(folder, "switch", "-c", "lucas")
    (folder / "lucas.py").write_text(LUCAS)
    git(folder, "add", "lucas.py")
    git(folder, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "-m", "Add lucas")
    git(folder, "push", "-u", "origin", "lucas")
