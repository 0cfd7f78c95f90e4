import { randomInt } from 'node:crypto'
import Docker from 'dockerode'
import { policyOf, raiseGate } from '../../test/support/gate/raise.ts'
import { raw } from '../../test/support/gate/requests.ts'
import type { PresentGate } from '../../test/support/gates.ts'
import type { Planned } from './requests.ts'

/**
 * Tries the gate's address guard where nothing can leave: on a network without a way out, with every address of the
 * cases on the allowlist. The tags of the requests that it refused; only those are sent from a bottle afterwards.
 */
export async function rehearse(which: PresentGate, planned: readonly Planned[]): Promise<ReadonlySet<string>> {
  const guarded = planned.filter(({ hosts }) => hosts.some(host => host.kind === 'guarded'))
  const refused = new Set<string>()
  if (guarded.length === 0) return refused
  const docker = new Docker()
  const network = await docker.createNetwork({
    Name: `bottle-test-rehearsal-${process.pid}-${randomInt(1e6)}`,
    Driver: 'bridge',
    Internal: true,
    Labels: { 'io.bottle.test': 'egress-bench' },
  })
  try {
    const allowlist = guarded.flatMap(({ hosts }) => hosts.map(host => host.name))
    await using gate = await raiseGate(which, { network: network.id, policy: policyOf({ allowlist }) })
    for (const { requests } of guarded) {
      for (const { tag, variant, method, url, host, port } of requests) {
        const line = variant === 'tls' ? `CONNECT ${host}:${port}` : `${method} ${url}`
        const place = variant === 'tls' ? `${host}:${port}` : host
        const { status } = await raw(gate.address, `${line} HTTP/1.1\r\nHost: ${place}\r\nConnection: close\r\n\r\n`)
        if (status === 403 || status === 400) refused.add(tag)
      }
    }
  } finally {
    await network.remove()
  }
  return refused
}
