"""Kills a random process of the browser at a random moment, again and again: no page may be lost.

`make browser-kills`, or `python scripts/browser_kills.py --trials 20 --seed 1`. Each trial renders
pages whose content comes late, kills one process of the tree with SIGKILL, and counts the pages
that came whole. Prints the count; exit code 1 when a page was lost or a process is left.
"""

import argparse
import asyncio
import random
import re
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.browser import Browser, BrowserError, Rendered, RenderJob  # noqa: E402
from crawler.rendering.processes import sweep  # noqa: E402
from tests.site import site  # noqa: E402

PAGES = 3
"""Pages of a trial."""
TRIES = 3
"""How often a crawl asks for a page."""
LATE = """<html><body><ul id=l></ul><script>
fetch('/rows').then((answer) => answer.text()).then((rows) => setTimeout(() => {
  for (const row of rows.split(' ')) l.insertAdjacentHTML('beforeend', `<li>row ${row}</li>`);
}, 200));
</script></body></html>"""
ROWS = " ".join(map(str, range(20)))
SERVED = {f"/{number}": (200, LATE) for number in range(PAGES)} | {"/rows": (200, ROWS)}


def job(host: str, number: int) -> RenderJob:
    """A page of a trial."""
    return RenderJob(
        url=f"http://{host}/{number}",
        hosts=(host,),
        local=True,
        wait_for=None,
        scroll=1,
        timeout_s=45,
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    )


async def killer(chance: random.Random, within_s: float, others: set[int]) -> str:
    """Kill one process of the browser, none of the others; its name."""
    await asyncio.sleep(chance.uniform(0, within_s))
    family = [one for one in psutil.Process().children(recursive=True) if one.pid not in others]
    if not family:
        return "nobody"
    victim = chance.choice(family)
    try:
        name = victim.name()
        victim.kill()
    except psutil.NoSuchProcess:
        return "nobody"
    return name


async def read(browser: Browser, one: RenderJob) -> bool:
    """Whether a page came whole, asked for as often as a crawl does."""
    for _ in range(TRIES):
        try:
            page: Rendered = await browser.render(one)
        except BrowserError:
            continue
        return len(re.findall("<li>row [0-9]+</li>", page.html)) == len(ROWS.split())
    return False


def children() -> set[int]:
    """Process ids of this process's family."""
    return {one.pid for one in psutil.Process().children(recursive=True)}


async def trial(host: str, chance: random.Random) -> tuple[int, str]:
    """Pages that were lost, and what was killed."""
    others = children()
    browser = Browser()
    killing = asyncio.create_task(killer(chance, 5.0, others))
    kept = [await read(browser, job(host, number)) for number in range(PAGES)]
    victim = await killing
    await browser.close()
    return kept.count(False), victim


def main() -> int:
    """Run the trials and print the count."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--trials", type=int, default=20)
    asking.add_argument("--seed", type=int, default=int(time.time()))
    asked = asking.parse_args()
    chance = random.Random(asked.seed)
    lost = 0
    with site(SERVED, []) as host:
        for number in range(asked.trials):
            gone, victim = asyncio.run(trial(host, chance))
            lost += gone
            print(f"trial {number + 1}: killed {victim}: {PAGES - gone} of {PAGES} pages")
    left = len(children())
    folders = sweep()
    print(
        f"{asked.trials} kills (seed {asked.seed}): {lost} pages lost, {left} processes left, "
        f"{folders} folders left"
    )
    return 1 if lost or left or folders else 0


if __name__ == "__main__":
    sys.exit(main())
