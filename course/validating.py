"""What *Validate* runs a student's notebook with: where the kernel dies, the message names the cell and what to do."""

from __future__ import annotations

import nbformat
from nbclient.exceptions import DeadKernelError
from nbgrader.preprocessors import Execute

ADVICE = (
    "The kernel died while the cell that begins with {line!r} ran: its code ended Python (exit(), os._exit, a crash in "
    "a library), used up the memory, or somebody stopped it. Nothing of yours is lost. Run the cells one by one to see "
    "which line it is (Kernel → Restart Kernel first), mend it, and press Validate again."
)


class RunWhatIsValidated(Execute):
    """nbgrader's own way of running a notebook. A kernel that dies is an error of the checks, not of nbgrader."""

    def preprocess_cell(self, cell, resources, index):
        """Run a cell; from the one that the kernel died at, every check says so."""
        if getattr(self, "_died", ""):
            return self._tell(cell), resources
        try:
            return super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            lines = [line for line in cell.source.splitlines() if line.strip()]
            self._died = ADVICE.format(line=lines[0].strip() if lines else "")
            return self._tell(cell), resources

    def _tell(self, cell):
        if cell.cell_type == "code":
            said = nbformat.v4.new_output("error", ename="KernelDied", evalue=self._died, traceback=[self._died])
            cell.outputs = [said]
        return cell
