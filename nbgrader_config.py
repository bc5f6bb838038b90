"""nbgrader's settings for this course: what differs from its defaults, each with its reason.

The folders are nbgrader's own: source/, release/, submitted/, autograded/, feedback/, and gradebook.db beside them.
Run `nbgrader` and formgrader in the folder that holds this file.
"""

import os
import sys
from pathlib import Path

try:
    from nbgrader.preprocessors import CheckCellMetadata, ClearOutput
    from nbgrader.validator import Validator

    from course.validating import RunWhatIsValidated
    from course.waiting import FetchReleasedFeedback, ListWithFeedback
except Exception as error:
    raise SystemExit(
        f"nbgrader_config.py: the package `course` cannot be imported ({error}), so nothing is done. "
        f"Run nbgrader from the environment that `make` made for this course, .venv, not from {sys.executable}."
    ) from error

try:
    from nbconvert.preprocessors import ClearMetadataPreprocessor
    from nbgrader.preprocessors import (
        AssignLatePenalties,
        ComputeChecksums,
        IgnorePattern,
        LimitOutput,
        OverwriteCells,
        SaveAutoGrades,
    )

    from autograder.preprocessor import (
        AskAPerson,
        FeedbackPage,
        Grades,
        HideTests,
        NormalForm,
        Reader,
        Rebuild,
        ThroughAirlock,
        take_in,
    )
except Exception as error:
    # A student's environment, most often: fetching, validating and submitting need no grader. What would need it must
    # not go on without: nbgrader would report the error, take settings of its own, and run the checks beside the
    # students' code.
    REFUSAL = (
        f"nbgrader_config.py: the grader of this course cannot be imported ({error}), so nothing is done. "
        f"Run nbgrader from the environment that holds it, or install it in this one ({sys.executable})."
    )
else:
    REFUSAL = ""


def refuse(**_):
    """In place of generating or grading anything. No Exception: nbgrader would note that, and go on."""
    raise SystemExit(REFUSAL)


c = get_config()  # noqa: F821  (nbgrader runs this file with it defined)

# nbgrader calls `alembic` by name when it makes a gradebook. It lies beside nbgrader, which PATH need not know:
# `.venv/bin/nbgrader` is a good way of calling it.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"

# The exchange and the gradebook keep courses apart by this name; students fetch and submit by it.
c.CourseDirectory.course_id = "workflow"

# *Validate* and `nbgrader validate`: where the student's code ends the kernel, the cell is named, in a sentence.
# nbgrader has no such setting until its list of steps is declared to be one.
Validator.class_traits()["preprocessors"].tag(config=True)
c.Validator.preprocessors = [CheckCellMetadata, ClearOutput, RunWhatIsValidated]
# On a busy server checks that make environments or start engines take longer than the usual 30 seconds; and where the
# word that a cell is done is 4 seconds late, nothing is validated at all.
c.RunWhatIsValidated.timeout = 120
c.RunWhatIsValidated.iopub_timeout = 60

# *Fetch Feedback* before there is any: nbgrader does nothing and says nothing. Here a sentence says so.
c.ExchangeFactory.list = ListWithFeedback
c.ExchangeFactory.fetch_feedback = FetchReleasedFeedback

if REFUSAL:
    c.GenerateAssignment.pre_convert_hook = refuse
    c.Autograde.pre_convert_hook = refuse
    c.GenerateFeedback.pre_convert_hook = refuse
else:
    # release/ is committed, so it must come out the same from everybody's machine: in the one form in which this
    # project keeps notebooks. The checksums are computed again because they are of the text as it is then written.
    c.GenerateAssignment.preprocessors.extend([NormalForm, ComputeChecksums])

    # Checks never run where the student's code runs. A submission is a stranger's folder (take_in, Reader); the
    # notebook that is run is made anew from the source (Rebuild in place of what repairs the submitted one); the
    # student's cells and the checks run in two walled processes (ThroughAirlock in place of Execute); and what the
    # grader could not tell waits for a person (AskAPerson). All else is nbgrader's own, in its order.
    c.Autograde.pre_convert_hook = take_in
    c.Autograde.exporter_class = Reader
    c.Autograde.sanitize_preprocessors = [Rebuild, OverwriteCells, CheckCellMetadata]
    c.Autograde.autograde_preprocessors = [
        ThroughAirlock,
        IgnorePattern,
        ClearMetadataPreprocessor,
        LimitOutput,
        SaveAutoGrades,
        AskAPerson,
        AssignLatePenalties,
        CheckCellMetadata,
    ]

    # The notebook that was graded holds the hidden tests, and stock nbgrader shows them to whoever fetches feedback.
    # What a student gets is a page of our own, on which nothing of anybody's runs.
    c.GenerateFeedback.preprocessors = [HideTests, Grades]
    c.GenerateFeedback.exporter_class = FeedbackPage
