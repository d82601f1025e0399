"""Boards that are read by an account: sessions brought, made, lost and taken up again."""

import gzip
import json
from pathlib import Path

import pytest

from crawler.session import load_state, state_path
from crawler.source import find_source
from crawler.window import state_from_window
from spiders.login import check_session, sign_in
from tests.live.board import Post, made_boards
from tests.live.crawls import Lab, lab_at
from tests.live.server import COOKIE, PASSWORD, USER, Site, serve
from tests.live.test_skins import NAMES, skin_named
from tests.market import rackrent, rows

SECRET = {"BOARD_USER": USER, "BOARD_PASSWORD": PASSWORD}
FORM = 'session: {{login: {{url: "{url}", user_env: BOARD_USER, password_env: BOARD_PASSWORD}}}}\n'
LOGIN_PATHS = {
    "mybb": "/member.php?action=login",
    "smf": "/index.php?action=login",
    "xenforo": "/login/",
    "phpbb": "/ucp.php?mode=login",
    "vbulletin": "/login.php?do=login",
    "vbulletin5": "/auth/login-form",
    "invision": "/login/",
    "discourse": "/login",
    "fluxbb": "/login.php",
    "vanilla": "/entry/signin",
}


def every_post(site: Site) -> list[Post]:
    return [post for board in site.boards for thread in board.threads for post in thread.posts]


def texts(lab: Lab) -> dict[str, str]:
    return {row["native_id"]: row["text"] for row in lab.posts()}


def wanted(site: Site) -> dict[str, str]:
    return {str(post.number): post.text for post in every_post(site)}


def cookies_txt(folder: Path, site: Site, token: str) -> Path:
    path = folder / "cookies.txt"
    lines = [
        "# Netscape HTTP Cookie File",
        f"#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\t{COOKIE}\t{token}",
        ".elsewhere.example\tTRUE\t/\tTRUE\t0\tother\tsecret-of-another-site",
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def member_lab(folder: Path, site: Site) -> Lab:
    """A lab whose source is read by an account, its session imported."""
    lab = lab_at(folder / "home", site)
    lab.write_source("session: {}\n")
    bring(folder, lab)
    return lab


def bring(folder: Path, lab: Lab) -> None:
    """Import a fresh session by the command."""
    file = cookies_txt(folder, lab.site, lab.site.new_session())
    done = rackrent(lab.home.root, "session", "import", lab.source_id, str(file))
    assert done.returncode == 0, done.stderr


def test_an_imported_session_opens_the_private_board(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(20, 12))) as site:
        lab = member_lab(tmp_path, site)
        run = lab.crawl()
        assert (run["status"], run["reason"]) == ("ok", None)
        assert texts(lab) == wanted(site)
        path = state_path(lab.home, lab.source_id)
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        state = load_state(lab.home, lab.source_id)
        assert state is not None
        assert [cookie["name"] for cookie in state["cookies"]] == [COOKIE]
        token = state["cookies"][0]["value"]
        for warc in lab.home.evidence.rglob("*.warc.gz"):
            assert token.encode() not in gzip.decompress(warc.read_bytes())
        assert token not in lab.log


def test_a_session_lost_in_mid_crawl_pauses_and_is_taken_up_again(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(40, 20))) as site:
        lab = member_lab(tmp_path, site)
        before = state_path(lab.home, lab.source_id).read_bytes()
        site.open_for = 15
        run = lab.crawl()
        assert run["status"] == "paused"
        assert "the session is lost" in run["reason"]
        assert len(site.asked) <= 15 + 3
        assert state_path(lab.home, lab.source_id).read_bytes() == before
        stored = texts(lab)
        assert 0 < len(stored) < len(wanted(site))

        refused = rackrent(lab.home.root, "crawl", lab.source_id)
        assert refused.returncode == 5
        assert "resume" in refused.stderr

        site.open_for = None
        bring(tmp_path, lab)
        run = lab.crawl()
        assert run["status"] == "ok"
        assert texts(lab) == wanted(site)
        (gone,) = rows(lab.home.database, "select count(*) as n from posts where gone_at not null")
        assert gone["n"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_login_form_is_filled_in_and_sent_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in SECRET.items():
        monkeypatch.setenv(key, value)
    with serve(Site(skin_named(name), made_boards(6, 3))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source(FORM.format(url=site.root + LOGIN_PATHS[name]))
        source = find_source(lab.home, lab.source_id)
        sign_in(lab.home, source)
        sign_in(lab.home, source)
        assert len(site.posted) == 1
        assert check_session(lab.home, source)
        site.signed_in.clear()
        assert not check_session(lab.home, source)


def test_a_crawl_signs_in_by_itself(tmp_path: Path) -> None:
    with serve(Site(skin_named("smf"), made_boards(6, 6))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source(FORM.format(url=site.root + LOGIN_PATHS["smf"]))
        run = lab.crawl(environment=SECRET)
        assert (run["status"], run["reason"]) == ("ok", None)
        assert texts(lab) == wanted(site)
        for warc in lab.home.evidence.rglob("*.warc.gz"):
            assert PASSWORD.encode() not in gzip.decompress(warc.read_bytes())
        assert PASSWORD not in lab.log


def test_wrong_credentials_pause_the_source_and_keep_nothing(tmp_path: Path) -> None:
    with serve(Site(skin_named("smf"), made_boards(4, 2))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source(FORM.format(url=site.root + LOGIN_PATHS["smf"]))
        run = lab.crawl(environment=SECRET | {"BOARD_PASSWORD": "wrong"})
        assert run["status"] == "paused"
        assert "did not let us in" in run["reason"]
        assert len(site.posted) == 1
        assert not state_path(lab.home, lab.source_id).exists()


def test_a_source_without_its_session_asks_nothing(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(4))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source("session: {}\n")
        run = lab.crawl()
        assert run["status"] == "paused"
        assert "session import" in run["reason"]
        assert site.asked == []


def test_a_window_gives_the_session_that_was_made_in_it(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(4))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source("session: {}\n")
        source = find_source(lab.home, lab.source_id)

        def log_in(context: object) -> None:
            page = context.pages[0]  # type: ignore[attr-defined]
            page.fill("input[name=username]", USER)
            page.fill("input[name=password]", PASSWORD)
            page.click("input[type=submit]")
            page.wait_for_selector(".logout", state="attached")

        url = site.root + LOGIN_PATHS["mybb"]
        state = state_from_window(source, url, log_in, headless=True)
        assert [cookie["value"] for cookie in state["cookies"]] == ["token-1"]


def test_files_of_other_sites_and_forms_are_refused(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(4))) as site:
        lab = lab_at(tmp_path / "home", site)
        lab.write_source("session: {}\n")
        other = tmp_path / "state.json"
        other.write_text(json.dumps({"cookies": [{"name": "a", "value": "b", "domain": "x.test"}]}))
        broken = tmp_path / "cookies.txt"
        broken.write_text("127.0.0.1 FALSE / FALSE 0 a b\n")
        for file, reason in ((other, "no cookie for"), (broken, "columns")):
            done = rackrent(lab.home.root, "session", "import", lab.source_id, str(file))
            assert done.returncode == 2
            assert reason in done.stderr
        assert not state_path(lab.home, lab.source_id).exists()
