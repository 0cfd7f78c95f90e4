import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../docker/engine.ts'
import type { ContainmentResult } from '../evidence/summary.ts'
import type { Plan } from '../plan/plan.ts'
import { gatePort } from '../plan/policy.ts'
import type { Probe } from '../plan/probes.ts'
import { within } from './deadline.ts'
import { execute } from './exec.ts'
import type { GateLog } from './gate-log.ts'
import type { Raised } from './raise.ts'

// The healthcheck gives up by itself after three seconds, but on a host with forty bottles on two cores it starts late.
const longest = 60_000
const mostAgain = 4

/**
 * The containment check: asks every probe from a container in the bottle's exact network position, all at once, and
 * hears each of them out. `gateReady` gates the one that goes through the gate, `relays` those that ask a relay. What cannot be judged counts as a leak.
 */
export async function checkContainment(
  engine: Engine,
  plan: Plan,
  raised: Pick<Raised, 'probe' | 'relays'>,
  gateReady: Promise<GateLog>,
  signal: AbortSignal,
): Promise<ContainmentResult[]> {
  const container = await raised.probe
  const cut = new AbortController()
  const ask = (target: string, env: string[] = []) =>
    execute(
      engine,
      container,
      [...plan.gate.program, 'healthcheck', '--addr', target],
      env,
      AbortSignal.any([signal, cut.signal]),
    )
  const late = pause(longest, undefined, { signal: cut.signal }).catch(() => undefined)
  const answers = plan.probes.map(async one => {
    if (one.expect === 'denied') return askDenied(one, plan, ask, gateReady)
    // A relay that does not listen yet refuses everything.
    if (one.expect === 'closed') await raised.relays
    const asked = one.expect === 'unresolved' ? untilItSays(() => ask(one.target), isUnresolved) : ask(one.target)
    const answer = await Promise.race([asked, late])
    if (answer) return result(one, judge(one.expect, answer.exitCode, answer.output))
    return result(one, { leaked: true, detail: `no verdict within ${longest / 1000} s` })
  })
  try {
    return await Promise.all(answers)
  } finally {
    cut.abort()
    await Promise.allSettled(answers)
  }
}

// Where silence is not the answer that is expected, a probe that ran out of its own time has said nothing: with forty
// bottles starting on two cores it may not get to ask. One that goes on saying nothing counts as a leak, as ever.
async function untilItSays(ask: () => Promise<Answer>, isContained: (output: string) => boolean): Promise<Answer> {
  let answer = await ask()
  const saidNothing = ({ exitCode, output }: Answer) => exitCode !== 0 && !isContained(output) && says.late.test(output)
  for (let again = 0; again < mostAgain && saidNothing(answer); again++) answer = await ask()
  return answer
}

const isDenied = (output: string) => /\bstatus:? 403\b/.test(output)
// "No such host" is an answer too: some resolver outside looked the name up. Go's lookup that ran into a timeout is none.
const isUnresolved = (output: string) => !says.noSuchName.test(output) && says.noResolver.test(output)

interface Answer {
  readonly exitCode: number
  readonly output: string
}

async function askDenied(
  probe: Probe,
  plan: Plan,
  ask: (target: string, env: string[]) => Promise<Answer>,
  gateReady: Promise<GateLog>,
): Promise<ContainmentResult> {
  const log = await gateReady
  const proxied = [`HTTP_PROXY=http://${plan.inside.sidecar}:${gatePort}`]
  const answer = await untilItSays(() => ask(probe.target, proxied), isDenied)
  if (!isDenied(answer.output)) return result(probe, { leaked: true, detail: answer.output || 'let through' })
  const host = probe.target.slice(0, probe.target.lastIndexOf(':'))
  const logged = await within(
    2000,
    log.first(event => event.type === 'block' && event.host === host).catch(() => undefined),
    undefined,
  )
  return result(
    probe,
    logged ? { leaked: false, detail: '403, logged' } : { leaked: true, detail: '403, but not logged' },
  )
}

/** The words of Go's and Node's network errors, for what they say about the way the packet went. */
const says = {
  silence:
    /no route to host|EHOSTUNREACH|network is unreachable|ENETUNREACH|i\/o timeout|deadline exceeded|ETIMEDOUT|time(d )?out/i,
  refusal: /connection refused|ECONNREFUSED/i,
  late: /i\/o timeout|deadline exceeded|ETIMEDOUT|time(d )?out/i,
  noSuchName: /no such host|ENOTFOUND/i,
  // The lookup itself failed. A timeout that came after it means that the name did resolve, to somewhere silent.
  noResolver: /lookup .*(refused|misbehaving|timeout|unreachable|no route|no DNS servers)|EAI_AGAIN/i,
} as const

function judge(expect: Probe['expect'], exitCode: number, output: string): { leaked: boolean; detail: string } {
  if (exitCode === 0) return { leaked: true, detail: 'it answered' }
  const detail = output.slice(-200)
  if (expect === 'unresolved') return { leaked: !isUnresolved(output), detail }
  if (expect === 'closed' && says.refusal.test(output)) return { leaked: false, detail }
  return { leaked: !says.silence.test(output), detail }
}

function result(probe: Probe, verdict: { leaked: boolean; detail: string }): ContainmentResult {
  return { probe: probe.name, target: probe.target, ...verdict }
}
