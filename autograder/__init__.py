"""A grader for notebooks: proves a course's checks, and grades its submissions."""
