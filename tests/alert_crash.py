"""One pass of alerts in a process of its own that dies where it is told to.

`python -m tests.alert_crash HOME MOMENT POINT TARGET`: while matching; or, for the first message
to the target (webhook, apprise, atom), before it left, after it left, or once it was marked.
"""

import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from crawler.alerting import matching
from crawler.alerting.channels import Way, send
from crawler.alerting.rules import Rule, Target
from crawler.alerting.running import Wish, alert
from crawler.alerting.wording import Message
from crawler.clock import moment_of
from crawler.home import Home
from crawler.store.database import Store


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    home, moment, point, wanted = sys.argv[1:]
    left: list[str] = []
    matched: list[str | None] = []

    def deadly(way: Way, rule: Rule, target: Target, message: Message) -> None:
        if left and point == "marked":
            die()
        struck = target.name.startswith(wanted)
        if struck and point == "before":
            die()
        send(way, rule, target, message)
        if struck:
            left.append(message.delivery)
        if struck and point == "after":
            die()

    def deadly_labels(store: Store, source_id: str | None) -> str | None:
        matched.append(source_id)
        if len(matched) > 2:
            die()
        return "F"

    labels = patch.object(matching, "credibility_of", deadly_labels)
    with labels if point == "matching" else nullcontext():
        alert(Home(Path(home)), moment_of(moment), Wish(), deadly)
    if point == "marked":
        die()


if __name__ == "__main__":
    main()
