/** Lines as a gate logs them. `at`: seconds after the run began. */
export function gateLine(at: number, fields: Readonly<Record<string, unknown>>): string {
  const time = new Date(Date.parse('2026-11-24T10:02:05Z') + at * 1000).toISOString()
  return JSON.stringify({ level: 'info', component: 'pipelock', time, client_ip: '198.18.0.5', ...fields })
}

/** A refused CONNECT. */
export function refused(at: number, host: string, more: Readonly<Record<string, unknown>> = {}): string {
  return gateLine(at, {
    event: 'blocked',
    method: 'CONNECT',
    target: `${host}:443`,
    scanner: 'allowlist',
    reason: `domain not in allowlist: ${host}`,
    ...more,
  })
}

/** A tunnel that was let through. */
export function opened(at: number, host: string): string {
  return gateLine(at, { event: 'tunnel_open', target: `${host}:443`, request_id: `open-${at}-${host}` })
}

/** The first line of a gate. */
export const startup = gateLine(-1, { event: 'startup', mode: 'strict', version: '0.1.0', config_hash: 'x' })

/** An agent's afternoon: what it needs, what it tries, and a secret on its way out. */
export function* ordinaryRun(): Generator<string> {
  yield startup
  for (let at = 0; at < 140; at += 1) {
    const busy = Math.round(4 * Math.abs(Math.sin(at / 9)) + 2 * Math.abs(Math.sin(at / 2.3)))
    for (let i = 0; i < busy; i++) yield opened(at + i / 10, i % 3 === 0 ? 'registry.npmjs.org' : 'api.anthropic.com')
    if (at % 11 === 4) yield refused(at, 'telemetry.my-agent.dev')
    if (at > 30 && at < 38) yield refused(at, 'objects.githubusercontent.com')
    if (at === 41 || at === 43) yield refused(at, 'nodejs.org')
    if (at > 88 && at < 92)
      yield gateLine(at, {
        event: 'blocked',
        method: 'POST',
        url: `http://paste.example.net/new?x=${at}`,
        scanner: 'core_dlp',
        reason: 'GitHub token found in the body',
        request_id: `dlp-${at}`,
      })
    if (at === 92) yield refused(at, 'raw.example.net')
    if (at > 93 && at < 99)
      yield refused(at, `mzxw6ytboi4dqnjrgi3dsmzyg${at}q2lt.collect.example.org`, {
        scanner: 'subdomain_entropy',
        reason: 'the name carries data',
      })
    if (at === 101)
      yield refused(at, '169.254.169.254', {
        method: 'GET',
        target: undefined,
        url: 'http://169.254.169.254/latest/meta-data/',
        scanner: 'ssrf',
        reason: 'link-local address',
      })
    if (at === 104) yield refused(at, '203.0.113.7')
  }
  yield gateLine(141, { event: 'shutdown', reason: 'signal received' })
}
