import { BottleError } from '../errors.ts'
import type { Injections } from '../gate/program/injections.ts'
import type { Plan } from '../plan/plan.ts'
import { type Authority, makeIdentity } from './authority.ts'
import { placeholderFor } from './placeholder.ts'

/** A run's credentials: what the gate alone gets, and what the bottle gets in their place, by the name of the variable. */
export interface Credentials {
  readonly injections: Injections
  readonly placeholders: ReadonlyMap<string, string>
}

/**
 * Makes what the gate needs to put credentials into requests: for each host an identity that the run's authority signs,
 * and for each credential a placeholder. The authority's own key does not go to the gate: these hosts are all it can be.
 * Throws a BottleError for a value that no header can carry.
 */
export async function prepareCredentials(
  plan: Plan,
  secrets: ReadonlyMap<string, string>,
  authority: Authority,
): Promise<Credentials> {
  const names = [...new Set(plan.injected.map(one => one.secret))]
  const placeholders = new Map(names.map(name => [name, placeholderFor(checked(name, secrets.get(name) ?? ''))]))
  const hosts = [...new Set(plan.injected.map(one => one.host))]
  const identities = await Promise.all(hosts.map(async host => [host, await makeIdentity(authority, host)] as const))
  return {
    placeholders,
    injections: {
      identities: Object.fromEntries(identities),
      upstreamCa: plan.tls.upstreamCa,
      credentials: plan.injected.map(({ secret, ...one }) => ({
        ...one,
        value: secrets.get(secret) ?? '',
        placeholder: placeholders.get(secret) ?? '',
      })),
    },
  }
}

function checked(name: string, value: string): string {
  if (/^[\x21-\x7e]{8,}$/.test(value) && new Set(value.replace(/[^A-Za-z0-9]/g, '')).size >= 4) return value
  throw new BottleError(
    `The secret ${name} of egress.inject cannot be replaced by a placeholder: it is shorter than 8 characters, or holds what a header cannot carry.`,
    'Check that the value was pasted whole and on one line.',
  )
}
