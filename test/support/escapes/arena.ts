import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { ContainerCreateOptions } from 'dockerode'
import Docker from 'dockerode'
import { surveyWorkspace } from '../../../src/checkout/survey.ts'
import { ownerOfThisProcess } from '../../../src/docker/owner.ts'
import { teardown } from '../../../src/docker/teardown.ts'
import type { Outcome } from '../../../src/evidence/summary.ts'
import type { Gate } from '../../../src/gate/gate.ts'
import { observeHost } from '../../../src/observe.ts'
import { mintRunId, type RunId } from '../../../src/plan/names.ts'
import { type Plan, planBottle } from '../../../src/plan/plan.ts'
import { runAgent } from '../../../src/run/agent.ts'
import { checkContainment } from '../../../src/run/containment.ts'
import { followGateLog } from '../../../src/run/gate-log.ts'
import { createNetworks } from '../../../src/run/networks.ts'
import { raise } from '../../../src/run/raise.ts'
import { gateIsReady } from '../../../src/run/sidecar.ts'
import { watchSidecar } from '../../../src/run/watch.ts'
import { clearScratch, makeScratch, scratchOf } from '../../../src/scratch.ts'
import { allowedHosts } from '../../../src/spec/allowlist.ts'
import { readSpec } from '../../../src/spec/load.ts'
import { engine } from '../gate/raise.ts'
import { agentImage } from '../hosts/internet.ts'
import { asExec, stopping } from './ends.ts'
import { openFolders } from './folders.ts'
import { besides, joinNetwork } from './joining.ts'
import { type Removal, sixth } from './removal.ts'
import type { HostName, World } from './world.ts'

/** What a removal may need to know of the run whose bottle it changes. */
export interface Scene {
  readonly runId: RunId
  readonly temp: string
  readonly decoy: string
  readonly guestAddress: string
}

/** A step in a bottle: what it is told by its environment, and until when it may run. */
export interface StepIn {
  readonly env: Readonly<Record<string, string>>
  readonly removals: readonly Removal[]
  readonly timeoutMs?: number
  readonly say: (line: string) => void
  /** Looks at the bottle when its step is over and before it is removed. */
  readonly after?: (container: Docker.Container) => Promise<void>
}

/** A run of the product, its sidecar up, in which bottles are started as often as needed. */
export interface Arena extends AsyncDisposable {
  readonly plan: Plan
  run(step: StepIn): Promise<Outcome['end']>
}

const docker = new Docker()

// The step is a list of attempts, or (alone in its bottle) one of them.
const script = 'if [ -n "$ATTEMPT" ]; then eval "$ATTEMPT"; else exec python3 -I "$KIT/runner.py" "$LIST"; fi'
const specText = `image: ${agentImage}
run: '${script}'
shell: bash
egress: {defaults: false, allowlist: [allowed.test, metadata.test, inner.test]}
limits: {memory: 512m, timeout: 2m}
hardening: {user: '0:0'}
`

/**
 * Raises networks and sidecar as the product does, with what the removals change, and lets the test hosts into its
 * outside (and the guest into its inside). Without removals the product's own containment check must hold.
 */
