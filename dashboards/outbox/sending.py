"""Messages of the outbox carried to mail server and webhook, where the installation names one: a queue without copies.
What was confirmed is an act in the store; what was not stays in the queue, to be tried at the next publication."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from dashboards import formats, snapshot
from dashboards.access.readers import LOCAL
from dashboards.month import Month
from dashboards.outbox import box, carriers, evaluation, news
from dashboards.outbox.box import Message
from dashboards.outbox.carriers import Letter, MailServer, NotCarriedError
from dashboards.proceedings import store
from dashboards.proceedings.store import Writer
from dashboards.texts import texts

KIND, EVERYWHERE = "sending", ""  # acts of no province: a reader has one mailbox for all
YOUNGEST = timedelta(days=14)  # what is older is no news: an address that is entered later is not flooded
TRIES, PAUSE = 3, 2.0  # in one run, and seconds between them
MOST_IN_A_ROW = 3  # letters that a way may fail to carry: then its server is down, and the rest waits
Carry = Callable[[Letter], None]


@dataclass(frozen=True)
class Addresses:
    """Where messages go; empty where they go nowhere. `receivers`: reader → mail address.

    `smtp_security`: none, starttls or tls. `smtp_user`: who signs in at the mail server; nobody if empty.
    """

    webhook: str = ""
    smtp: str = ""
    smtp_security: str = carriers.PLAIN
    smtp_user: str = ""
    sender: str = ""
    receivers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_any(self) -> bool:
        return bool(self.webhook or (self.smtp and self.sender and self.receivers))


@dataclass(frozen=True)
class Sent:
    """How many messages were confirmed, and why others were not."""

    confirmed: int = 0
    failed: tuple[str, ...] = ()


def send(addresses: Addresses, pause: float = PAUSE) -> Sent:
    """Carry what is in the queue; nothing at all where no address is set. One process at a time.

    A process that is killed between a carrying and its confirmation carries that one message again, under the same
    identity; everything that was confirmed is never carried again.
    """
    if not addresses.is_any:
        return Sent()
    confirmed, failed, in_a_row = 0, [], Counter[str]()
    with box.locked():
        for letter, by, carry in _queue(addresses):
            if in_a_row[by] >= MOST_IN_A_ROW:
                continue
            try:
                _carry(carry, letter, pause)
            except NotCarriedError as why:
                failed.append(f"{letter.reader}: {why}")
                in_a_row[by] += 1
                continue
            _confirm(letter, by)
            confirmed, in_a_row[by] = confirmed + 1, 0
    return Sent(confirmed, tuple(failed))


def _carry(carry: Carry, letter: Letter, pause: float) -> None:
    for left in reversed(range(TRIES)):
        try:
            carry(letter)
        except NotCarriedError:
            if not left:
                raise
            time.sleep(pause)
        else:
            return


def _confirm(letter: Letter, by: str) -> None:
    writer = Writer(LOCAL, EVERYWHERE, letter.folder.name)
    store.append(writer, KIND, "sent", {"message": letter.identity, "by": by}, {})


def _queue(addresses: Addresses) -> Iterator[tuple[Letter, str, Carry]]:
    """Every message of a reader of today, the oldest first, on each way on which it was not confirmed."""
    done = {(act.content["message"], act.content["by"]) for act in store.acts(KIND, EVERYWHERE)}
    since = (datetime.now(UTC) - YOUNGEST).isoformat(timespec="milliseconds")
    server = MailServer(addresses.smtp, addresses.smtp_security, addresses.smtp_user)
    for reader, lang, message in _admitted():
        letter = _letter(reader, lang, message)
        receiver = addresses.receivers.get(reader, "")
        ways: dict[str, Carry] = {}
        if addresses.smtp and addresses.sender and receiver:
            ways["smtp"] = partial(carriers.by_mail, server=server, sender=addresses.sender, receiver=receiver)
        if addresses.webhook:
            ways["webhook"] = partial(carriers.by_webhook, address=addresses.webhook)
        for by, carry in ways.items():
            if message.made_at >= since and (letter.identity, by) not in done:
                yield letter, by, carry


def _admitted() -> Iterator[tuple[str, str, Message]]:
    """Messages whose every item its reader's role shows today: who was moved is not sent what they saw before."""
    source = snapshot.find(snapshot.current_id())
    if source is None:
        return
    for province in evaluation.provinces(source):
        for subscriber, reader in evaluation.addressed(province):
            with evaluation.opened(source, reader) as cursor:
                own = news.own_courts(cursor, province, reader)
                courts = news.courts(cursor, province)
            for message in box.messages(reader.name):
                if all(news.is_shown(item, courts, own) for item in message.items):
                    yield reader.name, subscriber.lang, message


def _letter(reader: str, lang: str, message: Message) -> Letter:
    """Its identity follows from where it lies, which never changes."""
    place = "/".join(message.folder.parts[-3:])
    t = texts(lang)
    month = formats.month(Month.parse(message.folder.parts[-2]), lang)
    title = t("outbox.title", month=month, n=len(message.items))
    return Letter(hashlib.sha256(place.encode()).hexdigest()[:32], reader, title, message.folder)
