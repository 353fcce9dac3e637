"""What the readers make of any folder of real files: run with `python -m tests.corpus FOLDER`, see `__main__`."""
