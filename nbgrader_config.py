"""nbgrader's settings for this course: what differs from its defaults, each with its reason.

The folders are nbgrader's own: source/, release/, submitted/, autograded/, feedback/, and gradebook.db beside them.
Run `nbgrader` and formgrader in the folder that holds this file.
"""

import os
import sys
from pathlib import Path

from nbgrader.preprocessors import ComputeChecksums

from autograder.preprocessor import HideTests, NormalForm

c = get_config()  # noqa: F821  (nbgrader runs this file with it defined)

# nbgrader calls `alembic` by name when it makes a gradebook. It lies beside nbgrader, which PATH need not know:
# `.venv/bin/nbgrader` is a good way of calling it.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"

# The exchange and the gradebook keep courses apart by this name; students fetch and submit by it.
c.CourseDirectory.course_id = "workflow"

# release/ is committed, so it must come out the same from everybody's machine: in the one form in which this project
# keeps notebooks. The checksums are computed again because they are of the text as it is then written.
c.GenerateAssignment.preprocessors.extend([NormalForm, ComputeChecksums])

# A check that a student deleted is put back and graded. Otherwise its points stay open, and nobody is told.
c.OverwriteCells.add_missing_cells = True

# The notebook that was graded holds the hidden tests, and stock nbgrader shows them to whoever fetches feedback.
c.GenerateFeedback.preprocessors.prepend([HideTests])
