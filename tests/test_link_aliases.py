"""Names that sellers say they had, and threads that they call theirs."""

import pytest

from tests.nlp.analysing import findings

OFFER = "Selling hacked RDP, USA, admin, 6$ each.\n"


@pytest.mark.parametrize(
    ("line", "aliases"),
    [
        ("We were formerly DarkHost, new name, same team", ("DarkHost",)),
        ("Formerly Basalt Racks, new halls", ("Basalt Racks",)),
        ("formerly known as “velvet hop”", ("velvet hop",)),
        ("ex-darkside", ("darkside",)),
        ("Old nick: noble_bridge77", ("noble_bridge77",)),
        ("бывший Severny_Broker", ("Severny_Broker",)),
        ("moved here, earlier indigolane on another board", ("indigolane",)),
        ("a.k.a. Ghost77", ("Ghost77",)),
        ("Our official thread: hxxp://board[.]example/showthread.php?tid=77", (
            "board.example/showthread.php?tid=77",)),
        ("Наша тема: http://board.example/t/5", ("board.example/t/5",)),
        ("Formerly located in Germany", ()),
        ("Velvet Hop, formerly on other boards.", ()),
        ("Read this thread: http://board.example/t/5", ()),
    ],
)  # fmt: skip
def test_aliases(line: str, aliases: tuple[str, ...]) -> None:
    assert findings(OFFER + line, "[SELL] RDP USA").aliases == aliases


def test_a_post_that_sells_nothing_says_nothing_of_its_writer() -> None:
    text = "Scam! He was formerly DarkHost, never delivered, stay away"
    assert findings(text, "Scam report").aliases == ()
