import type { AllowedHost } from './allowlist.ts'
import type { BottleSpec } from './schema.ts'

/** A spec with the allowlist it makes: what two versions of a policy are compared by. */
export interface Effective {
  readonly spec: BottleSpec
  readonly allowed: readonly AllowedHost[]
  /** What the file of `egress.tls.upstream-ca` holds. */
  readonly upstreamCa?: string | undefined
}

type Say = (now: string, before: string) => string

const list = (added: string, removed: string) => ({
  added: (one: string) => `${added} ${one}`,
  removed: (one: string) => `${removed} ${one}`,
})

// How lists are told by; what is not here is told by its path. The allowlist, presets and defaults show as hosts.
const lists: Readonly<
  Record<string, { added: (one: string) => string; removed: (one: string) => string } | undefined>
> = {
  secrets: list('gives the agent the secret', 'takes away the secret'),
  services: list('joins the service', 'joins no longer the service'),
  outputs: list('lets the agent set the output', 'takes away the output'),
  'egress.trusted': list('lets private addresses through for', 'lets no private addresses through any more for'),
  'egress.private': list('opens the private range', 'closes the private range'),
  'egress.expected-blocks': list('expects to be blocked:', 'expects no longer to be blocked:'),
  'hardening.capabilities': list('keeps the capability', 'drops the capability'),
}

const values: Readonly<Record<string, Say>> = {
  run: () => 'changes the script that the agent runs',
  image: (now, before) => `image becomes ${now} (was ${before})`,
  workspace: (now, before) => `workspace becomes ${now} (was ${before})`,
  'egress.mode': (now, before) => `mode becomes ${now} (was ${before})`,
  'egress.fail-on': (now, before) => `fail-on becomes ${now} (was ${before})`,
  'egress.gate': (now, before) => `gate becomes ${now} (was ${before})`,
  'egress.dlp.known-secrets': now => `turns DLP for the bottle's own secrets ${now === 'true' ? 'on' : 'off'}`,
}

const shownAsHosts = ['egress.allowlist', 'egress.presets', 'egress.defaults']

/**
 * What changes between two effective specs, a line each: hosts first, then everything else by key, in the schema's
 * order. The lines hold text from both specs, which is hostile. Empty when both mean the same.
 */
export function policyChanges(before: Effective, now: Effective): string[] {
  return [
    ...hostChanges(before.allowed, now.allowed),
    ...changesOf(before.spec, now.spec, ''),
    ...(before.upstreamCa === now.upstreamCa ? [] : ['changes the certificates of egress.tls.upstream-ca']),
  ]
}

function hostChanges(before: readonly AllowedHost[], now: readonly AllowedHost[]): string[] {
  const names = (hosts: readonly AllowedHost[]) => new Set(hosts.map(one => one.host))
  const [had, has] = [names(before), names(now)]
  const added = now.filter(one => !had.has(one.host)).map(({ host, from }) => `adds host ${host} (${from.join(', ')})`)
  return [...added, ...[...had].filter(host => !has.has(host)).map(host => `removes host ${host}`)]
}

function changesOf(before: unknown, now: unknown, path: string): string[] {
  if (shownAsHosts.includes(path) || same(before, now)) return []
  if (Array.isArray(before) && Array.isArray(now)) return listChanges(before.map(printed), now.map(printed), path)
  if (isMap(before) && isMap(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    if (path === 'env') return environmentChanges(before, now, keys)
    return keys.flatMap(key => changesOf(before[key], now[key], path ? `${path}.${key}` : key))
  }
  const say = values[path] ?? ((one, was) => `${path} becomes ${one} (was ${was})`)
  return [say(printed(now), printed(before))]
}

function listChanges(before: readonly string[], now: readonly string[], path: string): string[] {
  const { added, removed } = lists[path] ?? list(`adds to ${path}:`, `removes from ${path}:`)
  const changes = [
    ...now.filter(one => !before.includes(one)).map(added),
    ...before.filter(one => !now.includes(one)).map(removed),
  ]
  return changes.length > 0 ? changes : [`changes the order of ${path}`]
}

// A value may be anything, and is not needed to see that it changed.
function environmentChanges(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string[] {
  return names
    .filter(name => before[name] !== now[name])
    .map(name => {
      const verb = before[name] === undefined ? 'adds' : now[name] === undefined ? 'removes' : 'changes'
      return `${verb} the environment variable ${name}`
    })
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function printed(value: unknown): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
