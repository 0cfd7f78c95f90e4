// Prints what going through a gate costs over going to the same host directly, measured in turns in this very run.
import { cpus } from 'node:os'
import Docker from 'dockerode'
import { policyOf, type RunningGate, raiseGate } from '../test/support/gate/raise.ts'
import { memory, watchMemory } from '../test/support/gate/vitals.ts'
import { presentGates } from '../test/support/gates.ts'
import { agentImage, openInternet, until } from '../test/support/hosts/internet.ts'
import { type Lane, openLane, type Way } from './lane.ts'

const rounds = Number(process.env.ROUNDS ?? 7)
const mebibyte = 1024 * 1024

await using stack = new AsyncDisposableStack()
const internet = await openInternet([{ role: 'speed', names: ['speed.test'] }])
stack.use(internet)
const host = await internet.address('speed.test')
const gates: { name: string; gate: RunningGate }[] = []
for (const which of await presentGates())
  gates.push({
    name: which.name,
    gate: stack.use(
      await raiseGate(which, { network: internet.network, policy: policyOf({ allowlist: ['speed.test'] }) }),
    ),
  })

// What any program in a gate's place costs: the goal is beyond reach where this misses it.
const relay = await raiseRelay(internet.network)
stack.defer(() => relay.container.remove({ force: true, v: true }))
const direct: Way = { host, kind: 'direct' }
const through = (kind: 'tunnel' | 'plain'): [string, Way][] =>
  gates.map(({ name, gate }) => [name, { host, kind, gate: gate.address }])

interface Row {
  readonly what: string
  readonly kind: 'tunnel' | 'plain'
  readonly goal?: (direct: number, gate: number) => boolean
  measure(way: Way): Promise<number>
}

/** Bytes a second of GETs of this size, one after the other on one connection. */
const rate =
  (size: number, times: number, tls = false) =>
  async (way: Way) => {
    using lane = await openLane({ ...way, tls })
    await lane.get(size)
    const started = performance.now()
    for (let i = 0; i < times; i++) await lane.get(size)
    return (size * times) / (performance.now() - started) / 1000
  }

/** Milliseconds in the middle of many small GETs: on one connection, or each on one of its own. */
const latency =
  (times: number, fresh: boolean, tls = false) =>
  async (way: Way) => {
    let lane: Lane | undefined
    const took: number[] = []
    for (let i = 0; i < times; i++) {
      const started = performance.now()
      lane ??= await openLane({ ...way, tls })
      await lane.get(100)
      took.push(performance.now() - started)
      if (!fresh) continue
      lane[Symbol.dispose]()
      lane = undefined
    }
    lane?.[Symbol.dispose]()
    return median(took)
  }

/** Milliseconds until 200 connections at once have each opened, got 64 KiB, and closed. */
const crowd = async (way: Way) => {
  const started = performance.now()
  await Promise.all(
    Array.from({ length: 200 }, async () => {
      using lane = await openLane(way)
      await lane.get(64 * 1024)
    }),
  )
  return performance.now() - started
}

const nine = (a: number, b: number) => b >= 0.9 * a
const oneMore = (a: number, b: number) => b <= a + 1
const rows: Row[] = [
  { what: 'CONNECT, TLS, 1 MiB bodies, MB/s', kind: 'tunnel', goal: nine, measure: rate(mebibyte, 40, true) },
  { what: 'CONNECT, TLS, 16 MiB bodies, MB/s', kind: 'tunnel', goal: nine, measure: rate(16 * mebibyte, 4, true) },
  { what: 'CONNECT, no TLS, 16 MiB bodies, MB/s', kind: 'tunnel', measure: rate(16 * mebibyte, 8) },
  { what: 'open tunnel, p50 of a small GET, ms', kind: 'tunnel', goal: oneMore, measure: latency(200, false) },
  { what: 'new tunnel and a small GET, p50, ms', kind: 'tunnel', goal: oneMore, measure: latency(50, true) },
  { what: 'plain HTTP, p50 of a small GET, ms', kind: 'plain', goal: oneMore, measure: latency(200, false) },
  { what: 'plain HTTP, 64 KiB bodies, MB/s', kind: 'plain', measure: rate(mebibyte / 16, 4) },
  { what: '200 tunnels at once, 64 KiB each, ms', kind: 'tunnel', measure: crowd },
]

