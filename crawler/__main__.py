"""The `rackrent` command; `python -m crawler` is the same."""

from crawler.cli import main

if __name__ == "__main__":
    main()