export async function openArena(
  world: World,
  gate: Gate,
  removals: readonly Removal[],
  allow: string[] = [],
): Promise<Arena> {
  const runId = mintRunId()
  const { spec: written, placeOf } = readSpec({ text: specText, file: 'escapes', bottle: undefined, shorthand: {} })
  const spec = { ...written, egress: { ...written.egress, allowlist: [...written.egress.allowlist, ...allow] } }
  const host = observeHost({
    runId,
    workspace: world.workspace,
    scratch: scratchOf(world.temp, runId),
    owner: ownerOfThisProcess(),
    engine: await engine.facts(),
    env: {},
    now: Date.now(),
    survey: surveyWorkspace(world.workspace),
  })
  const planned = (place: number, changes: readonly Removal[]): Plan => {
    const changed = changes.reduce((now, one) => one.spec?.(now) ?? now, spec)
    const allowed = allowedHosts(changed.egress, undefined, () => 'escapes:1:1')
    const plan = planBottle({ spec: changed, allowed, placeOf }, host, gate.facts, place)
    return changes.reduce((now, one) => one.plan?.(now) ?? now, plan)
  }
  await using undo = new AsyncDisposableStack()
  undo.defer(() => teardown(engine, runId))
  const first = planned(0, removals)
  makeScratch(first)
  openFolders(first)
  undo.defer(() => clearScratch(first.scratch))
  await gate.prepare(engine, () => {})
  let place = 0
  const plan = await createNetworks(engine, first, next => {
    place = next
    return planned(next, removals)
  })
  if (removals.some(one => one.hears)) await hearEverybody(plan.inside.name)
  const life = new AbortController()
  undo.defer(() => life.abort())
  const letIn = (network: string, name: HostName, endpoint: object = {}) =>
    docker.getNetwork(network).connect({ Container: world.hosts[name].id, EndpointConfig: endpoint })
  const guestAddress = plan.inside.sidecar.replace(/\d+$/, last => String(Number(last) - 9))
  const guest = removals.find(one => one.guest)?.guest
  const outsiders: HostName[] = guest === 'proxy' ? ['denied', 'proxy'] : ['denied']
  const aliases = { Aliases: ['denied.test', 'front.allowed.test', 'notallowed.test'] }
  const [raised] = await Promise.all([
    raise(engine, plan, new Map(), life.signal),
    letIn(plan.outside.name, 'allowed', { Aliases: ['allowed.test'] }),
    ...outsiders.map(name => letIn(plan.outside.name, name, name === 'denied' ? aliases : {})),
    ...(guest ? [letIn(plan.inside.name, guest, { IPAMConfig: { IPv4Address: guestAddress } })] : []),
  ])
  await besides(world, raised.sidecar)
  const log = followGateLog(raised.output, () => {}, life.signal)
  const lost = watchSidecar(engine, plan, raised.sidecar, log, life.signal)
  const ready = gateIsReady(engine, plan, raised.sidecar, log, lost, life.signal)
  ready.catch(() => {})
  if (removals.length === 0) {
    const leak = (await checkContainment(engine, plan, raised, ready, life.signal)).find(one => one.leaked)
    if (leak) throw new Error(`the containment check found a leak: ${JSON.stringify(leak)}`)
  }
  await ready
  await Promise.all([raised.bottle, raised.probe].map(async one => engine.remove('container', await one)))
  const own = async () => (await docker.getContainer(world.hosts.denied.id).inspect()).NetworkSettings.Networks
  const env: Record<string, string> = {
    ...world.env,
    GATE: plan.inside.sidecar,
    GATE_OUTSIDE: plan.outside.sidecar,
    INSIDE_GATEWAY: plan.inside.gateway,
    OUTSIDE_GATEWAY: plan.outside.gateway,
    DENIED: (await own())[plan.outside.name]?.IPAddress ?? '',
    GUEST: guestAddress,
    PROXY_HOST: guest === 'proxy' ? guestAddress : plan.inside.sidecar,
    PROXY: `http://${guest === 'proxy' ? guestAddress : plan.inside.sidecar}:8888`,
    GATEWAY6: `${sixth(plan.inside)}`.replace('::/64', '::1'),
    GATEWAY6_FULL: `${sixth(plan.inside)}`.replace('::/64', ':0:0:0:0:1'),
    SCRATCH: plan.scratch,
  }
  const scene = { runId, temp: world.temp, decoy: world.decoy, guestAddress }
  let count = 0
  const addresses = Array.from({ length: 8 }, (_, at) =>
    plan.inside.bottle.replace(/\d+$/, last => String(Number(last) - 8 + at)),
  )
  const free = addresses.filter(one => one !== guestAddress && one !== plan.inside.probe)
  const run = async ({ removals: changes, ...step }: StepIn): Promise<Outcome['end']> => {
    const only = changes.filter(one => one.only === 'bottle')
    const from = only.length > 0 ? planned(place, [...removals, ...only]).bottle : plan.bottle
    // The bottle's own address for the bottle as planned; others stand beside it.
    const address = changes.length === 0 && !step.env.ATTEMPT ? plan.inside.bottle : await taken(free)
    const body = changes.reduce<ContainerCreateOptions>(
      (now, one) => one.body?.(now, scene) ?? now,
      at(from.body, plan.inside.name, address, { ...env, ...step.env, SELF: address }),
    )
    const lives = changes.some(one => one.lives)
    const id = await engine.createContainer(
      `${from.name}-${++count}`,
      lives ? { ...body, Entrypoint: ['sleep', '300'], Cmd: [] } : body,
    )
    try {
      for (const one of changes) if (one.joins) await joinNetwork(one.joins, id, plan, world)
      const end = lives
        ? await asExec(id, step.env.ATTEMPT ?? '')
        : (
            await runAgent(stopping(changes), { ...plan, timeoutMs: step.timeoutMs ?? 110_000 }, id, step.say, {
              cancelled: life.signal,
              lost,
            })
          ).end
      await step.after?.(docker.getContainer(id))
      return end
    } finally {
      await engine.remove('container', id)
      if (address !== plan.inside.bottle) free.push(address)
    }
  }
  const held = undo.move()
  return { plan, run, [Symbol.asyncDispose]: () => held.disposeAsync() }
}

async function hearEverybody(network: string): Promise<void> {
  const { Id } = await docker.getNetwork(network).inspect()
  writeFileSync(`/proc/sys/net/ipv4/conf/br-${Id.slice(0, 12)}/rp_filter`, '0')
}

function at(
  body: ContainerCreateOptions,
  network: string,
  address: string,
  env: Record<string, string>,
): ContainerCreateOptions {
  return {
    ...body,
    Env: [...(body.Env ?? []), ...Object.entries(env).map(([name, value]) => `${name}=${value}`)],
    NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: address } } } },
  }
}

async function taken(free: string[]): Promise<string> {
  for (;;) {
    const address = free.shift()
    if (address) return address
    await pause(50)
  }
}
