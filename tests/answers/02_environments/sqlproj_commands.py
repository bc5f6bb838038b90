# %% all at creation
def sqlproj_commands():
    return ["conda create -y -n sqlproj python pyodbc 'pandas>=2,<3'"]


# %% activated, as the lesson of 2016 meant it
def sqlproj_commands():
    return [
        "conda create -n sqlproj -c conda-forge python pyodbc",
        "conda activate sqlproj",
        "conda install pandas=2.2.3",
        "conda deactivate",
    ]


# %% by its folder
def sqlproj_commands():
    return [
        'conda create -p "$(conda info --base)/envs/sqlproj" python pyodbc',
        'conda install -p "$(conda info --base)/envs/sqlproj" "pandas=2"',
    ]


# %% from a file
from pathlib import Path


def sqlproj_commands():
    lines = ["name: sqlproj", "channels: [conda-forge]", "dependencies:", "  - python", "  - pyodbc", "  - pandas=2"]
    Path("sqlproj.yml").write_text("\n".join(lines) + "\n")
    return ["conda env create -f sqlproj.yml"]


# %% from a file that the lines write themselves
def sqlproj_commands():
    return [
        'cd "$(mktemp -d)"',
        "cat > env.yml <<'END'\nname: sqlproj\ndependencies:\n  - python\n  - pyodbc\n  - pandas >=2,<3\nEND",
        "conda env create -f env.yml",
    ]


# %% tries one, and clears it away
def sqlproj_commands():
    return [
        "conda create -n trial python pandas=2",
        "conda create -n sqlproj python pyodbc pandas=2",
        "conda env remove -n trial",
    ]


# %% takes -n for the name of a package  fails=["sqlproj_commands_made"]
def sqlproj_commands():
    return ["conda create -n sqlproj pyodbc", "conda install -n pyodbc pandas=2"]


# %% installs into base, as nothing is activated  fails=["sqlproj_commands_made", "sqlproj_commands_base"]
def sqlproj_commands():
    return ["conda create -n sqlproj pyodbc", "conda install pandas=2"]


# %% activates as in 2016, and so not at all  fails=["sqlproj_commands_made", "sqlproj_commands_base"]
def sqlproj_commands():
    return ["conda create -n sqlproj pyodbc", "activate sqlproj", "conda install pandas=2"]


# %% asks for exactly 2, which was never published  fails=["sqlproj_commands_made"]
def sqlproj_commands():
    return ["conda create -n sqlproj pyodbc", "conda install -n sqlproj pandas==2"]


# %% takes the newest, which is 3  fails=["sqlproj_commands_made"]
def sqlproj_commands():
    return ["conda create -n sqlproj pyodbc pandas"]


# %% lets the shell read the < of a bound  fails=["sqlproj_commands_made"]
def sqlproj_commands():
    return ["conda create -n sqlproj pyodbc", "conda install -n sqlproj pandas<3"]


# %% the version of 2016, which no Python of today runs  fails=["sqlproj_commands_made"]
def sqlproj_commands():
    return ["conda create -n sqlproj pyodbc", "conda install -n sqlproj pandas=0.15.0"]


# %% leaves a second environment behind  fails=["sqlproj_commands_only"]
def sqlproj_commands():
    return ["conda create -n pyodbc python pyodbc", "conda create -n sqlproj python pyodbc pandas=2"]


# %% puts it into base as well  fails=["sqlproj_commands_base"]
def sqlproj_commands():
    return ["conda install pandas=2", "conda create -n sqlproj python pyodbc pandas=2"]


# %% clears away everything else first  fails=["sqlproj_commands_only"]
def sqlproj_commands():
    return [
        'rm -rf "$(conda info --base)"/envs/*',
        "conda create -n sqlproj python pyodbc pandas=2",
    ]


# %% each package in an environment of its own  fails=["sqlproj_commands_made", "sqlproj_commands_only"]
def sqlproj_commands():
    return ["conda create -n sqlproj pyodbc", "conda create -n pandas python pandas=2"]


# %% an environment elsewhere  fails=["sqlproj_commands_made", "sqlproj_commands_base", "sqlproj_commands_only"]
def sqlproj_commands():
    return ['conda create -p "$HOME/sqlproj" python pyodbc pandas=2']


# %% one text, not a list of lines  fails=["sqlproj_commands_made", "sqlproj_commands_base", "sqlproj_commands_only"]
def sqlproj_commands():
    return "conda create -n sqlproj python pyodbc pandas=2"


# %% with the ! of a notebook, which a shell does not know  fails=["sqlproj_commands_made", "sqlproj_commands_base", "sqlproj_commands_only"]
def sqlproj_commands():
    return ["!conda create -n sqlproj python pyodbc", "!conda install -n sqlproj pandas=2"]
