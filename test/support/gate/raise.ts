import { resolve } from 'node:path'
import Docker from 'dockerode'
import { findEngine } from '../../../src/docker/address.ts'
import { openEngine } from '../../../src/docker/engine.ts'
import { demultiplex } from '../../../src/docker/output.ts'
import { tarOf } from '../../../src/docker/tar.ts'
import { builtIn } from '../../../src/gate/built-in.ts'
import { type GateEvent, parseGateLine } from '../../../src/gate/events.ts'
import type { Gate } from '../../../src/gate/gate.ts'
import { pipelock } from '../../../src/gate/pipelock.ts'
import { configFile, configFolder, gateUser, secretsFile } from '../../../src/plan/containers.ts'
import { gateHostConfig } from '../../../src/plan/lockdown.ts'
import { renderPolicy } from '../../../src/plan/policy.ts'
import { execute } from '../../../src/run/exec.ts'
import type { PresentGate } from '../gates.ts'
import { until } from '../hosts/internet.ts'

/** The engine that the suites ask. */
export const engine = openEngine(findEngine(process.env))

/** A gate that runs alone on a test network, as the sidecar would, without a run around it. */
export interface RunningGate extends AsyncDisposable {
  readonly address: string
  readonly id: string
  /** What it has logged so far, as anything after the gate reads it; lines that mean nothing are left out. */
  events(): Promise<GateEvent[]>
  lines(): Promise<Record<string, unknown>[]>
  verb(words: string[]): ReturnType<typeof execute>
}

/** How a gate is raised: the network it stands on, its YAML, and what else differs from a sidecar. */
export interface Raising {
  readonly network: string
  readonly policy: string
  readonly secrets?: readonly string[]
  /** The name servers it asks; without them, the engine's own resolver, which knows the test hosts. */
  readonly dns?: readonly string[]
  /** The address it gets on the network; without one, the engine chooses. */
  readonly at?: string
}

/** The policy of a run with these facts: `allowed.test` and `*.wild.test` may be reached unless it says otherwise. */
export function policyOf(given: Partial<Parameters<typeof renderPolicy>[0]> = {}): string {
  return renderPolicy({
    mode: 'enforce',
    allowlist: ['*.wild.test', 'allowed.test'],
    trusted: [],
    private: [],
    secretsFile,
    own: [],
    timeoutMs: 60_000,
    ...given,
  })
}

/** Raises a gate and waits until it is healthy. Its container is removed when it is disposed of. */
export async function raiseGate(
  which: PresentGate,
  { network, policy, secrets = [], dns, at }: Raising,
): Promise<RunningGate> {
  const gate = programOf(which)
  await gate.prepare(engine, () => {})
  const { program } = gate.facts
  const host = { NetworkMode: network, ...(dns ? { Dns: [...dns] } : {}) }
  const id = await createGate(gate, ['run', '--config', configFile], host, policy, secrets, at && { [network]: at })
  await engine.start(id)
  const verb = (words: string[]) => execute(engine, id, [...program, ...words], [], new AbortController().signal)
  const lines = async () => (await said(id, 'stdout')).split('\n').filter(Boolean)
  await until(async () => (await verb(['healthcheck'])).exitCode === 0)
  const { NetworkSettings } = await new Docker().getContainer(id).inspect()
  return {
    id,
    address: Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '',
    verb,
    lines: async () => (await lines()).map(line => JSON.parse(line)),
    events: async () => (await lines()).map(parseGateLine).filter(event => event !== undefined),
    [Symbol.asyncDispose]: () => engine.remove('container', id),
  }
}

/** Has a gate's program check a configuration; its exit code and all it said. */
export async function checkConfig(which: PresentGate, policy: string): Promise<{ exitCode: number; output: string }> {
  const gate = programOf(which)
  await gate.prepare(engine, () => {})
  const id = await createGate(gate, ['check', '--config', configFile], { NetworkMode: 'none' }, policy, [
    'a known secret',
  ])
  await engine.start(id)
  const exitCode = await engine.wait(id, new AbortController().signal)
  const output = (await said(id, 'stdout')) + (await said(id, 'stderr'))
  await engine.remove('container', id)
  return { exitCode, output }
}

/** The gate of a suite, as the product knows it. */
export function programOf({ name, inputs }: PresentGate): Gate {
  if (name === 'pipelock') return pipelock(inputs['pipelock-image'])
  return builtIn(resolve(import.meta.dirname, '../../../dist/gate'))
}

async function createGate(
  { facts }: Gate,
  words: readonly string[],
  host: object,
  policy: string,
  secrets: readonly string[],
  addresses: Record<string, string> | undefined | '' = undefined,
): Promise<string> {
  const id = await engine.createContainer(
    `bottle-test-gate-${process.pid}-${Math.random().toString(16).slice(2, 10)}`,
    {
      Image: facts.image,
      User: `${gateUser}:${gateUser}`,
      Entrypoint: facts.program.slice(0, 1),
      Cmd: [...facts.program.slice(1), ...words],
      ...(addresses ? { NetworkingConfig: { EndpointsConfig: endpoints(addresses) } } : {}),
      HostConfig: {
        ...gateHostConfig(),
        ...host,
        Mounts: [{ Type: 'volume', Target: configFolder, VolumeOptions: { NoCopy: true } }],
      },
    },
  )
  const file = (path: string, text: string) => ({ name: path.slice(configFolder.length + 1), text, uid: gateUser })
  const files = [file(configFile, policy), file(secretsFile, secrets.map(one => `${one}\n`).join(''))]
  await engine.putArchive(id, configFolder, await tarOf(files))
  return id
}

function endpoints(addresses: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(addresses).map(([network, IPv4Address]) => [network, { IPAMConfig: { IPv4Address } }]),
  )
}

async function said(id: string, wanted: 'stdout' | 'stderr'): Promise<string> {
  const chunks: Buffer[] = []
  for await (const { stream, data } of demultiplex([
    await new Docker().getContainer(id).logs({ follow: false, stdout: true, stderr: true }),
  ] as unknown as AsyncIterable<Buffer>))
    if (stream === wanted) chunks.push(data)
  return Buffer.concat(chunks).toString('utf8')
}
