"""`python -m fund`: the command line without its script."""

from fund.cli import main

main()
