"""The `rackrent` command; `python -m crawler` is the same."""

import os
import signal


def main() -> None:
    """Run the command; a signal while it is still being loaded ends it at once."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: os._exit(130))
    # loading takes a second, and nothing has begun yet
    from crawler.cli import main as run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
