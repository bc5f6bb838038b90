# Each target sets up what it needs (once; then in a second), and calls a real tool.
.PHONY: help demo test verify versions lab lint release site

help:
	@echo "make demo   a class of twelve: released, submitted, collected, graded, fed back"
	@echo "make test   what proves the course and its grader, but for the banks that take long"
	@echo "make verify every promise of the course: all answers, releases, mutants, stock nbgrader, lessons"
	@echo "make versions   what leans on the interpreter, under every Python of 3.11 to 3.13 that is here"
	@echo "make lab    JupyterLab on the lessons"
	@echo "make lint   ruff, on code and notebooks"
	@echo "make site   the lessons and the manual as pages to read, in build/site"
	@echo "make release   what students get, made again from source/"

demo:
	@./setup.sh teacher
	@.venv/bin/autograder demo --assignment 04_sql

test:
	@./setup.sh dev
	@.venv/bin/python -m pytest -q -n 2 --dist loadfile

verify:
	@./setup.sh dev
	@.venv/bin/autograder verify --thorough

# pyenv keeps its interpreters off PATH. One that is not there is named, and left out.
versions:
	@./setup.sh dev
	@PATH="$$(printf '%s:' "$$(pyenv root 2>/dev/null)"/versions/3.1[123].*/bin)$$PATH" \
		.venv/bin/nox --no-error-on-missing-interpreters $(NOX)

lab:
	@./setup.sh student
	@.venv/bin/course lab

lint:
	@./setup.sh dev
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

site:
	@./setup.sh dev
	@.venv/bin/sphinx-build -q -E -W --keep-going docs build/site
	@echo "build/site/index.html"

release:
	@./setup.sh teacher
	@for folder in source/*/; do .venv/bin/nbgrader generate_assignment --force $$(basename $$folder) || exit; done
