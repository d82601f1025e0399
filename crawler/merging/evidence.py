"""WARC files of a shard: looked through, then copied whole, before any row points to them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archived import TornArchiveError, responses_in, sound_length
from crawler.home import Home
from crawler.intake import Guard
from crawler.merging.values import FORMS

CHUNK = 1 << 20


@dataclass
class Copied:
    """What became of a shard's files."""

    files: int = 0
    """Copied, or made longer."""
    bytes: int = 0
    """Their size."""
    refused: list[str] = field(default_factory=list)
    """Files that were not taken, with the reason."""
    here: set[str] = field(default_factory=set)
    """Files of the shard that the home has now."""


def files_in(evidence: Path) -> Iterator[Path]:
    """A shard's WARC files, sorted; no links, nothing with another name than ours."""
    for path in sorted(evidence.glob("*/*.warc.gz")):
        name = path.relative_to(evidence).as_posix()
        plain = path.is_file() and not path.is_symlink() and not path.parent.is_symlink()
        if plain and FORMS["warc_file"].fullmatch(name):
            yield path


def copy_evidence(
    home: Home,
    evidence: Path,
    newest: Mapping[str, str],
    starts: Mapping[str, str | None],
    guard: Guard,
) -> Copied:
    """Copy what rows point to and what is not too old; what was copied.

    `newest` says of each file when its newest record was fetched, `starts` of each source from
    when on evidence is kept.
    """
    done = Copied()
    for path in files_in(evidence):
        name = path.relative_to(evidence).as_posix()
        if name not in newest or newest[name] < (starts.get(path.parent.name) or ""):
            continue
        size = sound_length(path)
        target = home.evidence / name
        if target.exists() and target.stat().st_size >= size:
            if starts_with(target, path, size):
                done.here.add(name)
            else:
                done.refused.append(f"{name}: another file of this name is here already")
            continue
        reason = fault_in(path, evidence, guard)
        if not reason and target.exists() and not starts_with(path, target, target.stat().st_size):
            reason = "another file of this name is here already"
        if reason:
            done.refused.append(f"{name}: {reason}")
            continue
        copy(path, target, size)
        done.here.add(name)
        done.files += 1
        done.bytes += size
    return done


def fault_in(path: Path, evidence: Path, guard: Guard) -> str | None:
    """Why a file is not taken; None for one that is as a crawl of ours writes it."""
    run_id, source_id = path.name.removesuffix(".warc.gz"), path.parent.name
    try:
        for one in responses_in(path, evidence):
            if (one.run.id, one.run.source_id) != (run_id, source_id):
                return f"is of run '{one.run.id[:60]}'"
            if one.body and guard.inspect(one.body, one.content_type).dropped:
                return "holds what is kept nowhere (intake guard)"
    except TornArchiveError:
        # what was never finished is not copied
        return None
    except (ValueError, OSError, EOFError, KeyError, TypeError, AttributeError) as error:
        return f"cannot be read: {str(error)[:100]}"
    return None


def starts_with(path: Path, other: Path, size: int) -> bool:
    """Whether the first bytes of a file are those of another one."""
    with path.open("rb") as ours, other.open("rb") as theirs:
        left = size
        while left:
            step = min(CHUNK, left)
            if ours.read(step) != theirs.read(step):
                return False
            left -= step
    return True


def copy(path: Path, target: Path, size: int) -> None:
    """Copy the first bytes of a file; the copy is there whole or not at all."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    with path.open("rb") as source, unfinished.open("wb") as out:
        unfinished.chmod(0o600)
        left = size
        while left and (chunk := source.read(min(CHUNK, left))):
            out.write(chunk)
            left -= len(chunk)
        out.flush()
        os.fsync(out.fileno())
    unfinished.rename(target)
