"""Who sees and who writes: sign-in, decisions, public desks, masked victims."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.desk.analysts import AnalystError, add_analyst, load_analysts, remove_analyst
from crawler.desk.changing import _back
from crawler.home import Home
from crawler.settle import settle
from tests.desk import PASSWORD, VICTIM, Desk, desk_at, read_texts

"""Its fixtures are small but many: all its tests run in one worker."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh market for each test that writes."""
    made = desk_at(tmp_path)
    yield made
    made.board.store.close()


def provider(desk: Desk, account: str) -> str:
    """Id of an account's provider."""
    (row,) = desk.rows(
        "select m.provider_id from provider_members m join accounts a on a.id = m.member_id "
        "where a.name = ?",
        account,
    )
    return str(row["provider_id"])


def account(desk: Desk, name: str) -> str:
    """Id of an account."""
    (row,) = desk.rows("select id from accounts where name = ?", name)
    return str(row["id"])


def send(desk: Desk, path: str, cookies: dict[str, str], page: str, **form: str) -> str:
    """Send a form with the CSRF token of a page; where it leads."""
    cookies, token = desk.token(page, cookies)
    answer = desk.call("post", path, data={**form, "csrftoken": token}, cookies=cookies)
    return f"{answer.status_code} {answer.headers.get('location', '')}"


def test_a_wrong_merge_is_split_in_the_page_and_stays_split(desk: Desk) -> None:
    assert provider(desk, "seller") == provider(desk, "host")
    cookies = desk.sign_in("anna")
    page = f"/provider/{provider(desk, 'seller')}"
    assert "is somebody else" in desk.get(page, cookies).text
    answer = send(
        desk, "/decide", cookies, page, action="split", a=account(desk, "host"), back=page
    )
    assert answer == f"302 {page}"
    assert provider(desk, "seller") != provider(desk, "host")
    read_texts(desk.board)
    with desk.board.store.transaction():
        settle(desk.board.store)
    assert provider(desk, "seller") != provider(desk, "host")
    (row,) = desk.rows("select * from audit")
    assert (row["actor"], row["action"]) == ("anna", "split")


def test_a_merge_joins_and_a_split_undoes_it(desk: Desk) -> None:
    cookies = desk.sign_in("anna")
    page = f"/provider/{provider(desk, 'broker')}"
    ours, theirs = provider(desk, "broker"), provider(desk, "seller")
    send(desk, "/decide", cookies, page, action="merge", a=ours, b=theirs, note="same style")
    assert provider(desk, "broker") == provider(desk, "host")
    (link,) = desk.rows("select * from provider_links where kind = 'analyst'")
    assert (link["reason"], link["decided_by"]) == ("same style", "anna")
    page = f"/provider/{provider(desk, 'broker')}"
    send(desk, "/decide", cookies, page, action="split", a=account(desk, "broker"))
    assert provider(desk, "broker") != provider(desk, "host")


def test_who_is_not_signed_in_writes_nothing(desk: Desk) -> None:
    page = f"/provider/{provider(desk, 'seller')}"
    form = {"action": "split", "a": account(desk, "host"), "csrftoken": "x"}
    assert desk.call("post", "/decide", data=form).status_code == 403
    assert send(desk, "/decide", {}, "/-/login", **form).startswith("403")
    assert desk.get("/decide").status_code == 403
    cookies = desk.sign_in("anna", "wrong password here")
    assert send(desk, "/decide", cookies, page, **form).startswith("403")
    assert desk.rows("select * from audit") == []


def test_a_signed_in_analyst_needs_the_csrf_token(desk: Desk) -> None:
    cookies = desk.sign_in("anna")
    form = {"action": "split", "a": account(desk, "host"), "csrftoken": "forged"}
    assert desk.call("post", "/decide", data=form, cookies=cookies).status_code == 403
    assert desk.rows("select * from audit") == []


def test_what_cannot_be_done_is_said(desk: Desk) -> None:
    cookies = desk.sign_in("anna")
    for form in (
        {"action": "merge", "a": "0" * 24, "b": "1" * 24},
        {"action": "burn", "a": "x", "b": "y"},
        {"action": "split", "a": account(desk, "broker")},
    ):
        send(desk, "/decide", cookies, "/-/login", **form)
    send(desk, "/annotate", cookies, "/-/login", object="post", object_id="0" * 24, kind="note",
         value="hello")  # fmt: skip
    assert desk.rows("select * from audit") == []


