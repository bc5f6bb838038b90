"""The anchors of headings, as JupyterLab makes them."""


def slug(title: str) -> str:
    """Lessons link to their own sections by this."""
    return title.replace(" ", "-")
