import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Docker from 'dockerode'
import { findEngine } from '../../src/docker/address.ts'
import { openEngine } from '../../src/docker/engine.ts'
import { createRedactor } from '../../src/evidence/redact.ts'
import { openEvidence } from '../../src/evidence/writer.ts'
import { sidecarLogs } from '../../src/plan/lockdown.ts'
import { followGateLog } from '../../src/run/gate-log.ts'
import { agentImage } from '../../test/support/hosts/internet.ts'

// Prints the file's lines in slices of a hundredth of a second, and last how long that took.
const printer = `
import sys, time
lines, rate = int(sys.argv[1]), int(sys.argv[2])
text = sys.stdin.buffer.read().splitlines(True)[:lines]
slice = max(1, rate // 100)
start = time.monotonic()
for at in range(0, len(text), slice):
    sys.stdout.buffer.write(b''.join(text[at:at + slice]))
    sys.stdout.buffer.flush()
    wait = start + (at + slice) / rate - time.monotonic()
    if wait > 0: time.sleep(wait)
sys.stderr.write('took %f\\n' % (time.monotonic() - start))
`

/** What a live follow of a container's log came to. Times in milliseconds; `behindMs` is from its last line to ours. */
export interface LiveFigures {
  readonly written: number
  readonly read: number
  readonly wroteMs: number
  readonly behindMs: number
}

/** Lets a container of the real engine print so many lines of a file at so many a second, and makes evidence of them live. */
export async function followLive(file: string, lines: number, rate: number): Promise<LiveFigures> {
  const docker = new Docker()
  const root = mkdtempSync(join(tmpdir(), 'bottle-bench-live-'))
  const container = await docker.createContainer({
    Image: agentImage,
    Cmd: ['python3', '-c', `import sys; sys.stdin = open('/gate.jsonl')\n${printer}`, String(lines), String(rate)],
    NetworkDisabled: true,
    HostConfig: { LogConfig: sidecarLogs, Binds: [`${file}:/gate.jsonl:ro`] },
  })
  const reading = new AbortController()
  try {
    const evidence = openEvidence(join(root, 'evidence'), await createRedactor(['bench-canary-value-8841']), [])
    let [read, last] = [0, 0]
    const source = await openEngine(findEngine(process.env)).attach(container.id, reading.signal)
    await container.start()
    const log = followGateLog(
      source,
      line => {
        evidence.line(line)
        read += 1
        last = performance.now()
      },
      reading.signal,
    )
    await container.wait()
    const stopped = performance.now()
    await log.ended
    evidence.close()
    const took = Number(/took ([\d.]+)/.exec(log.complaint())?.[1])
    return { written: lines, read, wroteMs: took * 1000, behindMs: Math.max(0, last - stopped) }
  } finally {
    reading.abort()
    await container.remove({ force: true, v: true })
    rmSync(root, { recursive: true })
  }
}
