import { covers } from './destination.ts'
import { defaultList, type HostList, presets } from './host-lists.ts'
import type { BottleSpec } from './schema.ts'

/** A host that the agent may reach, and where it came from: lists by name, the spec's own entries by place. */
export interface AllowedHost {
  readonly host: string
  readonly from: readonly string[]
  /** The only ports that were asked for; without them every port of the host is open. */
  readonly ports?: readonly number[]
}

/** What replaces the default list: canonical entries, and how their source is called, such as `input default-allowlist`. */
export interface Defaults {
  readonly hosts: readonly string[]
  readonly from: string
}

/**
 * The effective allowlist: defaults ∪ presets ∪ the spec's own ∪ hosts with a credential ∪ ssh hostnames, sorted, without duplicates. `placeOf`
 * says where the spec's entry at an index was written. A host that only ssh asked for keeps the ports it was asked for.
 */
export function allowedHosts(
  egress: BottleSpec['egress'],
  defaults: Defaults | undefined,
  placeOf: (index: number) => string,
  ssh: BottleSpec['ssh'] = [],
): AllowedHost[] {
  const found = new Map<string, string[]>()
  const add = (host: string, from: string) => {
    const places = found.get(host) ?? []
    found.set(host, places.includes(from) ? places : [...places, from])
  }
  const standard = defaults ?? { hosts: defaultList.hosts.map(one => one.host), from: 'the default list' }
  if (egress.defaults) for (const host of standard.hosts) add(host, standard.from)
  for (const name of egress.presets) for (const { host } of presets[name]?.hosts ?? []) add(host, `preset ${name}`)
  for (const [index, host] of egress.allowlist.entries()) add(host, placeOf(index))
  for (const { host, header } of egress.inject) add(host, `inject ${header}`)
  const whole = [...found.keys()]
  for (const { host, hostname } of ssh) add(hostname, `ssh ${host}`)
  const portsOf = (name: string) => {
    if (whole.some(entry => covers(entry, name))) return {}
    return { ports: [...new Set(ssh.filter(one => one.hostname === name).map(one => one.port))] }
  }
  return [...found].map(([host, from]) => ({ host, from, ...portsOf(host) })).sort((a, b) => (a.host < b.host ? -1 : 1))
}

/** The hosts of the spec's presets where anyone can write, so that they are ways out too: a sentence each. */
export function sharedHosts(names: readonly string[]): string[] {
  return names.flatMap(name => (presets[name] as HostList).hosts.flatMap(one => (one.shared ? [said(name, one)] : [])))
}

function said(name: string, { host, why }: { host: string; why: string }): string {
  return `${host} (preset ${name}) is shared: ${why.slice(why.lastIndexOf(';') + 1).trim()}`
}
