import { BottleError } from '../../src/errors.ts'
import { covers } from '../../src/spec/destination.ts'
import { presentGates } from '../../test/support/gates.ts'
import { openInternet } from '../../test/support/hosts/internet.ts'
import type { Case } from './cases.ts'
import type { Measured } from './figures.ts'
import { judge } from './judge.ts'
import { openList, strictList } from './lists.ts'
import { rehearse } from './rehearse.ts'
import { type Planned, planCase } from './requests.ts'
import { type Sending, sendDirectly, sendFromBottle } from './send.ts'

/**
 * Sends the cases from a bottle of each gate (or of the one that is named), under the strict list and with the hosts
 * allowed, and once without a gate. Throws a BottleError when a gate is not here or a name would lead out of here.
 */
export async function measure(
  cases: readonly Case[],
  only: string | undefined,
  say: (line: string) => void,
): Promise<Measured[]> {
  const gates = (await presentGates()).filter(gate => only === undefined || gate.name === only)
  if (gates.length === 0)
    throw new BottleError('pipelock is not in this engine.', 'Set BOTTLE_PIPELOCK_IMAGE (see `bottle pack-pipelock`).')
  const planned = cases.map(planCase)
  const [strict, open] = [strictList(planned), openList(planned)]
  const named = planned.filter(({ hosts }) => hosts.length > 0 && hosts.every(host => host.kind === 'name'))
  const [listed, strangers] = aliases(planned, strict)
  const requests = planned.flatMap(plan => plan.requests)
  const ports = [...new Set(requests.map(one => one.port))].filter(port => ![0, 80, 443].includes(port) && port < 65536)
  await using internet = await openInternet([
    { role: 'listener', names: listed, ports, answers: answersOf(planned) },
    { role: 'listener', names: strangers, ports },
  ])
  const sending: Sending = {
    internet,
    listeners: [listed[0] ?? '', strangers[0] ?? ''],
    names: [...listed, ...strangers],
    requests,
  }
  const control = await sendDirectly({ ...sending, requests: named.flatMap(plan => plan.requests) })
  say(
    `Without a gate ${control.arrived.size} requests reach the listeners; ${sending.names.length} names lead to them.`,
  )
  const measured: Measured[] = []
  for (const gate of gates) {
    const rehearsed = await rehearse(gate, planned)
    const unsafe = new Set(unguarded(planned, rehearsed))
    const sent = requests.filter(({ tag }) => !unsafe.has(tag))
    const rounds = {
      strict: await sendFromBottle({ ...sending, requests: sent }, gate, strict),
      open: await sendFromBottle({ ...sending, requests: sent }, gate, open),
    }
    const allows = (host: string) => open.some(entry => covers(entry, host))
    const results = judge(planned, { rounds, control, rehearsed, strict: new Set(strict), allows })
    measured.push({ gate: gate.name, version: rounds.strict.version, results, strangers: rounds.strict.strangers })
    say(
      `${gate.name}: ${rounds.strict.blocks.length} blocks under the strict list, ${rounds.open.blocks.length} with the hosts allowed.`,
    )
  }
  return measured
}

// Two listeners: one for the hosts of the strict list, one that nothing may reach under it. Each has a name of its own.
function aliases(planned: readonly Planned[], strict: readonly string[]): [string[], string[]] {
  const hosts = planned.flatMap(plan => plan.hosts.filter(host => host.kind === 'name'))
  const names = (wanted: boolean) =>
    hosts.filter(host => strict.includes(host.name) === wanted).flatMap(host => host.spellings)
  return [[...new Set(['listed.test', ...names(true)])], [...new Set(['stranger.test', ...names(false)])]]
}

function answersOf(planned: readonly Planned[]): Record<string, string> {
  const answers = planned.flatMap(({ requests, answer }) =>
    answer === undefined ? [] : requests.map(({ tag }) => [tag, answer]),
  )
  return Object.fromEntries(answers) as Record<string, string>
}

// What the guard did not refuse in rehearsal is sent by no bottle.
function unguarded(planned: readonly Planned[], refused: ReadonlySet<string>): string[] {
  return planned
    .filter(({ hosts }) => hosts.some(host => host.kind === 'guarded'))
    .flatMap(({ requests }) => requests.map(({ tag }) => tag).filter(tag => !refused.has(tag)))
}
