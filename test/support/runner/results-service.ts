import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inflateRawSync } from 'node:zlib'

/** An artifact that was really uploaded: its zip, and the files in it. */
export interface KeptArtifact {
  readonly id: number
  readonly name: string
  readonly zip: Buffer
  entries(): Map<string, Buffer>
}

/** The service that @actions/artifact talks to: twirp calls, and blob uploads in blocks. */
export interface ResultsService extends AsyncDisposable {
  readonly url: string
  readonly artifacts: readonly KeptArtifact[]
  /** What to answer instead of working: a status for every call, or never. */
  broken: number | 'silent' | undefined
}

/** Starts the service on loopback. A name that is taken in this run is refused with 409, as the real one does. */
export async function startResultsService(): Promise<ResultsService> {
  const begun = new Map<string, { id: number; blocks: Map<string, Buffer>; zip: Buffer }>()
  const kept: KeptArtifact[] = []
  const server = createServer((request, response) => {
    void body(request).then(data => {
      if (service.broken === 'silent') return
      if (service.broken) return json(response, service.broken, { code: 'internal', msg: 'broken on purpose' })
      const url = new URL(request.url ?? '/', 'http://service')
      if (url.pathname.startsWith('/twirp/'))
        return call(url.pathname.split('/').at(-1) ?? '', JSON.parse(data.toString('utf8') || '{}'), response)
      return upload(url, data, response)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const call = (method: string, given: Record<string, string>, response: ServerResponse) => {
    const name = given.name ?? ''
    const one = begun.get(name)
    if (method === 'CreateArtifact') {
      if (one)
        return json(response, 409, {
          code: 'already_exists',
          msg: 'an artifact with this name already exists on the workflow run',
        })
      begun.set(name, { id: begun.size + 1, blocks: new Map(), zip: Buffer.alloc(0) })
      return json(response, 200, {
        ok: true,
        signed_upload_url: `http://127.0.0.1:${port}/upload/${encodeURIComponent(name)}?sig=signed`,
      })
    }
    if (method === 'FinalizeArtifact' && one) {
      kept.push({ id: one.id, name, zip: one.zip, entries: () => entriesOf(one.zip) })
      return json(response, 200, { ok: true, artifact_id: String(one.id) })
    }
    return json(response, 404, { code: 'not_found', msg: method })
  }
  const upload = (url: URL, data: Buffer, response: ServerResponse) => {
    const one = begun.get(decodeURIComponent(url.pathname.slice('/upload/'.length)))
    if (!one) return json(response, 404, {})
    const block = url.searchParams.get('blockid')
    if (url.searchParams.get('comp') === 'block' && block) one.blocks.set(block, data)
    else if (url.searchParams.get('comp') === 'blocklist') {
      const ids = [...data.toString('utf8').matchAll(/<(?:Latest|Committed|Uncommitted)>([^<]*)</g)].map(
        match => match[1] ?? '',
      )
      one.zip = Buffer.concat(ids.map(id => one.blocks.get(id) ?? Buffer.alloc(0)))
    } else one.zip = data
    response.writeHead(201, { etag: '"1"' }).end()
  }
  const service: ResultsService = {
    url: `http://127.0.0.1:${port}/`,
    artifacts: kept,
    broken: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return service
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** The files of a zip, by its central directory (APPNOTE 4.3.12): stored or deflated, no encryption, no zip64. */
export function entriesOf(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, nameLength] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)]
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(from, from + size)
    files.set(zip.toString('utf8', at + 46, at + 46 + nameLength), method === 0 ? data : inflateRawSync(data))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}
