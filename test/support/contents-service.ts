import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** GitHub's contents API, as far as a spec file needs it: files by `commit:path`, for one token. */
export interface ContentsService extends AsyncDisposable {
  readonly url: string
  readonly asked: string[]
}

/** Starts the service on this machine. `files` maps `commit:path` to a text, or to another answer whole. */
export async function startContentsService(
  token: string,
  files: Readonly<Record<string, string | { status?: number; body: object }>>,
): Promise<ContentsService> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://api')
    asked.push(`${request.method} ${url.pathname}${url.search}`)
    const answer = (status: number, body: object) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { message: 'Bad credentials' })
    const path = decodeURIComponent(/^\/repos\/octo\/bottle-test\/contents\/(.*)$/.exec(url.pathname)?.[1] ?? '')
    const file = files[`${url.searchParams.get('ref')}:${path}`]
    if (file === undefined) return answer(404, { message: 'Not Found' })
    if (typeof file === 'object') return answer(file.status ?? 200, file.body)
    // As the real one: base64 in lines of 60 characters.
    const content = Buffer.from(file).toString('base64').replace(/.{60}/g, '$&\n')
    answer(200, { type: 'file', encoding: 'base64', content, size: file.length })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
