"""``python -m sequence_async``: the command line."""

from sequence_async.cli import main

if __name__ == "__main__":
    main()
