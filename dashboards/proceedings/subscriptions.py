"""What a reader follows, and up to where they have read what was told them: each reader's own, kept as acts.
What is told, and to whom, belongs to the outbox; nobody sees what another follows."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.proceedings import store
from dashboards.proceedings.store import NotPossibleError, Writer

KIND, VISIT = "subscription", "visit"
TOPICS = ("indicator", "court", "check", "delivery", "objection", "due")
NAMED = ("indicator", "court")  # topics that are followed one by one; of the others all that the reader may see
MOST = 60  # of one reader: a list that nobody reads helps nobody


@dataclass(frozen=True)
class Follow:
    """`code` is empty where a topic is followed as a whole."""

    topic: str
    code: str


@dataclass(frozen=True)
class Subscriber:
    """A reader by name, with the groups by which they came in and the language that they read in."""

    name: str
    groups: tuple[str, ...]
    lang: str
    follows: tuple[Follow, ...]


def follow(writer: Writer, topic: str, code: str, lang: str) -> None:
    """Follow something from now on. NotPossibleError: unknown, already, too_many_follows."""
    if topic not in TOPICS or (topic in NAMED) != bool(code):
        raise NotPossibleError("unknown")
    mine = _own(writer)
    if Follow(topic, code) in mine:
        raise NotPossibleError("already")
    if len(mine) >= MOST:
        raise NotPossibleError("too_many_follows")
    _append(writer, "follow", topic, code, lang)


def unfollow(writer: Writer, topic: str, code: str, lang: str) -> None:
    """Follow it no more. NotPossibleError: unknown."""
    if Follow(topic, code) not in _own(writer):
        raise NotPossibleError("unknown")
    _append(writer, "unfollow", topic, code, lang)


def subscribers(province: str) -> dict[str, Subscriber]:
    """Reader → what they follow now, in the order in which they began to."""
    found: dict[str, Subscriber] = {}
    for act in store.acts(KIND, province):
        one, said = found.get(act.reader), act.content
        what = Follow(str(said["topic"]), str(said["code"]))
        kept = tuple(follow for follow in (one.follows if one else ()) if follow != what)
        follows = (*kept, what) if act.deed == "follow" else kept
        found[act.reader] = Subscriber(act.reader, tuple(said["groups"]), str(said["lang"]), follows)
    return found


def followed_since(province: str, reader: str, topic: str) -> int:
    """The number of the act by which a reader last chose about a topic: what was done before is no news. 0: never."""
    mine = (a.number for a in store.acts(KIND, province) if a.reader == reader and a.content["topic"] == topic)
    return max(mine, default=0)


def read_until(writer: Writer, until: str) -> None:
    """The reader has seen everything told up to that moment (ISO, UTC)."""
    store.append(writer, VISIT, "read", {"until": until}, {})


def seen_until(province: str, reader: str) -> str:
    """Up to when the reader has seen what was told; empty before the first visit."""
    return max((str(act.content["until"]) for act in store.acts(VISIT, province) if act.reader == reader), default="")


def _own(writer: Writer) -> tuple[Follow, ...]:
    mine = subscribers(writer.province).get(writer.reader.name)
    return mine.follows if mine else ()


def _append(writer: Writer, deed: str, topic: str, code: str, lang: str) -> None:
    content = {"topic": topic, "code": code, "lang": lang, "groups": list(writer.reader.groups)}
    store.append(writer, KIND, deed, content, {})
