"""How readers are known at this installation: one frozen settings object, made from the environment when asked for.
What a name or a header is worth is decided in identity.py."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

WAYS = ("none", "oidc", "proxy")


class SettingsError(Exception):
    """The installation is set up so that it must not start; the message says what to change."""


@dataclass(frozen=True)
class Settings:
    """`way` is how readers are known: `none` (this machine only), `oidc`, or `proxy` (headers of a named proxy).

    `access_file` says who has which role; `secret_file` holds the secret that the proxy `proxy_name` sends along.
    """

    way: str
    access_file: Path
    proxy_name: str
    secret_file: Path


def settings() -> Settings:
    """From ENFORCEMENT_LOGIN, ENFORCEMENT_ACCESS_FILE, ENFORCEMENT_PROXY_NAME and ENFORCEMENT_PROXY_SECRET_FILE.

    The files' default place is outside the repository and the data tree, beside the person-hash key.
    SettingsError for a way that does not exist, or one that lacks what it needs.
    """
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "enforcement-warehouse"
    made = Settings(
        way=os.environ.get("ENFORCEMENT_LOGIN") or "none",
        access_file=Path(os.environ.get("ENFORCEMENT_ACCESS_FILE") or config / "access.toml"),
        proxy_name=os.environ.get("ENFORCEMENT_PROXY_NAME") or "",
        secret_file=Path(os.environ.get("ENFORCEMENT_PROXY_SECRET_FILE") or config / "proxy.secret"),
    )
    if made.way not in WAYS:
        raise SettingsError(
            f"ENFORCEMENT_LOGIN={made.way}：只能是 {'、'.join(WAYS)} | must be one of {', '.join(WAYS)}"
        )
    if made.way == "proxy" and not made.proxy_name:
        raise SettingsError("请以 ENFORCEMENT_PROXY_NAME 指明代理的名称 | name the proxy in ENFORCEMENT_PROXY_NAME")
    return made


def refuse_open_door(way: str, address: str | None) -> None:
    """SettingsError when nobody has to sign in and other machines could connect to `address`."""
    if way == "none" and not _is_this_machine(address):
        raise SettingsError(
            f"没有登录时只能绑定 127.0.0.1，现为 {address or '全部地址'}：请设 ENFORCEMENT_LOGIN=oidc 或 proxy，"
            "或以 --server.address=127.0.0.1 启动 | without a login the dashboards may be bound to 127.0.0.1 only: "
            "set ENFORCEMENT_LOGIN to oidc or proxy, or start with --server.address=127.0.0.1"
        )


def _is_this_machine(address: str | None) -> bool:
    if not address:
        return False  # Streamlit then listens on every address
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def main(address: str) -> int:
    """0 when the dashboards may be started at this address; 1 with the reason on standard error."""
    try:
        refuse_open_door(settings().way, address)
    except SettingsError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
