"""Boundaries"""

from tests.cases import Case

CASES = (
    Case(
        "forged-log-line",
        "An address or error with CR, LF, NEL, U+2028 and a line that looks like one of ours",
        "The log has one line for it, the breaks written out",
    ),
    Case(
        "forged-traceback",
        "An exception whose text holds a whole log line",
        "Every line of the traceback is marked, so none passes for a message",
    ),
    Case(
        "log-that-steers",
        "Escape sequences, C1 controls and direction marks in what is logged",
        "They are written out as Python writes them",
    ),
    Case(
        "log-arguments-that-do-not-fit",
        "Percent signs in an address that is logged without arguments of its own",
        "The message is told as it is; logging does not fail",
    ),
    Case(
        "log-without-end",
        "An error of a million characters",
        "The log keeps 8,000 and says how many there were",
    ),
    Case(
        "output-that-steers",
        "Titles with escape sequences, bells, window titles and C1 controls",
        "Terminal and pipe get replacement characters; JSON the same text, escaped",
    ),
    Case(
        "output-of-two-lines",
        "A title that goes on with a line `rackrent: all is well`",
        "Results keep to one line each, on standard output and standard error",
    ),
    Case(
        "markup-in-a-table",
        "Titles with Rich's `[red]`, `[link=…]` and emoji names",
        "They are shown letter by letter, on a terminal too",
    ),
    Case(
        "print-past-the-filter",
        "A change of the code that prints, logs to a stream or opens a console by itself",
        "A test reads the code and fails",
    ),
    Case(
        "yaml-or-csv-past-the-filter",
        "A change of the code that loads YAML or writes CSV by itself",
        "A test reads the code and fails",
    ),
    Case(
        "formulas-in-a-cell",
        "Cells that begin with =, +, -, @, tabs, full-width signs or hidden marks",
        "No cell begins as a formula; numbers stay numbers",
    ),
    Case(
        "links-for-people",
        "Addresses with schemes, hosts, mail and chat links in any case",
        "No program makes a link of what people are shown",
    ),
    Case(
        "path-that-climbs",
        "Names with `..`, absolute, empty, of Windows' drives and devices, with NUL, too long",
        "No path is made of them",
    ),
    Case(
        "path-by-a-link",
        "A link in the evidence folder that leads to another folder",
        "What lies behind it is not read",
    ),
    Case(
        "evidence-of-another-folder",
        "A database whose pages point to `../sessions/board.json`",
        "The desk and `rackrent fixture` refuse to open it",
    ),
    Case(
        "id-that-climbs",
        "`rackrent add --id ../x`, `rackrent logs ../../etc/passwd`",
        "Exit code 2; nothing is written or read outside of the home",
    ),
    Case(
        "yaml-that-grows",
        "References upon references (a billion laughs) in source, alert and term files",
        "Refused at once, with file and reason",
    ),
    Case(
        "yaml-that-runs",
        "Tags that would make Python objects in source, alert and term files",
        "Refused, nothing runs",
    ),
    Case(
        "search-operators",
        "Quotes, stars, NEAR, column names and brackets typed into the search",
        "They are words; the query does not fail",
    ),
    Case(
        "characters-that-are-none",
        "NUL, lone surrogates, control characters and U+FFFE in a page",
        "No text in the database has them",
    ),
)
