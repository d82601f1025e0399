"""Exports of invented chats, as Telegram Desktop and DiscordChatExporter write them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.home import Home
from tests.market import rackrent

CLOCKS = frozenset({"first_seen", "last_seen", "seen_at", "page_id", "run_id"})
EPOCH = 1772352000
SOURCE = """\
id: {source_id}
name: Rack Yard
kind: channel
engine: {engine}
access: import
url: https://yard.example
basis: authorised
"""


def write_source(home: Home, source_id: str = "yard", engine: str = "telegram_export") -> None:
    home.make()
    path = home.sources / f"{source_id}.yml"
    path.write_text(SOURCE.format(source_id=source_id, engine=engine), "utf-8")


def message(number: int, text: Any = None, **more: Any) -> dict[str, Any]:
    words = text or f"[SELL] VPS {number} in Quenland, {number % 90 + 5} USD a month"
    return {
        "id": number,
        "type": "message",
        "date": "2026-03-01T08:00:00",
        "date_unixtime": str(EPOCH + number),
        "from": f"seller{number % 7}",
        "from_id": f"user{9000 + number % 7}",
        "text": words,
        "text_entities": [{"type": "plain", "text": words}] if isinstance(words, str) else words,
        **more,
    }


def service(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "type": "service",
        "date": "2026-03-01T08:00:00",
        "date_unixtime": str(EPOCH + number),
        "actor": "seller1",
        "actor_id": "user9001",
        "action": "join_group_by_link",
        "text": "",
        "text_entities": [],
    }


def chat(messages: list[Any], number: int = 1700000001, name: str = "Yard") -> dict[str, Any]:
    return {"name": name, "type": "private_supergroup", "id": number, "messages": messages}


def account(*chats: dict[str, Any]) -> dict[str, Any]:
    """The export of a whole account."""
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "Cover", "phone_number": "+000"},
        "contacts": {"about": "x", "list": [{"first_name": "Nobody", "phone_number": "+001"}]},
        "chats": {"about": "This page lists all chats.", "list": list(chats)},
        "left_chats": {"about": "x", "list": [chat([message(1)], 1700000099, "Left yard")]},
    }


def discord(messages: int, **more: Any) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {
            "id": str(850000000000000000 + number),
            "type": "Default" if number % 10 else "GuildMemberJoin",
            "timestamp": "2026-03-01T12:00:00+00:00",
            "timestampEdited": None,
            "content": f"RDP {number}, 6 USD",
            "author": {"id": "81", "name": "yardmaster", "nickname": "Yard", "isBot": False},
            "embeds": [],
            "reactions": [],
        }
        for number in range(1, messages + 1)
    ]
    return {
        "guild": {"id": "82", "name": "Rack Yard"},
        "channel": {"id": "83", "type": "GuildTextChat", "category": "Market", "name": "offers"},
        "messages": rows,
        "messageCount": messages,
        **more,
    }


def write(path: Path, export: Any) -> Path:
    path.write_text(json.dumps(export, ensure_ascii=False, indent=1), "utf-8")
    return path


def write_large(path: Path, size: int) -> int:
    """Write one chat of so many bytes; how many messages it holds."""
    with path.open("w", encoding="utf-8") as file:
        for number, part in enumerate(parts_of_large(), start=1):
            file.write(part)
            if file.tell() >= size:
                file.write("]}")
                return number
    return 0


def parts_of_large() -> Iterator[str]:
    start = json.dumps(chat([]))[:-2]
    number = 0
    while True:
        number += 1
        words = f"[SELL] VPS {number} in Quenland, {number % 90 + 5} USD a month. " * 20
        link = {"type": "link", "text": f"https://host{number % 500}.example/vps"}
        text = [words, link, " write to us"]
        yield (start if number == 1 else ",\n") + json.dumps(message(number, text), indent=1)


def imported(home: Home, file: Path, source: str = "yard") -> tuple[int, dict[str, Any], str]:
    """Exit code, what was printed as JSON, and what was said of errors."""
    done = rackrent(
        home.root, "import", str(file), "--source", source, "--no-analyse", "--json"
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr
