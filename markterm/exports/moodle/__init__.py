"""What goes back into Moodle: the grading worksheet that it gave out, and feedback under the names that it takes."""
