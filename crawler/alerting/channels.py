"""Ways out of alerts, to the operator's own targets: Apprise, signed webhook, Atom file."""

import hashlib
import hmac
import logging
import os
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from crawler.alerting.atom import write_feed
from crawler.alerting.rules import Rule, Target, Webhook
from crawler.alerting.wording import Message
from crawler.boundaries.secrets import remember
from crawler.home import Home
from crawler.store.database import Store

TIMEOUT_S = 20.0
"""Seconds until a target counts as unreachable."""
LOCAL = ("127.0.0.1", "::1", "localhost")
DELIVERY = "X-Rackrent-Delivery"
"""Header of mails and of Apprise's JSON, which names the delivery."""


class DeliveryError(RuntimeError):
    """A target did not take a message; the text says why and holds no secret."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a message needs on its way out."""

    home: Home
    store: Store
    moment: datetime
    """The present moment, which webhooks are signed with."""


def send(way: Way, rule: Rule, target: Target, message: Message) -> None:
    """Hand a message to a target.

    Raises:
        DeliveryError: the target did not take it.
    """
    if target.webhook:
        post_webhook(target.webhook, message, way.moment)
    elif target.apprise:
        notify(target.apprise, message)
    else:
        try:
            write_feed(way.home, way.store, rule)
        except OSError as error:
            raise DeliveryError(f"{way.home.alerts}: {error.strerror}; mend that") from error


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `timestamp.body`, hex."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def post_webhook(webhook: Webhook, message: Message, moment: datetime) -> None:
    """POST a message as JSON, signed; redirects are not followed.

    Raises:
        DeliveryError: a variable is missing, or the answer is no 2xx.
    """
    url, secret = variable(webhook.url_env), variable(webhook.secret_env)
    parts = urlsplit(url)
    if not parts.hostname or (parts.scheme != "https" and parts.hostname not in LOCAL):
        raise DeliveryError(f"{webhook.url_env}: holds no https address; correct it")
    timestamp = str(int(moment.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Rackrent",
        "Idempotency-Key": message.delivery,
        "X-Rackrent-Timestamp": timestamp,
        "X-Rackrent-Signature": f"sha256={signature_of(secret, timestamp, message.payload)}",
    }
    try:
        answer = httpx.post(url, content=message.payload, headers=headers, timeout=TIMEOUT_S)
    except (httpx.HTTPError, httpx.InvalidURL, ImportError) as error:
        # ImportError: the environment names a SOCKS proxy, which httpx needs a package for
        raise DeliveryError(f"{webhook.url_env}: {without(str(error), url)}") from error
    if not answer.is_success:
        raise DeliveryError(f"{webhook.url_env}: answered {answer.status_code}")


def notify(name: str, message: Message) -> None:
    """Hand a message to the service that an Apprise URL names.

    Raises:
        DeliveryError: the variable is missing or holds no such URL, or the service refused.
    """
    # half a second that only those who send by it should wait for
    import apprise

    url = variable(name)
    service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        raise DeliveryError(f"{name}: holds no Apprise URL; see https://appriseit.com/services/")
    headers = getattr(service, "headers", None)
    if isinstance(headers, dict):
        headers[DELIVERY] = message.delivery
    outlet = apprise.Apprise()
    outlet.add(service)
    capture: Any = apprise.LogCapture
    with capture(level=logging.WARNING) as log:
        taken = outlet.notify(
            title=message.subject, body=message.body, body_format=apprise.NotifyFormat.TEXT
        )
        said = log.getvalue()
    if not taken:
        last = (said.strip().splitlines() or ["refused"])[-1]
        raise DeliveryError(f"{name}: {without(last, url)}")


def variable(name: str) -> str:
    """What an environment variable holds.

    Raises:
        DeliveryError: it is not set.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise DeliveryError(f"{name}: is not set; put it into the environment")
    remember(value)
    return value


def without(text: str, url: str) -> str:
    """A text of at most 200 characters without the parts of an address, which may be secrets."""
    for part in sorted(set(re.findall(r"[^/:@?&=,\s]{5,}", url)), key=len, reverse=True):
        text = text.replace(part, "…")
    return text[:200]
