import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Docker from 'dockerode'
import { stringify } from 'yaml'
import { BottleError } from '../../src/errors.ts'
import { parseGateLine } from '../../src/gate/events.ts'
import { label } from '../../src/plan/names.ts'
import type { PresentGate } from '../../test/support/gates.ts'
import { agentImage, type Hit, until } from '../../test/support/hosts/internet.ts'
import { namesLeadHere } from './aliases.ts'
import type { Answer } from './client.ts'
import type { Listeners } from './listeners.ts'
import type { Sent } from './requests.ts'

/** What a round of requests came to: what the client was told, what the listeners saw, what the gate logged. */
export interface Round {
  readonly answers: ReadonlyMap<string, Answer>
  /** The `x-case` tags of the requests that reached a listener. */
  readonly arrived: ReadonlySet<string>
  /** Connections at the listeners for hosts that are on no strict list. */
  readonly strangers: number
  /** The gate's blocks, oldest first; none without a gate. */
  readonly blocks: readonly { readonly scanner: string; readonly reason: string }[]
  /** What the gate calls itself. */
  readonly version: string
}

/** What a round needs: the listeners, and the requests in order. */
export interface Sending {
  readonly listeners: Listeners
  readonly requests: readonly Sent[]
}

const cli = resolve(import.meta.dirname, '../../dist/cli/index.js')

/** Sends the requests from a real bottle with this gate and allowlist. Throws a BottleError when the bottle did not run. */
export async function sendFromBottle(
  sending: Sending,
  gate: PresentGate,
  allowlist: readonly string[],
): Promise<Round> {
  await using place = await prepare(sending)
  const spec = {
    image: agentImage,
    run: 'node --disable-warning=ExperimentalWarning client.ts',
    egress: { gate: gate.name, defaults: false, allowlist },
  }
  writeFileSync(join(place.work, 'bottle.yml'), stringify(spec))
  const image = gate.inputs['pipelock-image']
  const words = [cli, 'run', 'bottle.yml', ...(image ? ['--pipelock-image', image] : [])]
  const env = { ...process.env, GITHUB_WORKSPACE: place.work, RUNNER_TEMP: place.temp }
  const child = spawn(process.execPath, words, { cwd: place.work, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said = (said + String(chunk)).slice(-20_000)
    })
  const ended = new Promise<number>(done => child.once('exit', code => done(code ?? -1)))
  try {
    await ready(sending, child.pid ?? 0, ended)
    place.go()
    if ((await ended) !== 0) throw new Error(`the bottle ended badly:\n${said}`)
  } catch (error) {
    child.kill('SIGTERM')
    await ended
    if (error instanceof BottleError) throw error
    throw new BottleError(
      `The bottle with the gate ${gate.name} did not run.`,
      said.trim().slice(-1500) || String(error),
    )
  }
  return { ...(await place.seen()), ...evidenceOf(place.temp) }
}

/** Sends the requests with nothing in between, on the tests' own network: what arrives at all. */
export async function sendDirectly(sending: Sending): Promise<Round> {
  await using place = await prepare(sending)
  const { network } = sending.listeners.internet
  const client = await new Docker().createContainer({
    Image: agentImage,
    Entrypoint: ['node', '--disable-warning=ExperimentalWarning', '/work/client.ts'],
    Labels: { 'io.bottle.test': 'egress-bench' },
    HostConfig: { Init: true, NetworkMode: network, Binds: [`${place.work}:/work`] },
  })
  try {
    await client.start()
    await allLeadHere(sending.listeners, network, client.id)
    place.go()
    await client.wait()
  } finally {
    await client.remove({ force: true, v: true })
  }
  return { ...(await place.seen()), blocks: [], version: '' }
}

async function ready({ listeners }: Sending, pid: number, ended: Promise<number>): Promise<void> {
  const docker = new Docker()
  const role = async (name: string) => {
    const filters = { label: [`${label.role}=${name}`] }
    const all = await docker.listContainers({ filters })
    return all.find(one => one.Labels[label.owner]?.split(':')[2] === String(pid) && one.State === 'running')
  }
  let over = false
  ended.then(
    () => {
      over = true
    },
    () => {},
  )
  // The agent runs: networks, sidecar and containment check are behind it.
  await until(async () => over || (await role('bottle')) !== undefined, 120_000)
  const sidecar = await role('sidecar')
  if (over || !sidecar) throw new Error('the bottle ended before its agent ran')
  const network = Object.keys(sidecar.NetworkSettings.Networks).find(name => name.endsWith('-outside')) ?? ''
  await allLeadHere(listeners, network, sidecar.Id)
}

// The container joins the network of the private addresses; a bottle's sidecar has no such neighbour of its own.
async function allLeadHere({ internet, names, inward }: Listeners, network: string, container: string): Promise<void> {
  if (inward.names.length > 0) await new Docker().getNetwork(inward.network).connect({ Container: container })
  await namesLeadHere(internet, { network, container, names })
  await namesLeadHere(internet, { network: inward.network, container, names: inward.names })
}

async function prepare({ listeners: { internet, each }, requests }: Sending) {
  const temp = mkdtempSync(join(tmpdir(), 'bottle-egress-'))
  const work = join(temp, 'work')
  mkdirSync(work)
  copyFileSync(join(import.meta.dirname, 'client.ts'), join(work, 'client.ts'))
  copyFileSync(internet.authority, join(work, 'ca.pem'))
  writeFileSync(join(work, 'package.json'), '{"type":"module"}')
  writeFileSync(join(work, 'requests.json'), JSON.stringify(requests))
  const hits = (): Promise<Hit[]>[] => each.map(name => internet.hits(name))
  const before = (await Promise.all(hits())).map(list => list.length)
  return {
    temp,
    work,
    go: () => writeFileSync(join(work, 'go'), ''),
    async seen() {
      const fresh = (await Promise.all(hits())).map((list, i) => list.slice(before[i]))
      const arrived = new Set(fresh.flat().flatMap(hit => hit.headers?.['x-case'] ?? []))
      const file = join(work, 'answers.jsonl')
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
      const answers = new Map(lines.map(line => JSON.parse(line) as Answer).map(answer => [answer.tag, answer]))
      return {
        answers,
        arrived,
        strangers: fresh
          .slice(1)
          .flat()
          .filter(hit => hit.kind === 'connection').length,
      }
    },
    async [Symbol.asyncDispose]() {
      rmSync(temp, { recursive: true, force: true })
    },
  }
}

function evidenceOf(temp: string): Pick<Round, 'blocks' | 'version'> {
  const run = readdirSync(temp).find(name => /^bottle-[0-9a-f]{12}$/.test(name)) ?? ''
  const lines = (name: string) =>
    readFileSync(join(temp, run, 'evidence', name), 'utf8')
      .split('\n')
      .filter(Boolean)
  const startup = lines('events.jsonl')
    .map(parseGateLine)
    .find(event => event?.type === 'startup')
  return {
    blocks: lines('blocked.jsonl').map(line => JSON.parse(line) as Round['blocks'][number]),
    version: startup?.type === 'startup' ? startup.version : '',
  }
}
