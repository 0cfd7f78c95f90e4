import { connect } from 'node:net'
import type { Difference } from './measuring.ts'
import { engine, policyOf } from './raise.ts'
import { plain } from './requests.ts'
import { statusOf } from './send.ts'
import { vitals } from './vitals.ts'

const mebibyte = 1024 * 1024
const uploads = 64

/** What becomes of a gate of its own that gets more to hold than the 512 MiB of its container. */
export const whenFlooded: readonly Difference[] = [
  {
    id: 'flooded',
    what: `${uploads} uploads of 4 MiB at once over plain HTTP`,
    why: 'a gate that is killed lets nothing by: the run ends red; upload over TLS, or less at once',
    measure: async ({ raise }) => {
      await using gate = await raise(policyOf({ allowlist: ['allowed.test'] }))
      const over = new AbortController()
      // A killed gate's connections are told nothing: nobody is left to end them.
      const killed = engine.wait(gate.id, over.signal).then(
        () => over.abort(),
        () => {},
      )
      const sent = Array.from({ length: uploads }, () => upload(gate.address, over.signal))
      await Promise.all(sent.map(one => one.underWay))
      for (const one of sent) one.finish()
      const answers = await Promise.all(sent.map(one => one.answer))
      const after = await plain(gate.address, 'http://allowed.test/after').catch(() => undefined)
      // The engine hears of the end of a process later than whoever spoke to it.
      if (!after) await killed
      const { running, outOfMemory } = await vitals(gate.id)
      if (!running) return `killed by the engine${outOfMemory ? ' for memory' : ''}`
      over.abort()
      await killed
      const refused = answers.some(answer => statusOf(answer) === 503)
      return `${refused ? 'some 503' : 'no 503'}; goes on (${after?.status})`
    },
  },
]

/** An upload that lacks its last byte until it is told to finish, so that a gate has to hold it beside all the others. */
function upload(host: string, signal: AbortSignal) {
  const body = Buffer.alloc(4 * mebibyte, 'text of an upload, ')
  const head = `POST http://allowed.test/up HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`
  const [underWay, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
  let said = ''
  const socket = connect({ host, port: 8888, signal })
  socket.setTimeout(60_000, () => socket.destroy())
  socket.write(head)
  socket.write(body.subarray(1), () => underWay.resolve())
  socket.on('data', chunk => {
    said += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    underWay.resolve()
    answer.resolve(said)
  })
  return { underWay: underWay.promise, answer: answer.promise, finish: () => void socket.end(body.subarray(0, 1)) }
}
