import { randomInt } from 'node:crypto'
import Docker from 'dockerode'
import ipaddr from 'ipaddr.js'
import { policyOf, raiseGate } from '../../test/support/gate/raise.ts'
import { raw } from '../../test/support/gate/requests.ts'
import type { PresentGate } from '../../test/support/gates.ts'
import { until } from '../../test/support/hosts/internet.ts'
import type { Planned } from './requests.ts'

/**
 * Tries the gate's address guard where nothing can leave: on a network without a way out, with every address of the
 * cases on the allowlist. The tags of the requests that it refused, and why; only those are sent from a bottle afterwards.
 */
export async function rehearse(which: PresentGate, planned: readonly Planned[]): Promise<ReadonlyMap<string, string>> {
  const guarded = planned.filter(({ hosts }) => hosts.some(host => host.kind === 'guarded'))
  const refused = new Map<string, string>()
  if (guarded.length === 0) return refused
  const docker = new Docker()
  const network = await docker.createNetwork({
    Name: `bottle-test-rehearsal-${process.pid}-${randomInt(1e6)}`,
    Driver: 'bridge',
    Internal: true,
    Labels: { 'io.bottle.test': 'egress-bench' },
  })
  try {
    const allowlist = guarded.flatMap(({ hosts }) => hosts.flatMap(host => entries(host.name)))
    await using gate = await raiseGate(which, { network: network.id, policy: policyOf({ allowlist }) })
    const blocks = async () => (await gate.events()).filter(event => event.type === 'block')
    for (const { requests, hosts } of guarded) {
      const listed = hosts.some(one => entries(one.name).length > 0)
      for (const { tag, variant, method, url, host, port } of requests) {
        const before = (await blocks()).length
        const line = variant === 'tls' ? `CONNECT ${host}:${port}` : `${method} ${url}`
        const place = variant === 'tls' ? `${host}:${port}` : host
        const { status } = await raw(gate.address, `${line} HTTP/1.1\r\nHost: ${place}\r\nConnection: close\r\n\r\n`)
        if (status !== 403 && status !== 400) continue
        // The log is read through the engine, a moment behind the gate.
        await until(async () => (await blocks()).length > before).catch(() => {})
        const block = (await blocks())[before]
        // The allowlist refusing it says nothing of the guard.
        if (!block || (listed && block.kind === 'not-allowed')) continue
        refused.set(tag, `${block.scanner}: ${block.reason}`)
      }
    }
  } finally {
    await network.remove()
  }
  return refused
}

// As an address is written on a list; the gates do not agree on the IPv4-mapped ones. What is none cannot be on it.
function entries(name: string): string[] {
  if (ipaddr.IPv4.isValid(name)) return [name, `::ffff:${name}`]
  return ipaddr.isValid(name) || /^[a-z0-9.-]+$/.test(name) ? [name] : []
}
