"""Makes the files of the demo's full portfolio that are not text, from texts that can be read and reviewed.

`python -m tests.demo_evidence` writes them to `markterm/demo/portfolio/`. The texts are in `tests/data/demo_evidence/`;
what is written depends on them, on this package and on the libraries that write, and on nothing else.
"""
