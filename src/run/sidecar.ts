import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../docker/engine.ts'
import { BottleError } from '../errors.ts'
import type { GateEvent } from '../gate/events.ts'
import type { Plan } from '../plan/plan.ts'
import { within } from './deadline.ts'
import { execute } from './exec.ts'
import { checkStartup, type GateLog } from './gate-log.ts'
import type { Loss } from './watch.ts'

const longestStart = 60_000
const betweenChecks = 20
const longestGoodbye = 3000
const longestCopy = 10_000

/**
 * Waits until the gate guards: its `startup` line says what was planned, and its own `healthcheck` succeeds.
 * Throws a BottleError with the gate's own words when it stops or stays silent.
 */
export async function gateIsReady(
  engine: Engine,
  plan: Plan,
  sidecar: string,
  log: GateLog,
  lost: Promise<Loss>,
  signal: AbortSignal,
): Promise<GateLog> {
  const stopped = lost.then(async why => {
    throw neverReady(plan, await why())
  })
  const healthy = async () => {
    const started = await log.first(event => event.type === 'startup').catch(() => stopped)
    checkStartup(plan, started as GateEvent & { type: 'startup' })
    while (!signal.aborted) {
      const { exitCode } = await execute(engine, sidecar, [...plan.gate.program, 'healthcheck'], [], signal)
      if (exitCode === 0) return log
      await pause(betweenChecks, undefined, { signal })
    }
    throw signal.reason
  }
  const ready = await within(longestStart, Promise.race([healthy(), stopped]), undefined)
  if (!ready) throw neverReady(plan, `it was not ready after ${longestStart / 1000} s. ${log.complaint()}`)
  return ready
}

/**
 * Lets the gate finish its log: asks it to stop, and waits until the log has ended. Where that was cut short, the rest
 * is read from what the engine kept.
 */
export async function lastLine(engine: Engine, sidecar: string, log: GateLog): Promise<void> {
  await within(
    longestGoodbye,
    engine.kill(sidecar, 'SIGTERM').catch(() => {}),
    undefined,
  )
  await within(longestGoodbye, log.ended, undefined)
  if (log.isWhole()) return
  const late = AbortSignal.timeout(longestCopy)
  const rest = engine.followLogs(sidecar, late).then(copy => log.complete(copy))
  await within(
    longestCopy,
    rest.catch(() => {}),
    undefined,
  )
}

function neverReady(plan: Plan, reason: string): BottleError {
  return new BottleError(
    `The gate ${plan.gate.name} (${plan.gate.image}) did not start: ${reason}.`,
    'Run `bottle plan` to see the configuration it was given.',
  )
}
