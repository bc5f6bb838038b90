"""How a class fared: what `numbers` computes from the gradebook and the graded notebooks, as JSON or as a page."""

from __future__ import annotations

from .numbers import Cluster, Report, of
from .page import page

__all__ = ["Cluster", "Report", "of", "page"]
