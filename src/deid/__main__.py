"""`python -m deid` is the `deid` command."""

from deid.cli.app import main

if __name__ == "__main__":
    main()
