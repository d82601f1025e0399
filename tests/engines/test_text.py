import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from spiders.text import body_of


def node_of(html: str) -> LexborNode:
    node = LexborHTMLParser(f"<div id=x>{html}</div>").css_first("#x")
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("a<br>b<br />\nc", "a\nb\nc"),
        ("a<br><br><br><br>b", "a\n\nb"),
        ("  a \n  b&nbsp;&nbsp;c  ", "a b  c"),
        ("x<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>y", "x\none\ntwo\ndeep\ny"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></table>", "a  b\nc"),
        ("[table][tr][td]a[/td][td]b[/td][/tr][tr][td]c[/td][/tr][/table]", "a  b\nc"),
        ('hi <img src="p.png" alt="photo"><img class="smilie" alt=":)">', "hi :)"),
        ('<a href="https://t.me/lane">here</a>', "here <https://t.me/lane>"),
        ('<a href="tg://resolve?domain=lane">us</a>', "us <tg://resolve?domain=lane>"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ('<a href="http://www.b.example/">b.example</a>', "b.example"),
        ('<a href="/profile/1">member</a>', "member"),
        (
            '<a href="https://b.example/long">b.example/lo…</a>',
            "b.example/lo… <https://b.example/long>",
        ),
        ("<pre>a\n  b\n\nc</pre>d", "a\nb\n\nc\nd"),
        ("a<script>x()</script><style>y</style><!-- z -->b", "ab"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
    ],
)
def test_bodies(html: str, wanted: str) -> None:
    assert body_of(node_of(html)).text == wanted


def test_nested_quotes_are_kept_apart() -> None:
    body = body_of(node_of(
        "before<blockquote><cite>heron wrote:</cite>outer<blockquote><cite>Цитата: Жора от 12 мая"
        " 2026</cite>inner</blockquote>rest</blockquote>after"
    ))  # fmt: skip
    assert body.text == "before\nafter"
    assert [(quote.author, quote.text) for quote in body.quotes] == [
        ("heron", "outer\nrest"), ("Жора", "inner"),
    ]  # fmt: skip


def test_a_hidden_mail_address_is_read() -> None:
    code = "42" + "".join(f"{byte ^ 0x42:02x}" for byte in b"old@note.example")
    assert body_of(node_of(f'<a data-cfemail="{code}">[email]</a>')).text == "old@note.example"
