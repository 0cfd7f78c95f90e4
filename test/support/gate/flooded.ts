import { pool } from '../pool.ts'
import type { Difference } from './measuring.ts'
import { policyOf } from './raise.ts'
import { plain } from './requests.ts'
import { fire, statusOf } from './send.ts'
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
      const body = Buffer.alloc(4 * mebibyte, 'text of an upload, ')
      const head = `POST http://allowed.test/up HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`
      const send = () => fire({ host: gate.address, silence: 60_000 }, [head, body])
      const answers = await pool(Array.from({ length: uploads }), uploads, send)
      const { running, outOfMemory } = await vitals(gate.id)
      if (!running) return `killed by the engine${outOfMemory ? ' for memory' : ''}`
      const after = await plain(gate.address, 'http://allowed.test/after')
      const refused = answers.some(answer => statusOf(answer) === 503)
      return `${refused ? 'some 503' : 'no 503'}; goes on (${after.status})`
    },
  },
]