const throughRelay = (kind: 'tunnel' | 'plain'): [string, Way][] =>
  kind === 'tunnel' ? [['relay', { host, kind, gate: relay.address }]] : []
const watches = gates.map(({ gate }) => watchMemory(gate.id))
const idle = await Promise.all(gates.map(({ gate }) => memory(gate.id)))
const table = [
  ['what', 'direct', 'relay', 'ratio', ...gates.flatMap(({ name }) => [name, 'ratio', 'of the relay', 'goal'])],
]
for (const { what, kind, goal, measure } of rows) {
  const ways: [string, Way][] = [['direct', direct], ...throughRelay(kind), ...through(kind)]
  const figures = new Map<string, number[]>(ways.map(([name]) => [name, []]))
  for (let round = 0; round <= rounds; round++)
    for (const [name, way] of ways) {
      const figure = await measure(way).catch((error: Error) => {
        process.stderr.write(`not measured: ${what}, ${name}: ${error.message.split('\n')[0]}\n`)
        return undefined
      })
      // The first round warms everything and is not counted.
      if (round > 0 && figure !== undefined) figures.get(name)?.push(figure)
    }
  process.stderr.write(`measured: ${what}\n`)
  const base = median(figures.get('direct') ?? [])
  const floor = median(figures.get('relay') ?? [])
  const ratio = (figure: number, to: number) => (Number.isNaN(figure / to) ? '' : `${(figure / to).toFixed(2)} ×`)
  table.push([
    what,
    show(base),
    kind === 'tunnel' ? show(floor) : '',
    ratio(floor, base),
    ...gates.flatMap(({ name }) => {
      const figure = median(figures.get(name) ?? [])
      const met = goal && !Number.isNaN(figure / base) ? (goal(base, figure) ? 'met' : 'MISSED') : ''
      return [show(figure), ratio(figure, base), ratio(figure, floor), met]
    }),
  ])
}
const most = await Promise.all(watches.map(one => one.stop()))
table.push([
  'memory idle → most, MiB',
  ...['', '', ''],
  ...gates.flatMap((_, i) => [`${size(idle[i])} → ${size(most[i])}`, '', '', '']),
])
console.log(
  `Medians of ${rounds} rounds, in turns; ${cpus().length} × ${cpus()[0]?.model}; client, gate and host share it.`,
)
console.log('Goals: throughput of CONNECT ≥ 0.9 × direct; p50 at most 1 ms above direct.')
console.log('relay: a program in the same place that copies bytes and judges nothing.\n')
for (const [i, cells] of table.entries()) {
  console.log(`| ${cells.join(' | ')} |`)
  if (i === 0) console.log(`|${' --- |'.repeat(cells.length)}`)
}

async function raiseRelay(network: string) {
  const container = await new Docker().createContainer({
    Image: agentImage,
    Entrypoint: ['python3', '/bench/do-nothing-relay.py'],
    HostConfig: { Init: true, NetworkMode: network, Binds: [`${import.meta.dirname}:/bench:ro`] },
  })
  await container.start()
  const { NetworkSettings } = await container.inspect()
  const address = Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? ''
  const listens = async () => {
    using _lane = await openLane({ host: address, kind: 'tunnel', gate: address })
    return true
  }
  await until(() => listens().catch(() => false))
  return { container, address }
}

function size(bytes = 0): string {
  return (bytes / mebibyte).toFixed(0)
}

function show(figure: number): string {
  if (Number.isNaN(figure)) return 'not measured'
  return figure >= 100 ? figure.toFixed(0) : figure.toFixed(2)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
