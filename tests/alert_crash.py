"""One pass of alerts in a process of its own that dies where it is told to.

`python -m tests.alert_crash HOME MOMENT POINT`: before or after the first message has left, or
once it has been marked (before the second one leaves).
"""

import os
import signal
import sys
from pathlib import Path

from crawler.alerting.channels import Way, send
from crawler.alerting.rules import Rule, Target
from crawler.alerting.running import Wish, alert
from crawler.alerting.wording import Message
from crawler.clock import moment_of
from crawler.home import Home


def main() -> None:
    home, moment, point = Home(Path(sys.argv[1])), moment_of(sys.argv[2]), sys.argv[3]
    left: list[str] = []

    def deadly(way: Way, rule: Rule, target: Target, message: Message) -> None:
        if point == "before" or (point == "marked" and left):
            os.kill(os.getpid(), signal.SIGKILL)
        send(way, rule, target, message)
        left.append(message.delivery)
        if point == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    alert(home, moment, Wish(), deadly)


if __name__ == "__main__":
    main()
