"""HTML made to hurt a parser.

Each case is put into the second of a thread's three posts; the page is read as a crawl reads it.
"""

from dataclasses import dataclass

from tests.cases import Case


@dataclass(frozen=True, slots=True)
class Fragment:
    """What stands in a post."""

    case: Case
    html: str
    """Put behind the words of the second post, whose end tags follow."""
    kept: tuple[int, ...] = (1, 2, 3)
    """Posts that are read with their words."""
    told: str | None = None
    """Kind of a problem that the page has; None: it has none."""


WHOLE = "all posts are read"
LOST = "the posts before it are read, and the lost ones are an issue"


def fragment(
    name: str, does: str, html: str, kept: tuple[int, ...] = (1, 2, 3), told: str | None = None
) -> Fragment:
    """A fragment with its case."""
    if told == "posts_lost":
        holds = LOST
    elif told:
        holds = f"it is an issue (`{told}`), and the next page is read"
    else:
        holds = WHOLE
    return Fragment(Case(f"html-{name}", does, holds), html, kept, told)


FRAGMENTS = (
    fragment("deep-divs", "200,000 `<div>` inside each other", "<div>" * 200_000, (),
             "hostile_markup"),
    fragment("deep-bold", "4,000 `<b>` that are never closed", "<b>" * 4_000),
    fragment("deep-quotes", "300 quotations inside each other",
             "<blockquote><cite>x wrote:</cite>" * 300 + "</blockquote>" * 300),
    fragment("deep-objects", "elements whose end tags parsers ignore, 100,000 times",
             "<div><object></div></object>" * 100_000, (), "parse_stopped"),
    fragment("deep-noembed", "end tags hidden as text, 50,000 times",
             "<div><noembed></div></noembed>" * 50_000, (), "hostile_markup"),
    fragment("deep-empty-comment", "a comment that is over before a look-ahead thinks so",
             "<!-->" + "<div>" * 200_000, (), "hostile_markup"),
    fragment("nested-tables", "800 tables inside each other",
             "<table><tr><td>" * 800 + "</td></tr></table>" * 800),
    fragment("nested-forms", "500 forms and selects", "<form><select><option>x" * 500),
    fragment("nested-posts", "2,000 posts inside each other",
             "".join(f"<div id='post_{n}'><div id='pid_{n}' class='post_body'>"
                     for n in range(1000, 3000)), (), "parse_stopped"),
    fragment("reopened", "900 open `<b>` that each of 9,000 paragraphs opens again",
             "<p>" + "".join(f"<b a{n}>" for n in range(900)) + "</p>" + "<p>x</p>" * 9_000, (),
             "parse_stopped"),
    fragment("attributes", "a tag with 100,000 attributes",
             "<i " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</i>", (1, 2, 3),
             "hostile_markup"),
    fragment("long-value", "an attribute of 3 MB", f"<i title='{'x' * 3_000_000}'>x</i>"),
    fragment("unclosed-value", "an attribute without its closing quote",
             "<a href='http://x.example/>x"),
    fragment("unclosed-comment", "a comment that never ends", "<!-- x", (1, 2), "posts_lost"),
    fragment("unclosed-script", "a script that never ends", "<script>x", (1, 2), "posts_lost"),
    fragment("unclosed-style", "a style sheet that never ends", "<style>x", (1, 2), "posts_lost"),
    fragment("unclosed-textarea", "a text area that never ends", "<textarea>x", (1, 2),
             "posts_lost"),
    fragment("unclosed-title", "a title that never ends", "<title>x", (1, 2), "posts_lost"),
    fragment("plaintext", "`<plaintext>`, after which all is text", "<plaintext>x", (1, 2),
             "posts_lost"),
    fragment("xmp", "`<xmp>` that never ends", "<xmp>x", (1, 2), "posts_lost"),
    fragment("iframe", "a frame that never ends", "<iframe>x", (1, 2), "posts_lost"),
    fragment("open-template", "a template that never ends", "<template>x", (1, 2), "posts_lost"),
    fragment("giant-comment", "a comment of 3 MB", f"<!--{'x ' * 1_500_000}-->"),
    fragment("entities", "500,000 entities", "&amp;" * 500_000),
    fragment("endless-entities", "entities with numbers of 10,000 digits",
             f"&#{'9' * 10_000};&#x{'f' * 10_000};&{'a' * 10_000};"),
    fragment("many-elements", "100,000 elements", "<br>" * 100_000),
    fragment("million-elements", "a million elements", "<br>" * 1_000_000, (), "parse_stopped"),
    fragment("nul-bytes", "NUL bytes in tags and text", "<\x00i\x00>x\x00</i>\x00"),
    fragment("svg-math", "drawings and formulas that hold HTML",
             "<svg><title><p>x</title><foreignObject><p>y</foreignObject></svg>"
             "<math><annotation-xml encoding='text/html'><p>z</annotation-xml></math>"),
    fragment("processing", "processing instructions, CDATA and a second DOCTYPE",
             "<?php echo 1 ?><![CDATA[ x ]]><!DOCTYPE html [<!ENTITY a 'b'>]>"),
    fragment("second-body", "a second `<html>`, `<head>` and `<body>` with attributes",
             "<html id='XF'><head><title>You are banned</title></head><body class='x'>"),
    fragment("frameset", "a frame set", "<frameset><frame src='http://x.example/'></frameset>"),
    fragment("misnested", "5,000 elements closed in the wrong order",
             "<a><b><i>x</a></b></i>" * 5_000),
    fragment("open-tags", "300,000 tags that never end", "<a '" * 300_000, (), "hostile_markup"),
    fragment("too-large", "10 MB of words", "x" * 10_000_000, (), "hostile_markup"),
    fragment("long-word", "a word of 1 MB", "x" * 999_000),
)  # fmt: skip
CASES = tuple(each.case for each in FRAGMENTS)
