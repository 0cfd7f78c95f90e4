import { BottleError } from '../../src/errors.ts'
import { covers } from '../../src/spec/destination.ts'
import { presentGates } from '../../test/support/gates.ts'
import type { Case } from './cases.ts'
import type { Measured } from './figures.ts'
import { judge } from './judge.ts'
import { openListeners } from './listeners.ts'
import { type Mode, openList, strictList } from './lists.ts'
import { rehearse } from './rehearse.ts'
import { planCase } from './requests.ts'
import { sendDirectly, sendFromBottle } from './send.ts'

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
  await using listeners = await openListeners(planned, strict)
  const reachable = planned.filter(({ hosts }) => hosts.every(host => host.kind === 'name'))
  const control = await sendDirectly({ listeners, requests: reachable.flatMap(plan => plan.requests) })
  const names = listeners.names.length + listeners.inward.names.length
  say(`Without a gate ${control.arrived.size} requests reach the listeners; ${names} names lead to them.`)
  const measured: Measured[] = []
  for (const gate of gates) {
    const rehearsed = await rehearse(gate, planned)
    // What the guard did not refuse in rehearsal is sent by no bottle, nor what an allowed wildcard might have resolved.
    const sent = (mode: Mode) =>
      planned.flatMap(({ hosts, requests }) =>
        requests.filter(({ tag }) =>
          hosts.every(({ kind }) => (kind === 'guarded' ? rehearsed.has(tag) : kind === 'name' || mode === 'strict')),
        ),
      )
    const rounds = {
      strict: await sendFromBottle({ listeners, requests: sent('strict') }, gate, strict),
      open: await sendFromBottle({ listeners, requests: sent('open') }, gate, open),
    }
    const allows = (host: string) => open.some(entry => covers(entry, host))
    const results = judge(planned, { rounds, control, rehearsed, strict: new Set(strict), allows })
    const { version, strangers } = rounds.strict
    measured.push({ gate: gate.name, version, results, strangers, warned: rounds.open.warned })
    say(
      `${gate.name}: ${rounds.strict.blocks.length} blocks under the strict list, ${rounds.open.blocks.length} with the hosts allowed.`,
    )
  }
  return measured
}
