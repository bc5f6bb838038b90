# %% jupytext, and what it cannot know
import jupytext
import nbformat


def to_script(nb):
    cells = []
    for cell in nb["cells"]:
        lines = cell["source"].splitlines() or [""]
        if cell["cell_type"] == "raw":
            continue
        if cell["cell_type"] == "code":
            if lines[0].startswith("%%time"):
                lines = lines[1:]
            lines = [line[len("%time ") :] if line.startswith("%time ") else line for line in lines]
            lines = [line for line in lines if line != "plt.show()"]
        cells.append({**cell, "source": "\n".join(lines)})
    return jupytext.writes(nbformat.from_dict({**nb, "cells": cells}), fmt="py:light")


# %% its own, with text in strings and without windows
def to_script(nb):
    script = []
    for cell in nb["cells"]:
        source = cell["source"]
        if cell["cell_type"] == "markdown":
            script += [repr(line) for line in source.split("\n")]
        elif cell["cell_type"] == "code":
            first, _, rest = source.partition("\n")
            if first.startswith("%%"):
                source = rest if first.strip() == "%%time" else ""
            for line in source.split("\n"):
                if line.startswith("%time "):
                    line = line[6:]
                if line[:1] in "%!?" or line.endswith("?"):
                    continue
                script.append(line.replace("plt.show()", "plt.savefig('plot.png')"))
    return "\n".join(script)


# %% nbconvert, and what it cannot know
import nbformat
from nbconvert import PythonExporter


def to_script(nb):
    cells = []
    for cell in nb["cells"]:
        lines = cell["source"].splitlines() or [""]
        if cell["cell_type"] == "code":
            if lines[0].startswith("%%time"):
                lines = lines[1:]
            elif lines[0].startswith("%%"):
                continue
            lines = [line.removeprefix("%time ") for line in lines]
            lines = [line for line in lines if line[:1] not in ("%", "!", "?") and line[-1:] != "?"]
        if cell["cell_type"] != "raw":
            cells.append({**cell, "source": "\n".join(lines)})
    script, _ = PythonExporter().from_notebook_node(nbformat.from_dict({**nb, "cells": cells}))
    return "import os\nos.environ['MPLBACKEND'] = 'agg'\n" + script


# %% nbconvert as it is  fails=["to_script_runs", "to_script_result", "to_script_headless", "to_script_prose"]
import nbformat
from nbconvert import PythonExporter


def to_script(nb):
    return PythonExporter().from_notebook_node(nbformat.from_dict(nb))[0]


# %% leaves magics in  fails=["to_script_runs", "to_script_result", "to_script_headless", "to_script_prose"]
def to_script(nb):
    parts = ["import os\nos.environ['MPLBACKEND'] = 'agg'"]
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            parts.append(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append("\n".join("# " + line for line in cell["source"].splitlines()))
    return "\n".join(parts)


# %% jupytext as it is  fails=["to_script_result", "to_script_headless", "to_script_prose"]
import jupytext
import nbformat


def to_script(nb):
    return jupytext.writes(nbformat.from_dict(nb), fmt="py:percent")


# %% pastes outputs in  fails=["to_script_runs", "to_script_result", "to_script_headless", "to_script_prose"]
def to_script(nb):
    parts = ["import os\nos.environ['MPLBACKEND'] = 'agg'"]
    for cell in nb["cells"]:
        lines = cell["source"].splitlines() or [""]
        if cell["cell_type"] == "markdown":
            parts.append("\n".join("# " + line for line in lines))
        if cell["cell_type"] == "code":
            if lines[0].startswith("%%time"):
                lines = lines[1:]
            elif lines[0].startswith("%%"):
                continue
            lines = [line.removeprefix("%time ") for line in lines]
            parts += [line for line in lines if line[:1] not in "%!?" and line[-1:] != "?"]
            parts += [output["text"] for output in cell["outputs"]]
    return "\n".join(parts)


# %% plots that block  fails=["to_script_headless"]
def to_script(nb):
    parts = []
    for cell in nb["cells"]:
        lines = cell["source"].splitlines() or [""]
        if cell["cell_type"] == "markdown":
            parts.append("\n".join("# " + line for line in lines))
        if cell["cell_type"] == "code":
            if lines[0].startswith("%%time"):
                lines = lines[1:]
            elif lines[0].startswith("%%"):
                continue
            lines = [line.removeprefix("%time ") for line in lines]
            parts += [line for line in lines if line[:1] not in "%!?" and line[-1:] != "?"]
    return "\n".join(parts)


# %% text as code  fails=["to_script_prose"]
def to_script(nb):
    parts = ["import os\nos.environ['MPLBACKEND'] = 'agg'"]
    for cell in nb["cells"]:
        lines = cell["source"].splitlines() or [""]
        if lines[0].startswith("%%time"):
            lines = lines[1:]
        elif lines[0].startswith("%%"):
            continue
        lines = [line.removeprefix("%time ") for line in lines]
        parts += [line for line in lines if line[:1] not in ("%", "!", "?") and line[-1:] != "?"]
    return "\n".join(parts)


# %% text within three quotes  fails=["to_script_prose"]
def to_script(nb):
    parts = ["import os\nos.environ['MPLBACKEND'] = 'agg'"]
    for cell in nb["cells"]:
        lines = cell["source"].splitlines() or [""]
        if cell["cell_type"] == "markdown":
            parts.append('"""' + cell["source"] + '"""')
        if cell["cell_type"] == "code":
            if lines[0].startswith("%%time"):
                lines = lines[1:]
            elif lines[0].startswith("%%"):
                continue
            lines = [line.removeprefix("%time ") for line in lines]
            parts += [line for line in lines if line[:1] not in "%!?" and line[-1:] != "?"]
    return "\n".join(parts)


# %% leaves the text out  fails=["to_script_prose"]
def to_script(nb):
    parts = ["import os\nos.environ['MPLBACKEND'] = 'agg'"]
    for cell in nb["cells"]:
        lines = cell["source"].splitlines() or [""]
        if cell["cell_type"] == "code":
            if lines[0].startswith("%%time"):
                lines = lines[1:]
            elif lines[0].startswith("%%"):
                continue
            lines = [line.removeprefix("%time ") for line in lines]
            parts += [line for line in lines if line[:1] not in "%!?" and line[-1:] != "?"]
    return "\n".join(parts)


# %% drops every line with a magic  fails=["to_script_result", "to_script_prose"]
def to_script(nb):
    parts = ["import os\nos.environ['MPLBACKEND'] = 'agg'"]
    for cell in nb["cells"]:
        lines = cell["source"].splitlines() or [""]
        if cell["cell_type"] == "markdown":
            parts.append("\n".join("# " + line for line in lines))
        if cell["cell_type"] == "code" and not cell["source"].startswith("%%"):
            parts += [line for line in lines if line[:1] not in "%!?" and line[-1:] != "?"]
    return "\n".join(parts)


# %% drops the first line of a cell in another language, and keeps the rest  fails=["to_script_runs", "to_script_result", "to_script_prose"]
def to_script(nb):
    lines = ["import os", "os.environ['MPLBACKEND'] = 'agg'"]
    for cell in nb["cells"]:
        source = cell["source"]
        if cell["cell_type"] == "markdown":
            lines += [f"# {line}" for line in source.splitlines()]
        if cell["cell_type"] != "code":
            continue
        for line in source.splitlines():
            line = line.removeprefix("%time ")
            lines.append("pass" if line.startswith(("%", "!", "?")) or line.endswith("?") else line)
    return "\n".join(lines)
