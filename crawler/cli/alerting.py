"""`rackrent alerts`: rules that tell the operator what is new."""

from contextlib import closing
from datetime import timedelta
from typing import Annotated, Any

import typer

from crawler.alerting.backtest import backtest
from crawler.alerting.loading import AlertError, find_rule, load_rules, references
from crawler.alerting.running import AlertsBusyError, Wish, alert
from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.clock import now
from crawler.desk.analysts import load_analysts
from crawler.home import Home, find_home
from crawler.source_fields import minutes_of
from crawler.store.database import Store

AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_STATES = """
select rule, sum(state = 'pending') as pending, sum(state = 'sent') as sent,
    sum(state = 'failed') as failed, sum(state = 'suppressed') as suppressed
from alerts group by rule
"""
_LIST = (
    "rule", "enabled", "digest", "targets", "pending", "sent", "failed", "suppressed", "last_run",
)  # fmt: skip
_LOG = ("matched_at", "rule", "target", "state", "tries", "title", "reason", "detail")

app = typer.Typer(
    no_args_is_help=True,
    help="Rules that tell you what is new, by mail, chat, webhook or feed.",
    epilog="Example: rackrent alerts test cheap_bph --since 90d",
)


def register(root: typer.Typer) -> None:
    """Add this module's commands."""
    root.add_typer(app, name="alerts")


@app.command("list", epilog="Example: rackrent alerts list")
def list_command(as_json: AsJson = False) -> None:
    """Show every rule: where it tells, what waits, what was sent."""
    home = find_home()
    rules = load_rules(home)
    with closing(Store(home.database)) as store:
        counts = {row["rule"]: dict(row) for row in store.rows(_STATES)}
        runs = {row["id"]: row["last_run"] for row in store.rows("select * from alert_rules")}
    rows: list[dict[str, Any]] = [
        {"pending": 0, "sent": 0, "failed": 0, "suppressed": 0}
        | counts.get(name, {})
        | {
            "rule": name,
            "enabled": "yes" if file.rule.enabled else "no",
            "digest": file.rule.digest,
            "targets": ", ".join(target.name for target in file.rule.to),
            "last_run": runs.get(name),
        }
        for name, file in rules.files.items()
    ]
    if as_json:
        screen.print_json(rows)
    else:
        screen.print_rows("Alert rules", _LIST, rows)
    if rules.faults:
        fail("\n".join(rules.faults), Exit.USAGE)


@app.command(epilog="Example: rackrent alerts check")
def check() -> None:
    """Check every rule file, and that what it names is there."""
    home = find_home()
    rules = load_rules(home)
    faults = list(rules.faults)
    for file in rules.files.values():
        faults += references(home, file)
    if faults:
        fail("\n".join(faults), Exit.USAGE)
    enabled = sum(file.rule.enabled for file in rules.files.values())
    screen.say(f"{len(rules.files)} alert rules are sound · {enabled} enabled")


@app.command("test", epilog="Example: rackrent alerts test new_provider --since 90d --json")
def test_command(
    rule: Annotated[str, typer.Argument(help="Name of a rule, enabled or not.")],
    since: Annotated[str, typer.Option(help="How far back, such as 90d, 12w or 36h.")] = "90d",
    as_json: AsJson = False,
) -> None:
    """Show what a rule would have sent, by day. Nothing is sent and nothing is written."""
    home = find_home()
    wanted, start = find_rule(home, rule), now() - span_of(since)
    with closing(Store(home.database)) as store:
        days = backtest(store, wanted, start, masked=load_analysts(home).mask_victims)
    if as_json:
        screen.print_json(days)
        return
    told = [one for day in days for one in day["alerts"]]
    kept_back = sum(one["suppressed"] for one in told)
    for day in days:
        screen.say(f"{day['day']}  {len(day['alerts'])}")
        for one in day["alerts"]:
            note = f"  (kept back: TLP:{one['tlp'].upper()})" if one["suppressed"] else ""
            screen.say(f"  {one['title']} · {one['reason']}{note}")
    screen.say(f"{len(told)} alerts on {len(days)} days, {kept_back} kept back by tlp_max")


@app.command(epilog="Example: rackrent alerts send")
def send(
    since: Annotated[
        str | None, typer.Option(help="Also what was first seen in the past, such as 30d.")
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Try what was given up anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Match what is new and deliver what is due: alerts, digests, further tries."""
    moment = now()
    back_to = moment - span_of(since) if since else None
    done = alert(find_home(), moment, Wish(back_to, failed))
    told = {
        "matched": done.matched,
        "sent": done.delivered.sent,
        "failed": done.delivered.failed,
        "suppressed": done.delivered.suppressed,
    }
    if as_json:
        screen.print_json(told)
    else:
        screen.say(" · ".join(f"{count} {name}" for name, count in told.items()))
    if done.faults:
        fail("\n".join(done.faults), Exit.USAGE)
    if done.delivered.failed:
        fail("not all were taken; see `rackrent alerts log --failed`", Exit.DEGRADED)


@app.command(epilog="Example: rackrent alerts log --failed")
def log(
    failed: Annotated[
        bool, typer.Option("--failed", help="Only what went wrong, tried again or given up.")
    ] = False,
    rule: Annotated[str | None, typer.Option(help="Only of this rule.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Newest rows.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the newest alerts and what became of them."""
    wrong = "(state = 'failed' or (state = 'pending' and tries > 0))" if failed else "1"
    sql = f"select * from alerts where {wrong} and (:rule is null or rule = :rule) "
    with closing(Store(find_home().database)) as store:
        rows = [
            dict(row)
            for row in store.rows(
                f"{sql} order by matched_at desc, id limit :limit", {"rule": rule, "limit": limit}
            )
        ]
    if as_json:
        screen.print_json(rows)
    else:
        screen.print_rows("Alerts", _LOG, rows)


def span_of(text: str) -> timedelta:
    """A duration like 90d; ends the command with exit 2 for anything else."""
    try:
        return timedelta(minutes=minutes_of(text))
    except ValueError as error:
        fail(f"--since {error}", Exit.USAGE)


def alert_after(home: Home) -> Exit:
    """Tell what is new after a crawl or analysis; the exit code that this asks for.

    What goes wrong is said on standard error and never undoes the work before it.
    """
    try:
        done = alert(home, now())
    except (AlertError, AlertsBusyError) as error:
        screen.tell(str(error))
        return Exit.DEGRADED
    for fault in done.faults:
        screen.tell(fault)
    if done.delivered.sent or done.delivered.failed:
        screen.tell(
            f"alerts: {done.delivered.sent} sent, {done.delivered.failed} to be tried again"
        )
    return Exit.DEGRADED if done.faults or done.delivered.failed else Exit.DONE
