import type { GateFacts } from '../gate/gate.ts'
import { sharedHosts } from '../spec/allowlist.ts'
import { covers } from '../spec/destination.ts'
import type { Host } from './host.ts'
import type { Written } from './plan.ts'
import { sshWarnings } from './ssh-egress.ts'
import { tlsWarnings } from './tls.ts'

/** What the user should know before trusting a plan, a sentence each. */
export function warnings({ spec, allowed, notes = [] }: Written, host: Host, gate: GateFacts): string[] {
  const said: string[] = [...notes]
  if (gate.name === 'pipelock' && !gate.image.includes('@sha256:'))
    said.push(`pipelock's image ${gate.image} is not pinned by digest`)
  if (spec.build && spec.build.network !== 'none')
    said.push(
      'the image is built before there is a bottle: its Dockerfile reaches any host (build.network: none closes it)',
    )
  if (spec.egress.mode === 'learn')
    said.push('learn mode: the allowlist refuses nothing, every host on the internet can be reached (egress.mode)')
  said.push(...sharedHosts(spec.egress.presets))
  for (const name of spec.egress.trusted) {
    const known = name.replace(/^\*\./, '')
    said.push(
      allowed.some(one => covers(one.host, known))
        ? `${name} may resolve to private addresses (egress.trusted)`
        : `${name} is trusted but not allowed, so it cannot be reached; add it to egress.allowlist`,
    )
  }
  said.push(...sshWarnings(spec, allowed, gate))
  for (const range of spec.egress.private) said.push(`private addresses in ${range} are open (egress.private)`)
  said.push(
    ...tlsWarnings(
      spec.egress,
      allowed.map(one => one.host),
    ),
  )
  if (spec.limits.cpus > host.engine.cpus)
    said.push(
      `limits.cpus ${spec.limits.cpus} is more than the engine's ${host.engine.cpus}; it gets ${host.engine.cpus}`,
    )
  if (host.engine.unenforced.length > 0)
    said.push(`the engine cannot enforce limits.${host.engine.unenforced.join(', limits.')} (docs/runners.md)`)
  if (spec.hardening.capabilities.length > 0)
    said.push(`the bottle keeps ${spec.hardening.capabilities.join(', ')} (hardening.capabilities)`)
  return said
}
