"""How runs end."""

from tests.cases import Case

CASES = (
    Case(
        "sigterm-site-hangs",
        "SIGTERM comes while a site gives no answer",
        "the command ends within 10 seconds with exit code 130 and leaves no process",
    ),
    Case(
        "sigterm-site-drips",
        "SIGTERM comes while a site sends a byte a second",
        "the command ends within 10 seconds with exit code 130 and leaves no process",
    ),
    Case(
        "sigterm-long-parse",
        "SIGTERM comes while huge pages are parsed",
        "the command ends within 10 seconds with exit code 130 and leaves no process",
    ),
    Case(
        "sigterm-endless-script",
        "SIGTERM comes while a page's script runs for ever in the browser",
        "the command ends within 10 seconds with exit code 130 and leaves no process, Chromium "
        "included",
    ),
    Case(
        "sigint-in-the-middle",
        "Ctrl-C comes in the middle of a board",
        "exit code 130 within 10 seconds; the next run brings every post once",
    ),
    Case(
        "sigterm-while-the-database-is-locked",
        "SIGTERM comes while the command waits for a lock of the database in C",
        "it ends by force after 6 seconds with exit code 130; the database is sound",
    ),
    Case(
        "sigterm-twice",
        "SIGTERM comes twice within a moment",
        "exit code 130 within 10 seconds, without a traceback",
    ),
    Case(
        "sigterm-to-the-scheduler",
        "SIGTERM comes to a scheduler whose crawl hangs",
        "both end within 10 seconds; the crawl's slot is tried again",
    ),
    Case(
        "crawl-killed",
        "the process of a crawl is killed under the command",
        "exit code 1, the run's row says that it died and where to look; the next run goes on",
    ),
    Case(
        "crawl-stalled",
        "nothing comes and nothing fails for long",
        "the crawl ends itself; the run's row says so, and its exit code is 4",
    ),
    Case(
        "crawl-silent",
        "a crawl's process shows no sign of life for two minutes",
        "it is killed with all that it started, and its run is told as stalled",
    ),
    Case(
        "one-of-several-fails",
        "the evidence of one of two sources cannot be written",
        "the other is read; exit code 6, and the run's row names the file",
    ),
    Case(
        "run-without-end",
        "a run of the schedule takes longer than a day",
        "it is ended, and tried again from where it stopped",
    ),
    Case(
        "timer-silent",
        "the scheduler's timer gives no tick",
        "the scheduler looks all the same",
    ),
    Case(
        "kill-at-random",
        "25 runs of crawls, analyses, links, exports and backups are killed at random moments",
        "after a clean run the database equals an undisturbed one, evidence verifies, nothing is "
        "doubled",
    ),
)
