"""What signed-in analysts write: decisions on links, notes, tags, judgements, TLP labels."""

from contextlib import closing
from pathlib import Path

from crawler.clock import now, stamp
from crawler.decisions import DecisionError, audit, merge, reject, split
from crawler.ids import id_of
from crawler.records import AnnotationRow
from crawler.settle import relink
from crawler.store.database import Store

OBJECTS = {"provider": "providers", "listing": "listings", "post": "posts", "account": "accounts"}
"""What can be written on, and its table."""
KINDS = ("note", "tag", "label", "tlp")
VALUES = {
    "label": ("right", "wrong"),
    "tlp": ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"),
}
"""Words that a kind takes; the others take any."""
LARGE = 30_000
"""Listings from which on linking anew goes on behind the page."""
LONGEST = 2_000
"""Characters of a note."""


def decide(database: Path, action: str, objects: tuple[str, str], actor: str, note: str) -> None:
    """Write down merge, split or reject; `relinked` carries it out.

    Raises:
        DecisionError: the action or an id is unknown, or there is nothing to do.
    """
    one, other = objects
    with closing(Store(database)) as store, store.transaction():
        if action == "merge":
            merge(store, one, other, actor=actor, note=note[:LONGEST])
        elif action == "split":
            split(store, one, actor=actor, note=note[:LONGEST])
        elif action == "reject":
            reject(store, one, other, actor=actor, note=note[:LONGEST])
        else:
            raise DecisionError(f"'{action[:40]}' is no decision; use merge, split or reject")


def relinked(database: Path) -> None:
    """Link all sellers anew, so that decisions show."""
    with closing(Store(database)) as store, store.transaction():
        relink(store)


def is_large(database: Path) -> bool:
    """Whether linking anew takes longer than somebody waits for a page."""
    with closing(Store(database)) as store:
        return bool(store.rows("select 1 from listings_now limit 1 offset ?", (LARGE,)))


def annotate(database: Path, thing: tuple[str, str], kind: str, value: str, actor: str) -> None:
    """Write a note, tag, label or TLP label on a thing (kind of object and its id).

    A label and a TLP label replace the earlier one of the same thing.

    Raises:
        DecisionError: the thing is not there, or the value is none that its kind takes.
    """
    object_kind, object_id = thing
    value = value.strip()[:LONGEST]
    if object_kind not in OBJECTS or kind not in KINDS or not value:
        raise DecisionError(f"'{kind[:20]}' of '{object_kind[:20]}' cannot be written, or is empty")
    if kind in VALUES and value not in VALUES[kind]:
        raise DecisionError(f"'{value[:40]}': a {kind} is one of {', '.join(VALUES[kind])}")
    at = now()
    with closing(Store(database)) as store, store.transaction():
        table = OBJECTS[object_kind]
        if not store.rows(f"select 1 from {table} where id = ?", (object_id,)):
            raise DecisionError(f"{object_id[:40]}: there is no such {object_kind}")
        if kind in VALUES:
            store.execute(
                "delete from annotations where object_id = ? and kind = ?", (object_id, kind)
            )
        row_id = id_of("annotation", object_id, kind, value, actor)
        row = AnnotationRow(row_id, object_kind, object_id, kind, value, actor, stamp(at))
        store.upsert("annotations", [row])
        audit(store, actor, kind, [object_id], value, at)


def withdraw(database: Path, annotation_id: str, actor: str) -> None:
    """Delete an annotation; the audit keeps that it was there.

    Raises:
        DecisionError: there is no such annotation.
    """
    with closing(Store(database)) as store, store.transaction():
        rows = store.rows("select * from annotations where id = ?", (annotation_id,))
        if not rows:
            raise DecisionError(f"{annotation_id[:40]}: there is no such annotation")
        store.execute("delete from annotations where id = ?", (annotation_id,))
        told = f"{rows[0]['kind']} by {rows[0]['by']}: {rows[0]['value']}"
        audit(store, actor, "withdraw", [rows[0]["object_id"]], told, now())
