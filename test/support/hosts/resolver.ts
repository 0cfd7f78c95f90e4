// Runs inside a test host's container: a DNS server on UDP 53 that answers every name, with VERDICT: `nxdomain`, an
// address, or several by commas, of which each question for an A record gets the next one and the last for ever.
import { createSocket } from 'node:dgram'

const verdict = process.env.VERDICT ?? 'nxdomain'
const answers = verdict.split(',')
let asked = 0
const server = createSocket('udp4')
server.on('message', (query, from) => {
  const question = query.subarray(12, query.indexOf(0, 12) + 5)
  const name = nameOf(question)
  process.stdout.write(`${JSON.stringify({ kind: 'request', from: from.address, name })}\n`)
  const isA = question.readUInt16BE(question.length - 4) === 1
  const answer = answers[isA ? Math.min(asked++, answers.length - 1) : 0] ?? ''
  process.stdout.write(`${JSON.stringify({ kind: 'request', from: from.address, ...(isA ? { url: answer } : {}) })}\n`)
  const resolved = verdict !== 'nxdomain' && isA
  const head = Buffer.from(query.subarray(0, 12))
  head.writeUInt16BE(verdict === 'nxdomain' ? 0x8183 : 0x8180, 2)
  for (const [at, value] of [
    [6, resolved ? 1 : 0],
    [8, 0],
    [10, 0],
  ] as const)
    head.writeUInt16BE(value, at)
  // To live: nothing, so that a second look is a second question.
  const record = Buffer.concat([
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4]),
    Buffer.from(answer.split('.').map(Number)),
  ])
  server.send(Buffer.concat([head, question, ...(resolved ? [record] : [])]), from.port, from.address)
})
server.bind(53, () => process.stdout.write('{"kind":"ready"}\n'))

// RFC 1035 §3.1: labels, each after its length.
function nameOf(question: Buffer): string {
  const labels: string[] = []
  for (let at = 0; question[at]; at += 1 + (question[at] ?? 0))
    labels.push(question.subarray(at + 1, at + 1 + (question[at] ?? 0)).toString('latin1'))
  return labels.join('.')
}
