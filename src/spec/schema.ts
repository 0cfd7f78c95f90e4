import { z } from 'zod'
import { buildSchema } from './build.ts'
import { destination, environmentName, expectedHost, parsed, preset, quoted, range } from './fields.ts'
import { injectSchema, wrongInjections } from './inject.ts'
import { reserved, wrongJob } from './job.ts'
import { servicesSchema } from './services.ts'
import { sshSchema } from './ssh.ts'
import { parseDuration, parseSize } from './units.ts'

const forbidden =
  /^(ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|SYS_RAWIO|SYS_BOOT|NET_ADMIN|NET_RAW|BPF|PERFMON|DAC_READ_SEARCH|MKNOD)$/

const egress = z.strictObject({
  gate: z
    .enum(['pipelock', 'built-in'])
    .default('pipelock')
    .describe('What guards the way out. Never chosen silently.'),
  mode: z
    .enum(['enforce', 'learn'])
    .default('enforce')
    .describe('`learn` lets every host through, records it, and suggests an allowlist. Secrets are still refused.'),
  allowlist: z
    .array(destination)
    .default([])
    .describe('Hosts the agent may reach: `api.example.com`, `*.example.com`, or an address.'),
  presets: z.array(preset).default([]).describe('Dated lists of hosts: `bottle presets` shows them.'),
  defaults: z
    .boolean()
    .default(true)
    .describe('Allow the default list too. `default-allowlist` or BOTTLE_DEFAULT_ALLOWLIST replaces it.'),
  trusted: z.array(destination).default([]).describe('Allowed names that may resolve to private addresses.'),
  private: z.array(range).default([]).describe('Private address ranges that may be dialled, as CIDRs.'),
  'fail-on': z
    .enum(['never', 'dlp', 'any-block'])
    .default('never')
    .describe(
      'Which blocks make the step fail although the agent ended well: none, those of secrets, or all unexpected ones.',
    ),
  'expected-blocks': z
    .array(expectedHost)
    .default([])
    .describe(
      'Hosts that are meant to be blocked, such as telemetry: counted, but no annotation and no failure. Secrets never are.',
    ),
  tls: z
    .strictObject({
      inspect: z
        .boolean()
        .default(false)
        .describe(
          'Let the gate look inside TLS (pipelock alone can), so that secrets in HTTPS requests are refused too.',
        ),
      passthrough: z
        .array(destination)
        .default([])
        .describe(
          'Allowed hosts whose TLS is not looked into, for clients that accept no certificate but the real one.',
        ),
      'upstream-ca': z
        .string()
        .refine(
          path => path.trim() !== '' && !path.startsWith('/') && !path.split('/').includes('..'),
          'is not a path inside the workspace; write one such as certs/company-ca.pem',
        )
        .optional()
        .describe(
          'PEM file of the workspace: authorities that sign hosts which the gate inspects, beside the public ones.',
        ),
    })
    .prefault({}),
  inject: injectSchema
    .default([])
    .describe('Credentials that the gate alone holds and puts into requests (built-in gate, docs/credentials.md).'),
  dlp: z
    .strictObject({
      'known-secrets': z
        .boolean()
        .default(true)
        .describe("Give the bottle's secret values to the gate, so that it knows them when it sees them."),
    })
    .prefault({}),
})

const limits = z.strictObject({
  cpus: z.number().positive('must be more than 0').max(1024, 'must be at most 1024').default(2).describe('Processors.'),
  memory: parsed(parseSize, text => `${quoted(text)} is not a size; write one such as 512m or 4g`)
    .refine(bytes => bytes >= 6 * 2 ** 20, 'is too small for any container; write at least 6m')
    .prefault('4g')
    .describe('Memory, swap included.'),
  pids: z
    .int('must be a whole number')
    .min(8, 'must be at least 8')
    .max(4_000_000, 'must be at most 4000000')
    .default(512)
    .describe('Processes and threads.'),
  timeout: parsed(parseDuration, text => `${quoted(text)} is not a duration; write one such as 90s, 30m or 2h`)
    .refine(ms => ms <= 5 * 24 * 3_600_000, 'is longer than any job may run; write at most 120h')
    .prefault('30m')
    .describe('How long the agent may run.'),
})

const hardening = z.strictObject({
  user: z
    .string()
    .regex(/^(auto|\d{1,9}(:\d{1,9})?)$/, 'is not `auto`, a uid, or uid:gid in numbers')
    .default('auto')
    .describe("Who the agent runs as; `auto` is the workspace's owner."),
  'read-only-root': z.boolean().default(false).describe("Mount the image's file system read-only."),
  capabilities: z
    .array(
      z
        .string()
        .regex(/^[A-Z_]+$/, 'is not a capability; write one such as CHOWN')
        .refine(name => !forbidden.test(name), 'would let the agent out of the bottle, and cannot be given'),
    )
    .default([])
    .describe('Linux capabilities the agent keeps; none by default.'),
})

