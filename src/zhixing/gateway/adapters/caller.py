"""Calls of the court to an agency's service. Django-free.

Time and size are limited for each call as a whole, so that neither a slow drip of bytes nor an endless answer holds a
worker. Nothing is redirected, unpacked or read from proxy settings.
"""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore

SECONDS = 20.0


class CallFault(Exception):
    """调用该单位的接口没有成功。原因不含口令、令牌和报文内容，可以写入日志。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlace:
    """Where an agency's service is and how it is entered.

    Attributes:
        ca: file of the authorities that may vouch for it; "" for those of the machine.
        certificate, certificate_key: files by which the court proves itself; "" for none.
        seconds: longest time of one call, from connecting to the last byte.
        most: largest answer in bytes.
    """

    url: str
    ca: str = ""
    certificate: str = ""
    certificate_key: str = ""
    seconds: float = SECONDS
    most: int


def place_read(endpoint: str, settings: Mapping[str, object], *, most: int) -> ServicePlace:
    """Read an agency's address. In clear only to this machine, or where the settings say ``plain_http: allowed``.

    Raises: CallFault: the address or the time is none.
    """
    try:
        url = urlsplit(endpoint)
        _ = url.port
        seconds = float(str(settings.get("seconds") or SECONDS))
    except ValueError as error:
        raise CallFault("接口地址或者超时设置无法解读") from error
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment or url.username:
        raise CallFault("接口地址应为 https://主机:端口/路径")
    if url.scheme == "http" and not (_is_here(url.hostname) or settings.get("plain_http") == "allowed"):
        raise CallFault("接口地址不是 https；确需明文的专线，须在机构设置中写明 plain_http 为 allowed")
    if not 0 < seconds <= 60:
        raise CallFault("超时应大于 0 秒、不超过 60 秒")
    return ServicePlace(
        url=endpoint.rstrip("/"),
        ca=str(settings.get("ca") or ""),
        certificate=str(settings.get("certificate") or ""),
        certificate_key=str(settings.get("certificate_key") or ""),
        seconds=seconds,
        most=most,
    )


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Caller:
    """An open way to one agency. One call after another; connections are used again."""

    def __init__(self, place: ServicePlace) -> None:
        self._place = place
        self._clock = _Hurry()
        context = _tls(place) if place.url.startswith("https") else None
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=1, keepalive_expiry=5.0, network_backend=self._clock
        )

    def call(self, method: str, path: str, headers: Mapping[str, str], content: bytes) -> tuple[int, bytes]:
        """Status and bytes of the answer. Raises CallFault."""
        given = {"Accept-Encoding": "identity", "Connection": "keep-alive", **headers}
        self._clock.until = time.monotonic() + self._place.seconds
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), self._place.seconds)
        try:
            with self._pool.stream(
                method,
                self._place.url + path,
                headers={
                    **given,
                    "Host": urlsplit(self._place.url).netloc,
                    "Content-Length": str(len(content)),
                },
                content=content,
                extensions={"timeout": timeout},
            ) as response:
                return response.status, self._body(response)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise CallFault(f"{self._place.seconds:g} 秒内没有答完") from error
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
        ) as error:
            raise CallFault(f"接口连不上：{type(error).__name__}") from error

    def _body(self, response: httpcore.Response) -> bytes:
        names = {name.lower(): value for name, value in response.headers}
        if names.get(b"content-encoding", b"identity") != b"identity":
            raise CallFault("应答是压缩的；请求时已说明不接受压缩")
        parts: list[bytes] = []
        size = 0
        for part in response.iter_stream():
            size += len(part)
            if size > self._place.most:
                raise CallFault(f"应答超过 {self._place.most} 字节")
            parts.append(part)
        return b"".join(parts)

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


@contextmanager
def caller_open(place: ServicePlace) -> Iterator[Caller]:
    """A caller for one visit. Raises CallFault: a certificate cannot be read."""
    caller = Caller(place)
    try:
        yield caller
    finally:
        caller.close()


def _tls(place: ServicePlace) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=place.ca or None)
        if place.certificate:
            context.load_cert_chain(place.certificate, place.certificate_key or None, password="")
    except (OSError, ssl.SSLError, ValueError) as error:
        raise CallFault(f"证书文件无法读取：{type(error).__name__}") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Hurry(httpcore.SyncBackend):
    """Sockets on which every step shares one time limit: a drip of bytes does not start it anew."""

    def __init__(self) -> None:
        super().__init__()
        self.until = 0.0

    def left(self) -> float:
        """Seconds left of the call. Raises httpcore.ReadTimeout when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def connect_tcp(self, host: str, port: int, **more: Any) -> httpcore.NetworkStream:
        """See httpcore."""
        return _HurriedStream(super().connect_tcp(host, port, **{**more, "timeout": self.left()}), self)


class _HurriedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, clock: _Hurry) -> None:
        self._inner, self._clock = inner, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """See httpcore."""
        return self._inner.read(max_bytes, self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """See httpcore."""
        self._inner.write(buffer, self._clock.left())

    def close(self) -> None:
        """See httpcore."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """See httpcore."""
        return _HurriedStream(
            self._inner.start_tls(ssl_context, server_hostname, self._clock.left()), self._clock
        )

    def get_extra_info(self, info: str) -> Any:
        """See httpcore."""
        return self._inner.get_extra_info(info)
