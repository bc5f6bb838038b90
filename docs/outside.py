"""Links of lessons and pages to files of the project that are no pages of the site: they become downloads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

ROOT = Path(__file__).parents[1]


class Outside(SphinxTransform):
    """Looks at what MyST takes for links between pages."""

    default_priority = 210  # once the page is read, before downloads are collected

    def apply(self, **_: Any) -> None:
        """Turn each link to a file outside of the site into a download."""
        for link in list(self.document.findall(addnodes.pending_xref)):
            # A page is read through a link or an `include`: its own file is where its links begin.
            start = Path(link.source or self.env.doc2path(self.env.docname)).resolve().parent
            for name in (link.get("reftarget", ""), f"{link.get('reftarget', '')}.ipynb"):
                file = next((place for place in self._places(start, name) if place.is_file()), None)
                if file is not None and self._is_outside(file):
                    self._replace(link, file)
                    break

    def _places(self, start: Path, name: str) -> list[Path]:
        return [(start / name).resolve(), (ROOT / name).resolve()] if name and not name.startswith("#") else []

    def _is_outside(self, file: Path) -> bool:
        lessons = ROOT / "course" / "lessons"
        return file.is_relative_to(ROOT) and not file.is_relative_to(lessons)

    def _replace(self, link: addnodes.pending_xref, file: Path) -> None:
        page = {ROOT / "README.md": "readme", ROOT / "CONTRIBUTING.md": "contributing"}.get(file)
        if page:
            link["reftarget"], link["refdomain"], link["reftype"] = page, "std", "doc"
            link["refexplicit"], link["refdoc"] = True, self.env.docname
            return
        target = f"/{Path('..') / file.relative_to(ROOT)}"
        found = addnodes.download_reference("", "", *(child.deepcopy() for child in link.children), reftarget=target)
        link.replace_self(found)


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_transform(Outside)
    return {"parallel_read_safe": True}