const whole = z.strictObject({
  image: z.string().trim().default('').describe('The container image the agent runs in.'),
  build: buildSchema.optional().describe('Or build the image from the workspace first (docs/build.md).'),
  devcontainer: z
    .literal(true, 'is only ever true; take it out otherwise')
    .optional()
    .describe('Or take image or build, `containerEnv` and root or not from `.devcontainer/devcontainer.json`.'),
  run: z
    .string()
    .refine(text => text.trim() !== '', 'is empty; write the commands the agent runs')
    .optional()
    .describe('The script that the agent runs. Left out: the bottle stays up for the whole job (docs/job.md).'),
  shell: z
    .string()
    .refine(
      text => /^(bash|sh|python|node)$/.test(text) || text.includes('{0}'),
      'is not bash, sh, python, node, or a command with {0}',
    )
    .optional()
    .describe('How the script is run. Default: bash when the image has it, else sh.'),
  workdir: z
    .string()
    .refine(
      path => !path.startsWith('/') && !path.split('/').includes('..'),
      'leaves the workspace; write a path inside it, such as packages/app',
    )
    .default('.')
    .describe('Where the script starts, inside the workspace.'),
  workspace: z.enum(['rw', 'ro', 'none']).default('rw').describe('How the checkout is mounted.'),
  env: z
    .record(environmentName, z.string())
    .superRefine((env, context) => {
      for (const name of Object.keys(env).filter(one => reserved.test(one))) {
        context.addIssue({ code: 'custom', path: [name], message: 'is set by Bottle to lead to the gate; take it out' })
      }
    })
    .default({})
    .describe('Environment of the agent: literal strings, never secrets.'),
  secrets: z
    .array(environmentName)
    .default([])
    .describe("Names of the step's environment variables whose values the agent gets."),
  outputs: z
    .array(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,99}$/, 'is not the name of an output; write one such as summary'),
    )
    .default([])
    .describe('Names that the agent may set by writing `name=value` lines to the file `$BOTTLE_OUTPUT`.'),
  'job-env': z
    .array(environmentName)
    .optional()
    .describe('Without `run`: names whose values later steps bring along from their own `env:` (docs/job.md).'),
  'job-files': z
    .boolean()
    .optional()
    .describe('Without `run`: later steps inside may set any output and variable, and the job summary (docs/job.md).'),
  'require-bottle': z
    .boolean()
    .optional()
    .describe('Without `run`: refuse to start when a later `run:` step of the job is outside of the bottle.'),
  receipts: z
    .boolean()
    .default(false)
    .describe('Sign the evidence with a key made for the run; `bottle verify` checks it (docs/receipts.md).'),
  egress: egress.prefault({}),
  ssh: sshSchema.default([]).describe('Hosts the agent reaches over ssh, through the gate (docs/ssh.md).'),
  services: servicesSchema
    .default([])
    .describe(
      'Services of the job that the agent reaches under their names, on the ports they expose (docs/services.md).',
    ),
  limits: limits.prefault({}),
  hardening: hardening.prefault({}),
})

interface Sources {
  readonly image?: unknown
  readonly build?: unknown
  readonly devcontainer?: unknown
}

// Told beside all other mistakes, so asked of what may hold some.
function withOneImage<T extends z.ZodType<Sources>>(schema: T): T {
  const when = ({ value }: { value: unknown }) => value !== null && typeof value === 'object'
  return schema
    .refine(({ image, build, devcontainer }) => image !== '' || build || devcontainer, {
      path: ['image'],
      message: 'is missing; write one such as `image: node:24-bookworm`',
      when,
    })
    .refine(({ image, build, devcontainer }) => image === '' || !(build || devcontainer), {
      path: ['image'],
      message: 'is named, and so is what it is built from; keep one of `image`, `build` and `devcontainer`',
      when,
    })
    .refine(({ build, devcontainer }) => !(build && devcontainer), {
      path: ['devcontainer'],
      message: 'and `build` both say how the image is made; keep one',
      when,
    })
}

/** The bottle spec: the only place where a key is named and a default is written. Durations become ms, sizes bytes. */
export const specSchema = withOneImage(whole).superRefine((spec, context) => {
  const given = [...spec.secrets, ...spec.ssh.flatMap(one => one.identity ?? [])]
  for (const { index, key, message } of wrongInjections(spec.egress.inject, given))
    context.addIssue({ code: 'custom', path: ['egress', 'inject', index, key], message })
  for (const { path, message } of wrongJob(spec)) context.addIssue({ code: 'custom', path, message })
})

/**
 * A spec as everything after it sees it: every default filled, every value parsed. Its image is written in it, or else
 * empty until it is known what it is built from.
 */
export type BottleSpec = z.output<typeof specSchema>

/** Names of every environment variable of the step that holds a secret of this bottle's, ssh keys among them. */
export function secretNames(spec: BottleSpec): string[] {
  const injected = spec.egress.inject.map(one => one.secret)
  return [...new Set([...spec.secrets, ...spec.ssh.flatMap(one => one.identity ?? []), ...injected])]
}
