import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Docker from 'dockerode'
import { stringify } from 'yaml'
import { BottleError } from '../../src/errors.ts'
import { label } from '../../src/plan/names.ts'
import type { PresentGate } from '../../test/support/gates.ts'
import { agentImage, until } from '../../test/support/hosts/internet.ts'
import { namesLeadHere } from './aliases.ts'
import type { Listeners } from './listeners.ts'
import { evidenceOf, makePlace, type Round } from './place.ts'
import type { Sent } from './requests.ts'

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
  await using place = await makePlace(sending)
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
  await using place = await makePlace(sending)
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
  return { ...(await place.seen()), blocks: [], version: '', warned: 0 }
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
