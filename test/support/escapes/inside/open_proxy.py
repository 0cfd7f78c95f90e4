# Runs in a test host's container: a proxy that judges nothing. What a gate refuses, this lets through: the control.
import asyncio


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


def split(authority, otherwise):
    authority = authority.rsplit('@', 1)[-1]
    if authority.startswith('['):
        host, _, rest = authority[1:].partition(']')
        return host.removeprefix('::ffff:'), int(rest[1:] or otherwise)
    host, _, port = authority.partition(':')
    return host, int(port or otherwise)


async def serve(reader, writer):
    try:
        line = await asyncio.wait_for(reader.readline(), 3)
        method, _, rest = line.decode('latin1').partition(' ')
        target, _, version = rest.rpartition(' ')
        if target.startswith('/'):
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
            return await writer.drain()
        if method == 'CONNECT':
            host, port = split(target, 443)
            while (await reader.readline()).strip():
                pass
        else:
            authority, _, path = target.partition('//')[2].partition('/')
            host, port = split(authority, 80)
        there, out = await asyncio.wait_for(asyncio.open_connection(host, port), 3)
        if method == 'CONNECT':
            writer.write(b'HTTP/1.1 200 OK\r\n\r\n')
        else:
            out.write(f'{method} /{path} {version}'.encode('latin1'))
        await asyncio.gather(pump(reader, out), pump(there, writer))
    except Exception:
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, '0.0.0.0', 8888)
    print('{"ready": true}', flush=True)
    await server.serve_forever()


asyncio.run(main())
