"""Storage."""

from tests.cases import Case

CASES = (
    Case(
        "disk-full-in-a-crawl",
        "the disk fills up while a board is read",
        "exit code 6 names a file, the room and what to do; the database is sound, the evidence "
        "verifies, and with room the next run brings every post once",
    ),
    Case(
        "disk-full-before-a-crawl",
        "there is no room at all when a crawl starts",
        "exit code 6 in one line, and nothing is damaged",
    ),
    Case(
        "disk-full-in-an-evidence-record",
        "a record of the evidence finds no room half-way",
        "the file is as it was before, its error says what to do, the next record is whole",
    ),
    Case(
        "disk-full-in-a-page",
        "the rows of a page find no room",
        "nothing of the page is kept, and all of it once there is room",
    ),
    Case(
        "disk-full-in-an-analysis",
        "findings find no room",
        "the analysis ends with what to do, and goes on where it stopped",
    ),
    Case(
        "disk-full-while-linking",
        "providers find no room",
        "no table changed, and linking anew brings all",
    ),
    Case(
        "disk-full-in-an-export",
        "an export finds no room",
        "exit code 6, no part of a file stays, and nothing counts as told",
    ),
    Case(
        "disk-full-in-a-backup",
        "a backup finds no room",
        "exit code 6, and no file stays that looks like a backup",
    ),
    Case(
        "log-full",
        "the log can take nothing",
        "the crawl reads every page all the same",
    ),
    Case(
        "file-system-read-only",
        "the home's file system turns read-only",
        "exit code 6 says what to make writable; nothing changed, and the next run goes on",
    ),
    Case(
        "torn-last-record",
        "a crawl was killed in the middle of a record",
        "the next start cuts the record off into a `.tail` file, says so, and evidence verifies",
    ),
    Case(
        "torn-record-in-the-middle",
        "a file of the evidence is damaged before records that rows point to",
        "nothing is cut; verifying tells of the damage",
    ),
    Case(
        "database-bytes-flipped",
        "random bytes of the database change, 60 times",
        "each is found before a run, by an error that says what to do, or hit room that nothing "
        "uses; nothing else is raised",
    ),
    Case(
        "database-damaged-with-a-backup",
        "the database is damaged, and there is a backup",
        "no crawl starts; the command that is named brings the posts back",
    ),
    Case(
        "database-damaged-without-a-backup",
        "the database is damaged, and there is evidence only",
        "no crawl starts; the rebuild that is named is one from the evidence",
    ),
    Case(
        "large-database-checked-daily",
        "a database has grown large",
        "it is read from end to end once a day and after each start of the machine, not each run",
    ),
    Case(
        "clock-set-back-between-runs",
        "the machine's clock goes back an hour between two runs",
        "the second run is later than the first, says so, and what is gone and edited is in order",
    ),
    Case(
        "clock-set-back-in-a-run",
        "the machine's clock goes back a day while a run is at work",
        "its moments go on",
    ),
    Case(
        "clock-set-back-under-the-scheduler",
        "the clock of the scheduler goes back two days",
        "sources are read as often as before",
    ),
    Case(
        "two-runs-in-one-second",
        "a run begins in the second in which the last one ended",
        "it is a run of its own, later than the other, and sees what is gone",
    ),
    Case(
        "second-process-on-a-source",
        "a second crawl of a source starts",
        "it is refused with exit code 2, and the first goes on",
    ),
    Case(
        "database-locked-for-long",
        "another process holds the database for longer than a writer waits",
        "an error says to wait for it; nothing of the transaction is kept",
    ),
    Case(
        "reader-that-never-ends",
        "somebody reads the database in one open transaction during a run",
        "rows are written meanwhile, the growing write-ahead log is told once, and it is cut back",
    ),
)
