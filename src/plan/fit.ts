import { BottleError } from '../errors.ts'
import type { GateFacts } from '../gate/gate.ts'
import type { AllowedHost } from '../spec/allowlist.ts'
import { covers } from '../spec/destination.ts'
import { overlap } from '../spec/range.ts'
import type { Host } from './host.ts'
import type { Written } from './plan.ts'
import { openedRanges } from './ssh-egress.ts'

/**
 * Does the spec fit this host and this gate? Throws a BottleError for the first thing that does not: a job whose engine is elsewhere, a secret or an ssh
 * key that is not set, a range that holds the host itself, an inspection that the gate cannot do, a block that is
 * expected of a host that is allowed.
 */
export function checkFit(
  { spec, allowed, placeOf }: Pick<Written, 'spec' | 'allowed' | 'placeOf'>,
  host: Host,
  gate: GateFacts,
): void {
  if (host.unseen !== undefined && spec.run === undefined) throw staysAway(host.unseen)
  const named = { secrets: spec.secrets, 'egress.inject': spec.egress.inject.map(one => one.secret) }
  for (const [key, names] of Object.entries(named)) {
    const missing = names.filter(name => !host.set.includes(name))
    if (missing.length > 0) throw unsetSecret(missing, key)
  }
  const unset = spec.ssh.findIndex(({ identity }) => identity !== undefined && !host.set.includes(identity))
  if (unset >= 0) throw unsetKey(spec.ssh[unset]?.identity ?? '', placeOf(['ssh', unset, 'identity']))
  for (const { range, path } of openedRanges(spec)) {
    const gateway = host.engine.gateways.find(one => overlap(range, one.includes(':') ? `${one}/128` : `${one}/32`))
    if (gateway) throw opensHost(range, gateway, path[0] === 'ssh', placeOf(path))
  }
  for (const [index, expected] of spec.egress['expected-blocks'].entries()) {
    const open = allowed.find(one => one.ports === undefined && isWithin(expected, one.host))
    if (open) throw allowedAfterAll(expected, open, placeOf(['egress', 'expected-blocks', index]))
  }
  if (spec.egress.inject.length > 0 && !gate.injects) throw cannotInject(gate.name, placeOf(['egress', 'inject', 0]))
  if (spec.egress.tls.inspect && !gate.inspects) throw cannotInspect(gate.name, placeOf(['egress', 'tls', 'inspect']))
}

function staysAway(unseen: string): BottleError {
  return new BottleError(
    `The engine cannot see ${unseen}, and in a bottle for the whole job the workspace would have to travel between steps.`,
    "Give the step a `run`, for which it travels once, or let the engine see the runner's work folder (docs/runners.md).",
  )
}

// Of a wildcard that is expected, single hosts may be allowed.
function isWithin(expected: string, entry: string): boolean {
  return expected.startsWith('*.')
    ? entry.startsWith('*.') && covers(entry, expected.slice(2))
    : covers(entry, expected)
}

function allowedAfterAll(expected: string, { host, from }: AllowedHost, place: string): BottleError {
  const by = host === expected ? '' : ` by ${host}`
  return new BottleError(
    `${place}: egress.expected-blocks names ${expected}, but it is allowed${by} (${from.join(', ')}), so nothing blocks it.`,
    'Take it out of one of the two.',
  )
}

function cannotInject(gate: string, place: string): BottleError {
  return new BottleError(
    `${place}: egress.inject names a credential, but the gate is ${gate}, which cannot put one into requests.`,
    'Write `gate: built-in`, or give the value to the agent with `secrets`.',
  )
}

function opensHost(range: string, gateway: string, isSsh: boolean, place: string): BottleError {
  return new BottleError(
    `${place}: ${isSsh ? 'the ssh host' : 'egress.private'} ${range} contains ${gateway}, where one of the engine's networks meets the host.`,
    isSsh ? 'Name a host that is not this one.' : 'Write the addresses that the agent needs, such as 10.0.0.5/32.',
  )
}

function cannotInspect(gate: string, place: string): BottleError {
  return new BottleError(
    `${place}: egress.tls.inspect is on, but the gate is ${gate}, which cannot look inside TLS.`,
    'Write `gate: pipelock`, or take `inspect` out (the input `tls: off` does).',
  )
}

function unsetSecret(names: readonly string[], key: string): BottleError {
  const name = names[0]
  const list = names.join(', ')
  return new BottleError(
    `${names.length === 1 ? `The secret ${list} is` : `The secrets ${list} are`} named in \`${key}\` but not set in the step's environment.`,
    `Add \`env: {${name}: \${{ secrets.${name} }}}\` to the step, or take the name out of \`${key}\`.`,
  )
}

function unsetKey(name: string, place: string): BottleError {
  return new BottleError(
    `${place}: the key ${name} is named in \`ssh\` but not set in the step's environment.`,
    `Add \`env: {${name}: \${{ secrets.${name} }}}\` to the step, or take \`identity\` out.`,
  )
}
