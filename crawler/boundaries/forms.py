"""Forms of what lets somebody in: in queries, paths, headers, scripts and variables' names."""

import re

TOKEN_KEY = (
    r"(?:php|j|asp)?sess(?:ion)?[_-]?(?:id|key|hash|token)?\w{0,20}|sid|sessid|my_post_key|sesc"
    r"|_?xf_?token|(?:access|auth|refresh|id|csrf|xsrf|security|user|login|reset)?[_-]?token"
    r"|(?:api|access|secret|auth|private)[_-]?key|client[_-]?secret|secret|jwt|auth|sig(?:nature)?"
    r"|pass(?:word|wd)?|pwd"
)
"""Query keys whose values let somebody in, or tell visitors apart."""
QUERY = re.compile(rf"(?i)([?&;#](?:{TOKEN_KEY})=)([^\s&;#\"'<>\\)\]]{{8,2000}})")
TOKEN_KEY_FORM = re.compile(TOKEN_KEY, re.I)
SMALL_QUERY = re.compile(QUERY.pattern.removeprefix("(?i)"))
QUOTED_QUERY = re.compile(rf"(?i)((?:%3f|%26)(?:{TOKEN_KEY})%3d)([^\s&%#\"'<>\\)\]]{{8,2000}})")
MARKS = ("sid=", "token=", "key=", "sesc=", "secret=", "jwt=", "auth=", "pwd=")
LONG_MARKS = (
    ("sess", re.compile(r"sess[\w-]{0,40}+=")),
    ("sig", re.compile("sig(?:nature)?=")),
    ("pass", re.compile("pass(?:word|wd)?=")),
)
"""A mark, or a word with its pattern, fits every text in small letters that `QUERY` fits."""
PAIR = re.compile(rf"(?i)((?:^|[\s,;?&\"'])(?:{TOKEN_KEY})=\"?)([^\s&;,#\"'<>]{{8,2000}})")
SHORT_MARKS = ("?s=", "&s=", ";s=", "?h=", "&h=", ";h=", "hash=")
SHORT_SESSION = re.compile(r"(?i)([?&;](?:s|h|hash)=)([0-9a-f]{32,64})\b")
ASSIGNED = re.compile(
    r"(?i)((?:(?:access|auth|refresh|id|csrf|xsrf|session|security|bot)[_-]?token|sessionid"
    r"|csrfmiddlewaretoken|authenticity_token|api[_-]?key|client[_-]?secret|secret[_-]?key"
    r"|session[_-](?:id|key)|[\"']token|\btoken(?=\s?=\s?[\"']))[\"']?\s{0,3}[:=]\s{0,3}[\"']?)"
    r"([^\s\"'<>&;,(){}]{8,2000}+)(?!\()"
)
INPUT = re.compile(
    r"(?i)((?:name|id|property)=[\"']?[\w\[\]-]{0,30}(?:token|csrf|nonce)[\w\[\]-]{0,30}[\"']?"
    r"\s[^<>]{0,80}?(?:value|content)=[\"'])([^\"'<>\s]{8,2000})"
)
LINE = re.compile(
    r"(?i)\b((?:set-)?cookie: (?=[^\s=<>\"']{1,100}=)|(?:proxy-)?authorization: )"
    r"([^\r\n'\"<]{6,8000})"
)
LINE_MARKS = ("cookie: ", "authorization: ")
NAMED_MARKS = ("token", "csrf", "nonce", "api_key", "apikey", "api-key", "secret", "session")
PATH_MARK = ";jsessionid="
PATH_SESSION = re.compile(r"(?i)(;jsessionid=)([^?#/\s\"'<>]{8,200})")
USERINFO = re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{1,20}://)[^\s/@\"'<>\\]{1,300}@")
HEADER = re.compile(
    r"(?i)\b((?:set-cookie2?|cookie|(?:proxy-)?authorization|x-[a-z-]{0,30}(?:token|key|session)))"
    r"(\b['\"]?\s{0,3}[:=,]\s{0,3}(?:\[?\(?b?['\"])?)([^\r\n'\"\]]{4,8000})"
)
BEARER = re.compile(r"(?i)\b(bearer|basic|digest) +([A-Za-z0-9._~+/=-]{12,4000})")
NAMED = re.compile(r"(?i)pass|secret|token|auth|credential|cookie|webhook|apprise|api_?key|_url$")
"""Environment variables that may hold a secret."""
OPEN = frozenset({"SSH_AUTH_SOCK", "XAUTHORITY", "COOKIECUTTER_CONFIG"})
