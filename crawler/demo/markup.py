"""The demo's BBCode as the HTML that MyBB and XenForo 2 make of it."""

import re

from markupsafe import Markup, escape

LIST = re.compile(r"\[list\]\n?(.*?)\[/list\]", re.S)
BOLD = re.compile(r"\[b\](.*?)\[/b\]", re.S)


def to_html(text: str) -> Markup:
    """BBCode (`[b]`, `[list]`, `[*]`) as HTML; everything else is escaped."""
    html = str(escape(text))
    html = BOLD.sub(r'<span style="font-weight: bold;" class="mycode_b">\1</span>', html)
    html = LIST.sub(list_html, html)
    # both programs keep runs of blanks with no-break spaces
    return Markup(html.replace("  ", "&nbsp; ").replace("\n", "<br />\n"))


def list_html(match: "re.Match[str]") -> str:
    """A list's HTML on one line, so that its line ends are not taken for breaks."""
    items = [item.strip() for item in match[1].split("[*]") if item.strip()]
    return '<ul class="mycode_list">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
