import { stringify } from 'yaml'

/** What the gate has to know, before it becomes the YAML that both gates read. */
export interface PolicyFacts {
  readonly mode: 'enforce' | 'learn'
  readonly allowlist: readonly string[]
  readonly trusted: readonly string[]
  readonly private: readonly string[]
  /** Hosts whose TLS is not looked into, when everything else's is; undefined when nothing's is. */
  readonly passthrough?: readonly string[] | undefined
  /** Path of the known-secrets file in the sidecar, when there is one. */
  readonly secretsFile: string | undefined
  /** Addresses and subnets of the run itself, which no name may lead to. */
  readonly own: readonly string[]
  readonly timeoutMs: number
}

/** Where the gate listens; the port is part of pipelock's launch contract (facts/pipelock §1.1). */
export const gatePort = 8888

/** What no host may lead to unless it is opened. pipelock's own default (facts/pipelock §2.4), restated whole: stating the key replaces it. */
export const internalRanges: readonly string[] = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '224.0.0.0/4',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
  // Azure's metadata and wire server answers every virtual machine there, hosted runners too, at a public address.
  '168.63.129.16/32',
]

/**
 * The gate's mode. Only `strict` enforces the allowlist; `balanced` ignores it and still refuses secrets, while
 * `enforce: false` would let those through as well (facts/pipelock §2.2).
 */
export function gateMode(mode: 'enforce' | 'learn'): 'strict' | 'balanced' {
  return mode === 'enforce' ? 'strict' : 'balanced'
}

/** Where pipelock finds the run's certificate authority: the certificate, and the key that exists nowhere else. */
export const authorityFiles = { certificate: '/config/ca.pem', key: '/config/ca-key.pem' } as const

function interception(passthrough: readonly string[]): object {
  return {
    enabled: true,
    ca_cert: authorityFiles.certificate,
    ca_key: authorityFiles.key,
    cert_ttl: '24h',
    max_response_bytes: 52428800,
    // pipelock 2.3 does not count the domain itself under its wildcard here, though the allowlist does (facts/pipelock §2.2).
    passthrough_domains: passthrough.flatMap(one => (one.startsWith('*.') ? [one.slice(2), one] : [one])),
  }
}

// pipelock refuses an empty list in strict mode; a name nobody can own stands for "nothing".
const nothing = 'nothing-is-allowed.invalid'

/**
 * The gate's configuration as YAML: only keys that pipelock 2.3.0 and later know (an unknown key stops it),
 * and the same text for both gates. Never holds a secret: known secrets travel in a file of their own.
 */
export function renderPolicy(facts: PolicyFacts): string {
  const seconds = Math.ceil(facts.timeoutMs / 1000) + 60
  return stringify(
    {
      version: 1,
      mode: gateMode(facts.mode),
      enforce: true,
      explain_blocks: false,
      api_allowlist: facts.allowlist.length > 0 ? facts.allowlist : [nothing],
      default_agent_identity: 'bottle',
      bind_default_agent_identity: true,
      metrics_listen: '127.0.0.1:9091',
      internal: [...internalRanges, ...facts.own],
      ...(facts.trusted.length > 0 ? { trusted_domains: facts.trusted } : {}),
      ...(facts.private.length > 0 ? { ssrf: { ip_allowlist: facts.private } } : {}),
      fetch_proxy: {
        listen: `0.0.0.0:${gatePort}`,
        timeout_seconds: 120,
        max_response_mb: 50,
        monitoring: {
          max_url_length: 8192,
          entropy_threshold: 6,
          subdomain_entropy_threshold: 4.5,
          max_requests_per_minute: 100000,
          max_data_per_minute: 0,
        },
      },
      // Both timers outlive the step: pipelock's defaults cut model streams at 120 s (facts/pipelock §3.3).
      forward_proxy: {
        enabled: true,
        max_tunnel_seconds: seconds,
        idle_timeout_seconds: seconds,
        sni_verification: true,
      },
      websocket_proxy: { enabled: false },
      // pipelock's own limit. Scanning takes it 40 bytes of memory for each byte (measured, 2.3.0): one body of 40 MB
      // would have the engine kill the sidecar.
      request_body_scanning: { enabled: true, action: 'block', max_body_bytes: 5242880, header_mode: 'all' },
      // `enabled: false` would make pipelock block on its core patterns instead (facts/pipelock §3.5).
      response_scanning: { enabled: true, action: 'warn', sse_streaming: { enabled: true, action: 'warn' } },
      media_policy: { enabled: false },
      taint: { enabled: false },
      tls_interception: facts.passthrough ? interception(facts.passthrough) : { enabled: false },
      dlp: {
        scan_env: false,
        include_defaults: true,
        ...(facts.secretsFile ? { secrets_file: facts.secretsFile } : {}),
      },
      sentry: { enabled: false },
      logging: { format: 'json', output: 'stdout', include_allowed: true, include_blocked: true },
    },
    { lineWidth: 0 },
  )
}