def test_notes_tags_labels_and_tlp_are_written_and_withdrawn(desk: Desk) -> None:
    cookies = desk.sign_in("anna")
    known = provider(desk, "seller")
    page = f"/provider/{known}"
    thing = {"object": "provider", "object_id": known, "back": page}
    for kind, value in (
        ("note", "<b>seen before</b>"),
        ("tag", "gang-7"),
        ("tlp", "RED"),
        ("tlp", "AMBER"),
        ("tlp", "PINK"),
        ("label", "right?"),
        ("note", " "),
    ):
        send(desk, "/annotate", cookies, page, kind=kind, value=value, **thing)  # fmt: skip
    rows = desk.rows('select kind, value, "by" from annotations order by kind, value')
    assert [(row["kind"], row["value"], row["by"]) for row in rows] == [
        ("note", "<b>seen before</b>", "anna"), ("tag", "gang-7", "anna"), ("tlp", "AMBER", "anna"),
    ]  # fmt: skip
    shown = desk.get(page, cookies).text
    assert "&lt;b&gt;seen before&lt;/b&gt;" in shown
    (note,) = desk.rows("select id from annotations where kind = 'note'")
    send(desk, "/withdraw", cookies, page, annotation=note["id"], back=page)
    assert desk.rows("select * from annotations where kind = 'note'") == []
    actions = [row["action"] for row in desk.rows("select action from audit order by rowid")]
    assert actions == ["note", "tag", "tlp", "tlp", "withdraw"]


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/provider/1", "/provider/1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x", "/"),
        ("", "/"),
    ],
)
def test_forms_lead_back_into_the_desk_only(asked: str, led: str) -> None:
    assert _back(asked) == led


def test_a_removed_analyst_cannot_write(desk: Desk, tmp_path: Path) -> None:
    cookies = desk.sign_in("anna")
    remove_analyst(desk.home, "anna")
    from crawler.serving import datasette_of

    desk.served = datasette_of(desk.board.store.path)
    form = {"action": "split", "a": account(desk, "host")}
    assert send(desk, "/decide", cookies, "/-/login", **form).startswith("403")


@pytest.mark.parametrize(
    "path", ["/", "/search", "/search.json", "/feed.atom", "/asset-types", "/market",
             "/market/posts_now.json", "/market.json?sql=select+1", "/proposals", "/questions",
             "/victims", "/-/metadata.json", "/-/databases.json"]
)  # fmt: skip
def test_a_public_desk_shows_nothing_to_strangers(tmp_path: Path, path: str) -> None:
    desk = desk_at(tmp_path, public=True)
    assert desk.get(path).status_code == 403
    assert desk.get("/-/login").status_code == 200
    desk.board.store.close()


def test_a_public_desk_opens_to_analysts(tmp_path: Path) -> None:
    desk = desk_at(tmp_path, public=True)
    cookies = desk.sign_in("anna")
    for path in ("/", "/search.json", "/market/posts_now"):
        assert desk.get(path, cookies).status_code == 200
    desk.board.store.close()


def test_hashes_stand_in_no_page_and_no_readable_file(desk: Desk) -> None:
    cookies = desk.sign_in("anna")
    for path in ("/-/metadata.json", "/-/plugins.json", "/-/settings.json", "/-/config.json"):
        assert "pbkdf2" not in desk.get(path, cookies).text
    for file in (*(desk.home.root / "analysts").iterdir(), desk.home.root / "analysts.yml"):
        assert file.stat().st_mode & 0o077 == 0
    assert PASSWORD not in (desk.home.root / "analysts" / "anna.hash").read_text("utf-8")


def test_names_and_passwords_are_checked(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name, password in (("../x", PASSWORD), ("A", PASSWORD), ("anna", "short")):
        with pytest.raises(AnalystError):
            add_analyst(home, name, password, [])
    (tmp_path / "analysts.yml").write_text("analysts: [1]", "utf-8")
    with pytest.raises(AnalystError, match=r"analysts\.yml"):
        load_analysts(home)


def test_victims_are_masked_for_those_without_the_role(tmp_path: Path) -> None:
    desk = desk_at(tmp_path, mask_victims=True)
    (row,) = desk.rows("select id from posts where native_id = '4'")
    (page,) = desk.rows("select page_id from post_versions limit 1")
    post = f"/post/{row['id']}"
    paths = ["/", post, "/search", "/search.json", "/feed.atom", "/search.json?what=posts",
             f"/provider/{provider(desk, 'broker')}", "/asset-type/access.corporate", "/search.csv",
             "/search?what=posts&q=muster"]  # fmt: skip
    anna = desk.sign_in("anna")
    for cookies in ({}, anna):
        for path in paths:
            text = desk.get(path, cookies).text
            assert VICTIM not in text, path
            assert "muster-werkzeug" not in text, path
        for path in ("/market/post_versions.json", "/market/posts_now", "/victims",
                     "/market.json?sql=select+text+from+post_versions",
                     f"/archived/{page['page_id']}"):  # fmt: skip
            assert desk.get(path, cookies).status_code == 403, path
    nora = desk.sign_in("nora")
    assert VICTIM in desk.get(post, nora).text
    sheet = desk.get("/victims", nora).text
    assert VICTIM in sheet
    assert "muster-werkzeug[.]example" in sheet or "muster-werkzeug.example" in sheet
    assert desk.get("/market/posts_now", nora).status_code == 200
    desk.board.store.close()


def test_without_masking_everybody_on_the_machine_reads(desk: Desk) -> None:
    (row,) = desk.rows("select id from posts where native_id = '4'")
    assert VICTIM in desk.get(f"/post/{row['id']}").text
    assert desk.get("/victims").status_code == 403
