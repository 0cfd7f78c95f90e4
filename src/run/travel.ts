import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../docker/engine.ts'
import { BottleError, reasonOf } from '../errors.ts'
import type { Plan } from '../plan/plan.ts'
import { carried, carriedFolders, type TravelPlan } from '../plan/travel.ts'
import type { Ended } from './agent.ts'
import { unlessAborted } from './deadline.ts'

/** The files of this host that travel: read before the run, written after it. */
export interface Luggage {
  /** The tar of all that the bottle is to see. */
  pack(): Readable
  /** What is known once it has been read to its end, in a sentence. */
  packed(): string
  /** Takes the workspace back; resolves with what is worth saying of it. */
  unpack(tar: Readable): Promise<string>
  /** Takes the file with the agent's outputs back. */
  unpackOutput(tar: Readable): Promise<void>
}

const longestEnd = 5000
const betweenLooks = 50

/**
 * Brings the files to the engine: makes the carrier, and with it the volume, and unpacks them there. `ready` resolves
 * when they may be read. Resolves with the carrier's id. Throws a BottleError when the engine keeps the volume elsewhere than planned.
 */
export async function depart(
  engine: Engine,
  { carrier, mountpoint }: TravelPlan,
  luggage: Luggage,
  ready: Promise<void>,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const started = performance.now()
  const id = await engine.createContainer(carrier.name, carrier.body)
  const at = (await engine.mounts(id)).find(({ here }) => here === carried)?.there
  if (at !== mountpoint)
    throw new BottleError(
      `The engine keeps its volumes in another place than its own folder (${at ?? 'nowhere that it says'}), where a bottle cannot be given their parts.`,
      "Let the engine see the runner's work folder at the same path (docs/runners.md).",
    )
  await ready
  await engine.putArchive(id, carried, luggage.pack(), signal)
  say(`Sent to the engine: ${luggage.packed()}, in ${seconds(started)}.`)
  return id
}

/**
 * Brings the workspace home after the agent, and says how the run ended then: as the agent did; or failed, when not all
 * could be brought back, which is no end to be green about. Whoever cancels is not kept waiting for it.
 */
export async function broughtHome(
  { engine, say, cancelled }: { engine: Engine; say: (line: string) => void; cancelled: AbortSignal },
  luggage: Luggage,
  plan: Plan,
  ids: { readonly carrier: string; readonly bottle: string },
  ended: Ended,
): Promise<Ended> {
  const stop = new AbortController()
  try {
    cancelled.throwIfAborted()
    await unlessAborted(cancelled, comeHome(engine, plan, ids, luggage, say, stop.signal))
    return ended
  } catch (error) {
    stop.abort()
    if (cancelled.aborted) {
      say('Cancelled: what the agent made of the workspace is not brought back, or not all of it.')
      return { ...ended, end: { kind: 'cancelled', signal: String(cancelled.reason) } }
    }
    const reason = `what the agent made of the workspace could not be brought back: ${reasonOf(error)}`
    return { ...ended, end: { kind: 'failed', reason } }
  }
}

/**
 * Brings back what the agent made of the workspace, and its outputs. Only once the bottle has ended: the engine must not
 * read a volume that something may still change (CVE-2026-41568). Throws when it has not, or not all could be brought back.
 */
async function comeHome(
  engine: Engine,
  plan: Plan,
  ids: { readonly carrier: string; readonly bottle: string },
  luggage: Luggage,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now()
  if (!(await hasEnded(engine, ids.bottle)))
    throw new BottleError(
      'The bottle still runs, so nothing of its workspace could be brought back.',
      'Look at the Docker daemon: it did not end a container that it was told to.',
    )
  if (plan.outputs.length > 0)
    await luggage.unpackOutput(await engine.getArchive(ids.carrier, `${carried}/${carriedFolders.own}/output`, signal))
  if (plan.workspaceAccess !== 'rw') return
  const tar = await engine.getArchive(ids.carrier, `${carried}/${carriedFolders.workspace}`, signal)
  say(`Brought back: ${await luggage.unpack(tar)}, in ${seconds(started)}.`)
}

async function hasEnded(engine: Engine, bottle: string): Promise<boolean> {
  const limit = performance.now() + longestEnd
  do {
    if (!(await engine.state(bottle)).running) return true
    await pause(betweenLooks)
  } while (performance.now() < limit)
  return false
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
