import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inflateRawSync } from 'node:zlib'

/** An artifact that was really uploaded: its zip, and the files in it. */
export interface KeptArtifact {
  readonly id: number
  readonly name: string
  readonly zip: Buffer
  entries(): Map<string, Buffer>
}

/** The service that @actions/artifact talks to: twirp calls, blob uploads in blocks, and downloads. */
export interface ResultsService extends AsyncDisposable {
  readonly url: string
  readonly artifacts: readonly KeptArtifact[]
  /** Adds an artifact as another job of the run might upload it; returns its id. `says` is what the list tells of it. */
  add(name: string, zip: Buffer, says?: { size?: number; digest?: string }): number
  /** What to answer instead of working: a status for every call, or never. */
  broken: number | 'silent' | undefined
}

/** Starts the service on loopback. A name that is taken in this run is refused with 409, as the real one does. */
export async function startResultsService(): Promise<ResultsService> {
  const begun = new Map<string, { id: number; blocks: Map<string, Buffer>; zip: Buffer }>()
  const kept: (KeptArtifact & { says: { size?: number; digest?: string } })[] = []
  const server = createServer((request, response) => {
    void body(request).then(data => {
      if (service.broken === 'silent') return
      if (service.broken) return json(response, service.broken, { code: 'internal', msg: 'broken on purpose' })
      const url = new URL(request.url ?? '/', 'http://service')
      if (url.pathname.startsWith('/twirp/'))
        return call(url.pathname.split('/').at(-1) ?? '', JSON.parse(data.toString('utf8') || '{}'), response)
      return request.method === 'GET' ? download(url, response) : upload(url, data, response)
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
      keep(one.id, name, one.zip)
      return json(response, 200, { ok: true, artifact_id: String(one.id) })
    }
    if (method === 'ListArtifacts') {
      const wanted = kept.filter(one => given.id_filter === undefined || String(one.id) === given.id_filter)
      return json(response, 200, { artifacts: wanted.map(listed) })
    }
    const found = kept.find(one => one.name === name)
    if (method === 'GetSignedArtifactURL' && found)
      return json(response, 200, { signed_url: `http://127.0.0.1:${port}/download/${found.id}.zip?sig=signed` })
    return json(response, 404, { code: 'not_found', msg: method })
  }
  const keep = (id: number, name: string, zip: Buffer, says: { size?: number; digest?: string } = {}) =>
    kept.push({ id, name, zip, says, entries: () => entriesOf(zip) })
  const download = (url: URL, response: ServerResponse) => {
    const found = kept.find(one => url.pathname === `/download/${one.id}.zip`)
    if (!found) return json(response, 404, {})
    response
      .writeHead(200, {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${found.id}.zip"`,
      })
      .end(found.zip)
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
    add(name, zip, says) {
      const id = begun.size + 1
      begun.set(name, { id, blocks: new Map(), zip })
      keep(id, name, zip, says)
      return id
    },
    broken: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return service
}

// Int64 values are strings, and wrapped ones are told bare (protobuf's JSON mapping).
function listed({ id, name, zip, says }: KeptArtifact & { says: { size?: number; digest?: string } }): object {
  return {
    workflow_run_backend_id: '11111111-run',
    workflow_job_run_backend_id: '22222222-job',
    database_id: String(id),
    name,
    size: String(says.size ?? zip.length),
    created_at: '2026-11-25T00:00:00Z',
    digest: says.digest ?? `sha256:${createHash('sha256').update(zip).digest('hex')}`,
  }
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
