"""Pages that try something in the browser, and how their cases are written down."""

from dataclasses import dataclass

from tests.cases import Case

GO = "const go = (f) => { try { const p = f(); p && p.catch && p.catch(() => 0); } catch (e) {} };"


@dataclass(frozen=True, slots=True)
class Trap(Case):
    """A page that tries something."""

    page: str
    """Its markup beside the sentence that must be kept; CANARY stands for a listener's host."""
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers of its answer."""
    shows: str = ""
    """What its document holds besides."""
    told: str | None = None
    """What stands among what was refused or noted; None: nothing has to."""
    scroll: int = 0
    """How often to scroll."""
    timeout_s: float = 30
    """Deadline, seconds."""
    without_scripts: bool = False
    """Whether the first try fails and the next one reads it without its scripts."""


STAYS = "Keeps the page that was asked for; what it wanted instead is told as an issue"
SILENT = "Keeps the page; nothing of it leaves"
REFUSED = "Keeps the page; the request is refused and told as an issue"
WITHOUT = "Ends it at the deadline from outside; the next try reads the page without its scripts"


def script(code: str) -> str:
    """Markup that runs something without giving up at errors."""
    return f"<script>{GO}\n{code}</script>"
