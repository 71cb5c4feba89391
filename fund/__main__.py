"""`python -m fund`: the command line without its script."""

from fund.cli import main

# The process that prints letters imports this file again, under another name.
if __name__ == "__main__":
    main()
