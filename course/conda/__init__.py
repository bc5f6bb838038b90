"""A conda of the course's own: real solves and real environments, without a network.

Conda is no Python package, so it cannot be installed beside the course. What does the work inside of it can: py-rattler
solves, and puts packages into environments as conda does. Around it stands here what the course needs:

    here = conda.installation("my-conda")         # base, an empty envs/, the course's channel, and a command `conda`
    here.run("create", "-n", "sqlproj", "pyodbc")  # the same as typing it: `conda create -n sqlproj pyodbc`
    here.prefix("sqlproj")                         # the folder of that environment

The channel holds what `course.conda.recipes` lists. Its `python` is a link to the Python that made it; its pandas,
numpy and pyodbc have true names, versions and requirements, and a stub inside. The environments are as real as any:
each has its own `conda-meta`, its own Python, and packages of its own.

On a machine with a conda or mamba the lessons use that one; see `course.conda.real`.
"""

from course.conda.environment import CondaError
from course.conda.installation import Installation, installation

__all__ = ["CondaError", "Installation", "installation"]
