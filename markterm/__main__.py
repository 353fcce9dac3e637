"""`python -m markterm` is `markterm`."""

from markterm.cli import main

main()
