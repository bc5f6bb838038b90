"""The site: the lessons as they were run, and what the README, CONTRIBUTING and the command line say. `make site`."""

import sys
from pathlib import Path

# Sphinx keeps what it has read, and finds the function again by its module.
sys.path.insert(0, str(Path(__file__).parent))
from anchors import slug

project = "Workflow and working on the server"
author = "its contributors"
html_title = project
extensions = ["myst_nb", "sphinx_argparse_cli", "outside"]
exclude_patterns = ["_templates", "**.ipynb_checkpoints"]

# Lessons are committed as they were run, and nbval proves their outputs: nothing is run here.
nb_execution_mode = "off"
nb_merge_streams = True

myst_heading_anchors = 3
myst_heading_slug_func = slug
# A function among the settings: the site is read anew each time, in seconds. Cells with magics are no plain Python.
suppress_warnings = ["config.cache", "misc.highlighting_failure"]

html_theme = "furo"
html_theme_options = {"navigation_with_keys": True, "top_of_page_buttons": []}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
templates_path = ["_templates"]
html_copy_source = True
html_sourcelink_suffix = ""
html_show_sphinx = False
html_show_copyright = False


def setup(app):
    """Called by Sphinx."""
    app.connect("html-page-context", _offer)


def _offer(app, page, template, context, tree):
    """Let the page of a notebook offer the notebook itself."""
    name = f"{page}.ipynb"
    context["notebook"] = name if Path(app.srcdir, name).exists() else ""
