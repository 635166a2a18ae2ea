"""Whether the ports of this installation are free."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable

from zhixing.platform.runtime.problems import RuntimeProblem


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now.

    Raises: OSError: the address itself cannot be used (unknown host, port below 1024 without the right).
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a port in TIME_WAIT is free, a listening one is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def ports_require(wanted: Iterable[tuple[str, str, int, str]]) -> None:
    """Refuse to go on while a wanted port is taken.

    Args:
        wanted: (Chinese purpose, host, port, name of the setting) of each server about to start.
    Raises: RuntimeProblem: names all ports that cannot be used, and the settings that move them.
    """
    taken: list[tuple[str, int, str]] = []
    for purpose, host, port, setting in wanted:
        try:
            if not port_is_free(port, host):
                taken.append((purpose, port, setting))
        except OSError as error:
            raise RuntimeProblem(
                f"无法在 {host}:{port} 上启动{purpose}（{error.strerror}）。请用 {setting} 改用 1024 以上的空闲端口。",
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose a free port above 1023 with {setting}.",
            ) from error
    if taken:
        chinese = "、".join(f"{port}（{purpose}，可用 {setting} 改）" for purpose, port, setting in taken)
        english = ", ".join(f"{port} (move it with {setting})" for _, port, setting in taken)
        raise RuntimeProblem(
            f"端口已被占用：{chinese}。请停止占用它的程序，或改用其他端口。",
            f"Ports in use: {english}. Stop the program that uses them or choose other ports.",
        )
