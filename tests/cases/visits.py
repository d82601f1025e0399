"""Single visits: probes, checks of a session and login forms, which go out beside a crawl."""

from tests.cases import Case

BURST = Case(
    "visit-bomb", "a few bytes of br from which 64 MiB come", "stops at 16 MiB with an error"
)
DRIP = Case("visit-drip", "a head that comes byte by byte", "ends at its deadline with an error")
ENDLESS = Case("visit-endless", "a body without an end", "stops at 16 MiB with an error")
CIRCLE = Case("visit-circle", "a page that leads to itself", "stops after five with an error")
AWAY = Case("visit-away", "a page that leads to another host", "does not follow it; an error")
SENT_ON = Case(
    "form-sent-on",
    "a login form's answer is 307 to another page",
    "the user and password go nowhere else; an error",
)
ANSWERED = Case(
    "form-answered",
    "a login form's answer is 303 to a page",
    "the page is asked for without the form",
)
OTHER_FORM = Case("form-at-once", "another form's target", "nothing is sent but the one login form")
CASES = (BURST, DRIP, ENDLESS, CIRCLE, AWAY, SENT_ON, ANSWERED, OTHER_FORM)
