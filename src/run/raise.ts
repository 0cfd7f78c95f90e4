import type { Readable } from 'node:stream'
import type { Engine } from '../docker/engine.ts'
import { tarOf } from '../docker/tar.ts'
import { configFile, configFolder, gateUser, injectionsFile, secretsFile } from '../plan/containers.ts'
import type { Plan } from '../plan/plan.ts'
import { authorityFiles } from '../plan/policy.ts'
import { upstreamFile } from '../plan/tls.ts'
import type { Authority } from './authority.ts'
import { type Credentials, prepareCredentials } from './injections.ts'
import type { Inspection } from './inspection.ts'
import { raiseRelays } from './relays.ts'

/** The engine's ids of a run's containers. */
export interface Raised {
  readonly sidecar: string
  /** All that the sidecar says, framed, from its first byte on. */
  readonly output: Readable
  readonly probe: Promise<string>
  readonly bottle: Promise<string>
  /** Resolves when the relays of all services listen. */
  readonly relays: Promise<void>
}

/**
 * Creates the three containers at once, and the relays of services beside them. The sidecar gets its configuration (and the known secrets, in a file of their
 * own) into its volume, is connected inside, and starts; the probe starts; the bottle is created but not started.
 * `signal` ends the stream of the sidecar's output.
 * With `inspection` the sidecar alone gets the authority's key, and the bottle is there once what it trusts is written.
 * `arrived` is what the bottle's mounts have to wait for. Resolves when the sidecar runs; the others are promises so that
 * nobody waits for them too early.
 */
export async function raise(
  engine: Engine,
  plan: Plan,
  secrets: ReadonlyMap<string, string>,
  signal: AbortSignal,
  inspection?: Inspection,
  arrived?: Promise<unknown>,
): Promise<Raised> {
  const credentials =
    plan.injected.length > 0 ? inspection?.authority.then(one => prepareCredentials(plan, secrets, one)) : undefined
  credentials?.catch(() => {})
  const probe = engine.createContainer(plan.probe.name, plan.probe.body).then(id => started(engine, id))
  const bottle = withSecrets(plan, secrets, credentials).then(async body => {
    await arrived
    const id = await engine.createContainer(plan.bottle.name, body)
    await inspection?.trusted
    return id
  })
  const relays = raiseRelays(engine, plan, signal)
  // All are awaited later; a failure before that must not count as unhandled.
  for (const promise of [probe, bottle, relays]) promise.catch(() => {})
  const sidecar = await engine.createContainer(plan.sidecar.name, plan.sidecar.body)
  const [output] = await Promise.all([
    engine.attach(sidecar, signal),
    configuration(plan, secrets, await inspection?.authority, await credentials).then(tar =>
      engine.putArchive(sidecar, configFolder, tar),
    ),
    engine.connect(plan.inside.name, sidecar, {
      IPAMConfig: { IPv4Address: plan.inside.sidecar },
      Aliases: ['gate'],
    }),
  ])
  await engine.start(sidecar)
  return { sidecar, output, probe, bottle, relays }
}

async function started(engine: Engine, id: string): Promise<string> {
  await engine.start(id)
  return id
}

// The only place where secret values join a create body: the plan itself never holds one. Of what the gate puts into
// requests the bottle gets placeholders.
async function withSecrets(
  plan: Plan,
  secrets: ReadonlyMap<string, string>,
  credentials: Promise<Credentials> | undefined,
): Promise<object> {
  const placeholders = (await credentials)?.placeholders ?? []
  const values = plan.secrets.map(name => `${name}=${secrets.get(name) ?? ''}`)
  const standing = [...placeholders].map(([name, text]) => `${name}=${text}`)
  return { ...plan.bottle.body, Env: [...(plan.bottle.body.Env ?? []), ...values, ...standing] }
}

function configuration(
  plan: Plan,
  secrets: ReadonlyMap<string, string>,
  authority: Authority | undefined,
  credentials: Credentials | undefined,
): Promise<Buffer> {
  const file = (path: string, text: string) => ({ name: path.slice(configFolder.length + 1), text, uid: gateUser })
  const lines = [...secrets.values()].flatMap(value => value.split(/\r?\n/))
  // The lines around a key's base64 are no secret: everybody's keys have them.
  const known = lines.filter(line => line.trim().length >= 6 && !/^-----(BEGIN|END) [A-Z ]+-----\s*$/.test(line))
  return tarOf([
    file(configFile, plan.policy),
    ...(authority && plan.tls.inspect
      ? [file(authorityFiles.certificate, authority.certificate), file(authorityFiles.key, authority.key)]
      : []),
    ...(credentials ? [file(injectionsFile, JSON.stringify(credentials.injections))] : []),
    ...(plan.tls.inspect && plan.tls.upstreamCa ? [file(upstreamFile, plan.tls.upstreamCa)] : []),
    ...(plan.knownSecrets ? [file(secretsFile, `${known.join('\n')}\n`)] : []),
  ])
}
