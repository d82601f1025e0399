"""Stored posts go to annotators and come back."""

import json
from pathlib import Path

from tests.live.board import made_boards
from tests.live.crawls import lab_at
from tests.live.server import Site, serve
from tests.live.test_skins import skin_named
from tests.market import rackrent


def test_posts_for_annotators_are_drawn_and_read_back(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(12))) as site:
        lab = lab_at(tmp_path, site)
        assert lab.crawl()["status"] == "ok"
    done = rackrent(lab.home.root, "label", "export", "--number", "5", "--source", lab.source_id)
    again = rackrent(lab.home.root, "label", "export", "--number", "5", "--source", lab.source_id)
    assert done.stdout == again.stdout
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["source"] for line in lines] == [lab.source_id] * 5
    path = tmp_path / "draft.jsonl"
    path.write_text(done.stdout, "utf-8")
    checked = rackrent(lab.home.root, "label", "check", str(path))
    assert checked.returncode == 0, checked.stderr
    assert "5 posts   intent accuracy 1.000" in checked.stdout
    path.write_text(done.stdout.replace('"intent": "', '"intent": "x', 1), "utf-8")
    assert rackrent(lab.home.root, "label", "check", str(path)).returncode == 2
    assert rackrent(lab.home.root, "label", "export", "--source", "none").returncode == 2
