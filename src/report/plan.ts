import type { Plan } from '../plan/plan.ts'
import { plain } from './plain-text.ts'

const shown = 3

/**
 * The plan as a person reads it: the banner, the egress line, the warnings, and the gate's configuration whole;
 * with `explain` also where each allowed host came from.
 */
export function renderPlan(plan: Plan, { explain } = { explain: false }): string {
  return [
    ...banner(plan),
    egressLine(plan.allowlist),
    ...(explain ? plan.allowlist.map(host => `  ${host}: ${plan.origins[host]?.join(', ')}`) : []),
    ...plan.warnings.map(text => `warning: ${text}`),
    '',
    `# ${plan.gate.name} reads this (sha256 ${plan.policyDigest})`,
    plan.policy.trimEnd(),
    '',
    'Nothing was created.',
  ]
    .map(line => line.split('\n').map(plain).join('\n'))
    .join('\n')
}

/** `egress: 9 hosts allowed (a.example.com, b.example.com, c.example.com, +6 more)`; the list is sorted, so the line is stable. */
export function egressLine(allowlist: readonly string[]): string {
  const count = `${allowlist.length} ${allowlist.length === 1 ? 'host' : 'hosts'} allowed`
  if (allowlist.length === 0) return `egress: ${count}`
  const more = allowlist.length - shown
  return `egress: ${count} (${[...allowlist.slice(0, shown), ...(more > 0 ? [`+${more} more`] : [])].join(', ')})`
}

function banner(plan: Plan): string[] {
  const minutes = plan.timeoutMs / 60_000
  const rows: [string, string][] = [
    ['bottle', plan.runId],
    ['image', plan.image],
    ['gate', [plan.gate.name, plan.gate.version, `(${plan.gate.image})`].filter(Boolean).join(' ')],
    ['mode', plan.mode === 'learn' ? 'learn: the allowlist refuses nothing' : 'enforce'],
    ['tls', plan.tls.inspect ? `inspected, ${plan.tls.passthrough.length} passed through` : 'not inspected'],
    ['engine', `${plan.engine.version} (API ${plan.engine.apiVersion})`],
    ['networks', `inside ${plan.inside.subnet}, outside ${plan.outside.subnet}`],
    ...(plan.travel
      ? [['workspace', `travels (the engine does not see ${plan.travel.unseen})`] as [string, string]]
      : []),
    ['user', plan.bottle.body.User ?? ''],
    ['secrets', plan.secrets.length === 0 ? 'none' : plan.secrets.join(', ')],
    ...plan.injected.map(({ secret, header, host }): [string, string] => [
      'held back',
      `${secret}: the gate puts it into ${header} for ${host}`,
    ]),
    ...plan.services.map(({ name, ports, address, network }): [string, string] => [
      'service',
      ports.length === 0 ? `${name}: not looked at` : `${name}: ${ports.join(', ')} (relay ${address}, on ${network})`,
    ]),
    ['timeout', minutes >= 1 ? `${Math.round(minutes * 10) / 10} min` : `${plan.timeoutMs / 1000} s`],
  ]
  return rows.map(([name, value]) => `${name.padEnd(9)} ${value}`)
}
