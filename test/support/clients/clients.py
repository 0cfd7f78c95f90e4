"""Python's clients, one a mode: `python3 clients.py MODE HOST`. Nothing here knows of a proxy."""
import asyncio
import http.client
import socket
import sys
import urllib.request

mode, host = sys.argv[1:]


def by_urllib():
    return urllib.request.urlopen(f"https://{host}/python-urllib", timeout=20).read().decode()


def by_urllib_plain():
    return urllib.request.urlopen(f"http://{host}/python-urllib-plain", timeout=20).read().decode()


def by_http_client():
    connection = http.client.HTTPSConnection(host, timeout=20)
    connection.request("GET", "/python-http-client")
    return connection.getresponse().read().decode()


def by_requests():
    import requests

    answer = requests.get(f"https://{host}/python-requests", timeout=20)
    answer.raise_for_status()
    return answer.text


def by_httpx():
    import httpx

    answer = httpx.get(f"https://{host}/python-httpx", timeout=20)
    answer.raise_for_status()
    return answer.text


async def aiohttp_get(path, **options):
    import aiohttp

    async with aiohttp.ClientSession(raise_for_status=True, **options) as session:
        async with session.get(f"https://{host}/{path}") as answer:
            return await answer.text()


async def aiohttp_socket(scheme, path):
    import aiohttp

    async with aiohttp.ClientSession(trust_env=True) as session:
        async with session.ws_connect(f"{scheme}://{host}/{path}") as one:
            await one.send_str("hello")
            return await one.receive_str()


async def by_websockets():
    import websockets

    async with websockets.connect(f"wss://{host}/python-websockets") as one:
        await one.send("hello")
        return await one.recv()


def by_udp():
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.settimeout(2)
    one.sendto(b"hello", (host, 443))
    return one.recv(100).decode()


modes = {
    "urllib": by_urllib,
    "urllib-plain": by_urllib_plain,
    "http.client": by_http_client,
    "requests": by_requests,
    "httpx": by_httpx,
    "aiohttp": lambda: asyncio.run(aiohttp_get("python-aiohttp")),
    "aiohttp-trust-env": lambda: asyncio.run(aiohttp_get("python-aiohttp-trust-env", trust_env=True)),
    "aiohttp-socket": lambda: asyncio.run(aiohttp_socket("wss", "aiohttp-socket")),
    "aiohttp-socket-plain": lambda: asyncio.run(aiohttp_socket("ws", "aiohttp-socket-plain")),
    "websockets": lambda: asyncio.run(by_websockets()),
    "udp": by_udp,
}
print(modes[mode]())
