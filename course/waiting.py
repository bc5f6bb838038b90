"""What a student reads who asks for feedback before there is any: a sentence beside the submission, and on the command
line."""

from __future__ import annotations

from nbgrader.exchange.default import ExchangeFetchFeedback, ExchangeList

BESIDE = " – no feedback yet: your teacher has not released it. Look again later (the round arrow above)."
ON_REQUEST = (
    "There is no feedback on {assignment} yet: your teacher has not released it, or you have not submitted. Nothing of "
    "yours is lost. Look again later: `nbgrader list --cached` and the Assignment List say when it is there."
)


class ListWithFeedback(ExchangeList):
    """nbgrader's list. A student's own submission says where its feedback is still missing."""

    def parse_assignments(self):
        """What nbgrader finds. The Assignment List shows the time of a submission, so the sentence stands behind it."""
        found = super().parse_assignments()
        if self.cached and not self.inbound:
            for submission in (one for assignment in found for one in assignment["submissions"]):
                if not (submission["has_local_feedback"] or submission["has_exchange_feedback"]):
                    submission["timestamp"] += BESIDE
        return found


class FetchReleasedFeedback(ExchangeFetchFeedback):
    """nbgrader's way of fetching feedback. Where there is none, that is said."""

    def _assignment_not_found(self, *_):
        self._not_yet()

    def init_src(self):
        """Find the pages that were released, or fail with the sentence."""
        super().init_src()
        if not self.feedback_files:
            self._not_yet()

    def _not_yet(self):
        self.fail(ON_REQUEST.format(assignment=self.coursedir.assignment_id or "any assignment"))
