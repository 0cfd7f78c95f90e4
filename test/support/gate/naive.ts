import { connect, createServer, type Socket } from 'node:net'

/**
 * A proxy as naive as attacks on proxies hope: it believes the Host header of the first request of a connection,
 * dials what the URL says, and copies every byte after that. It stands in the tests' own process, for controls.
 */
export async function openNaiveProxy(
  addresses: Readonly<Record<string, string>>,
  allowed: string,
): Promise<AsyncDisposable & { readonly port: number }> {
  const open = new Set<Socket>()
  const server = createServer(client => {
    open.add(client)
    client.on('error', () => {}).on('close', () => open.delete(client))
    client.once('data', first => {
      const text = first.toString('latin1')
      const believed = /\r\nHost: ([^\r\n:]*)/.exec(text)?.[1] ?? ''
      const [, authority, path] = /^\S+ (?:http:\/\/)?([^/:\s]*)(?::\d+)*(\S*)/.exec(text) ?? []
      const dialled = addresses[authority || believed]
      if (!dialled || (authority && believed !== allowed)) return void client.destroy()
      const upstream = connect(80, dialled, () => {
        if (text.startsWith('CONNECT')) client.write('HTTP/1.1 200 OK\r\n\r\n')
        else upstream.write(Buffer.from(text.replace(/^(\S+) \S+/, `$1 ${path || '/'}`), 'latin1'))
        client.pipe(upstream).pipe(client)
      })
      open.add(upstream)
      upstream.on('error', () => client.destroy()).on('close', () => open.delete(upstream))
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as { port: number }).port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise(done => server.close(done))
    },
  }
}
