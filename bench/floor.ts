// The raw floor: the engine calls of one run, in the same order and with the same concurrency, and nothing around them.
// Prints the agent's first byte as it comes. Reads the plan from the file named on the command line.
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { findEngine } from '../src/docker/address.ts'
import { openEngine } from '../src/docker/engine.ts'
import { tarOf } from '../src/docker/tar.ts'
import { configFolder, gateUser } from '../src/plan/containers.ts'
import { label } from '../src/plan/names.ts'
import type { Plan } from '../src/plan/plan.ts'

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan
const engine = openEngine(findEngine(process.env), '1.41')
const long = new AbortController()
const listAll = (wanted: string) =>
  Promise.all((['container', 'network', 'volume'] as const).map(kind => engine.list(kind, [wanted])))
const ask = async (container: string, words: string[], env: string[] = []) => {
  const stream = await engine.exec(container, [...plan.gate.program, 'healthcheck', ...words], env, long.signal)
  for await (const _ of stream);
  return engine.execExit(stream)
}

await engine.facts()
await Promise.all([engine.hasImage(plan.gate.image), engine.hasImage(plan.image)])
const swept = listAll(label.run)
await Promise.all([engine.createNetwork(plan.outside.body), engine.createNetwork(plan.inside.body)])
const probe = engine.createContainer(plan.probe.name, plan.probe.body).then(async id => {
  await engine.start(id)
  return id
})
const bottle = engine.createContainer(plan.bottle.name, plan.bottle.body)
const sidecar = await engine.createContainer(plan.sidecar.name, plan.sidecar.body)
await Promise.all([
  tarOf([{ name: 'gate.yaml', text: plan.policy, uid: gateUser }]).then(tar =>
    engine.putArchive(sidecar, configFolder, tar),
  ),
  engine.connect(plan.inside.name, sidecar, { IPAMConfig: { IPv4Address: plan.inside.sidecar }, Aliases: ['gate'] }),
])
await engine.start(sidecar)
const log = await engine.followLogs(sidecar, long.signal)
const begun = firstData(log)
engine.wait(sidecar, long.signal).catch(() => {})
const probeId = await probe
const quiet = plan.probes.filter(one => one.expect === 'unreachable').map(one => ask(probeId, ['--addr', one.target]))
const heard = [
  ...quiet,
  ...plan.probes.filter(one => one.expect === 'unresolved').map(one => ask(probeId, ['--addr', one.target])),
]
await begun
await ask(sidecar, [])
const denied = plan.probes
  .filter(one => one.expect === 'denied')
  .map(one => ask(probeId, ['--addr', one.target], [`HTTP_PROXY=http://${plan.inside.sidecar}:8888`]))
await Promise.all([...heard, ...denied, swept])
const removed = engine.remove('container', probeId)
const agent = await bottle
const output = await engine.attach(agent, long.signal)
await engine.start(agent)
const first = firstData(output).then(() => process.stdout.write('x\n'))
await engine.wait(agent, long.signal)
await first
await engine.kill(sidecar, 'SIGTERM')
await new Promise(resolve => log.once('end', resolve).resume())
await removed.catch(() => {})
const left = (await listAll(`${label.run}=${plan.runId}`)).flat()
await Promise.all(left.filter(one => one.kind === 'container').map(one => engine.remove('container', one.id)))
await Promise.all(left.filter(one => one.kind !== 'container').map(one => engine.remove(one.kind, one.id)))
await listAll(`${label.run}=${plan.runId}`)
long.abort()
process.exit(0)

function firstData(stream: Readable): Promise<unknown> {
  return new Promise(resolve => stream.once('data', resolve))
}
