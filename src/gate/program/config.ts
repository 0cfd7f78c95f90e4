import { createHash } from 'node:crypto'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { isRange } from './addresses.ts'

/** A configuration that cannot be run; the message is for stderr. */
export class ConfigError extends Error {}

const off = (what: string) =>
  z.strictObject({
    enabled: z.literal(false, { error: `the built-in gate does not do ${what}; use the gate pipelock` }),
  })

const seconds = z.number().positive()
const names = z.array(z.string().min(1))
const ranges = z.array(z.string().refine(isRange, { error: issue => `invalid CIDR ${JSON.stringify(issue.input)}` }))

// pipelock's keys and defaults (facts/pipelock §2.4), as far as the plan emits them. Any other key is an error there too.
const schema = z.strictObject({
  version: z.number().optional(),
  mode: z.enum(['strict', 'balanced'], { error: 'the built-in gate runs in mode strict or balanced' }),
  enforce: z.boolean().default(true),
  explain_blocks: z.literal(false).default(false),
  api_allowlist: names.min(1, 'strict mode requires at least one domain in api_allowlist'),
  default_agent_identity: z.string().default('anonymous'),
  bind_default_agent_identity: z.boolean().default(true),
  metrics_listen: z.string().optional(),
  internal: ranges.default([
    ...['0.0.0.0/8', '127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'],
    ...['224.0.0.0/4', '::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
  ]),
  trusted_domains: names.default([]),
  ssrf: z.strictObject({ ip_allowlist: ranges.default([]) }).prefault({}),
  fetch_proxy: z
    .strictObject({
      listen: z.string().default('127.0.0.1:8888'),
      timeout_seconds: seconds.default(30),
      max_response_mb: z.number().positive().default(10),
      monitoring: z
        .strictObject({
          max_url_length: z.int().positive().default(2048),
          entropy_threshold: z.number().default(4.5),
          subdomain_entropy_threshold: z.number().default(4),
          max_requests_per_minute: z.int().positive().default(60),
          max_data_per_minute: z.literal(0).default(0),
          subdomain_entropy_exclusions: names.default([]),
        })
        .prefault({}),
    })
    .prefault({}),
  forward_proxy: z.strictObject({
    enabled: z.literal(true, { error: 'the built-in gate is a forward proxy and nothing else: set enabled: true' }),
    max_tunnel_seconds: seconds.default(300),
    idle_timeout_seconds: seconds.default(120),
    sni_verification: z.literal(true).default(true),
  }),
  websocket_proxy: off('WebSocket proxying').optional(),
  request_body_scanning: z
    .strictObject({
      enabled: z.literal(true).default(true),
      action: z.enum(['warn', 'block']).default('warn'),
      max_body_bytes: z.int().positive().default(5242880),
      header_mode: z.literal('all').default('all'),
    })
    .prefault({}),
  // Accepted and not acted on: responses are not scanned, which `warn` promises to do no more than report.
  response_scanning: z
    .strictObject({
      enabled: z.boolean(),
      action: z.literal('warn', { error: 'the built-in gate does not scan responses; use the gate pipelock' }),
      sse_streaming: z.strictObject({ enabled: z.boolean(), action: z.literal('warn') }).optional(),
    })
    .optional(),
  media_policy: off('media filtering').optional(),
  taint: off('taint tracking').optional(),
  tls_interception: off('TLS inspection').optional(),
  flight_recorder: off('receipts').optional(),
  dlp: z
    .strictObject({
      scan_env: z.literal(false),
      include_defaults: z.literal(true).default(true),
      secrets_file: z.string().optional(),
    })
    .prefault({ scan_env: false }),
  sentry: off('error reporting').optional(),
  logging: z
    .strictObject({
      format: z.literal('json').default('json'),
      output: z.literal('stdout').default('stdout'),
      include_allowed: z.literal(true).default(true),
      include_blocked: z.literal(true).default(true),
    })
    .prefault({}),
})

/** The gate's configuration, every default filled, and the sha256 of the bytes it was read from. */
export type Config = z.infer<typeof schema> & { readonly hash: string }

/** Reads the YAML that the plan emits. Throws a ConfigError with every mistake, a line each, as `line N: …`. */
export function readConfig(text: string): Config {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const broken = document.errors.map(error => `line ${lines.linePos(error.pos[0]).line}: ${error.code}`)
  if (broken.length > 0) throw new ConfigError(broken.join('\n'))
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (parsed.success) return { ...parsed.data, hash: createHash('sha256').update(text).digest('hex') }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined
      if (node?.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const mistakes = parsed.error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(
          key => `line ${lineOf([...issue.path, key])}: field ${key} not found in the built-in gate's configuration`,
        )
      : [`line ${lineOf(issue.path)}: ${issue.path.join('.') || 'document'}: ${issue.message}`],
  )
  throw new ConfigError(mistakes.join('\n'))
}
