import { randomInt } from 'node:crypto'
import Docker from 'dockerode'
import { type Internet, openInternet } from '../../test/support/hosts/internet.ts'
import { isAboutTheAddress } from './lists.ts'
import type { Planned } from './requests.ts'

/** The hosts of the cases, raised: every name leads to one of three listeners. */
export interface Listeners extends AsyncDisposable {
  readonly internet: Internet
  /** A name of each listener: for the strict list's hosts, for all others, and for names that lead to a private address. */
  readonly each: readonly [string, string, string]
  /** The names on the outside network, in every spelling of the cases. */
  readonly names: readonly string[]
  /** The names whose case is that they lead to a private address, and the network where they do. */
  readonly inward: { readonly network: string; readonly names: readonly string[] }
}

/** Raises the listeners. Under the strict list nothing may reach the second and the third. */
export async function openListeners(planned: readonly Planned[], strict: readonly string[]): Promise<Listeners> {
  const requests = planned.flatMap(plan => plan.requests)
  const ports = [...new Set(requests.map(one => one.port))].filter(port => ![0, 80, 443].includes(port) && port < 65536)
  const outward = planned.filter(plan => !isAboutTheAddress(plan)).flatMap(plan => plan.hosts)
  const named = (wanted: (name: string) => boolean, hosts = outward) =>
    hosts.flatMap(host => (host.kind === 'name' && wanted(host.name) ? host.spellings : []))
  const listed = new Set(['listed.test', ...named(name => strict.includes(name))])
  const strangers = new Set(['stranger.test', ...named(name => !strict.includes(name))])
  const names = [...listed, ...strangers]
  const inward = new Set(
    named(
      name => !names.includes(name),
      planned.filter(isAboutTheAddress).flatMap(plan => plan.hosts),
    ),
  )
  const internet = await openInternet([
    { role: 'listener', names: [...listed], ports, answers: answersOf(planned) },
    { role: 'listener', names: [...strangers], ports },
    { role: 'listener', names: ['inward.test'], further: [...inward], ports },
  ])
  // From the engine's default pools, which both gates hold for private; and without a way out.
  const network = await new Docker().createNetwork({
    Name: `bottle-test-inward-${process.pid}-${randomInt(1e6)}`,
    Driver: 'bridge',
    Internal: true,
    Labels: { 'io.bottle.test': 'egress-bench' },
  })
  await internet.join('inward.test', network.id, [...inward])
  return {
    internet,
    each: ['listed.test', 'stranger.test', 'inward.test'],
    names,
    inward: { network: network.id, names: [...inward] },
    async [Symbol.asyncDispose]() {
      await internet[Symbol.asyncDispose]()
      await network.remove()
    },
  }
}

function answersOf(planned: readonly Planned[]): Record<string, string> {
  const answers = planned.flatMap(({ requests, answer }) =>
    answer === undefined ? [] : requests.map(({ tag }) => [tag, answer]),
  )
  return Object.fromEntries(answers) as Record<string, string>
}
