import { z } from 'zod'

const count = z.int().nonnegative()

const kind = z
  .enum(['not-allowed', 'secret', 'heuristic', 'private-address', 'protocol', 'rate'])
  .describe('What kind of refusal it is.')

// Absent, not null, where the request named none.
const port = z.int().min(0).max(65535).optional()

const limit = z.enum(['oom', 'pids', 'disk'])

const end = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('exited'), code: z.int() }),
    z.object({ kind: z.literal('timed-out'), afterMs: z.number() }),
    z.object({ kind: z.literal('cancelled'), signal: z.string() }),
    z.object({ kind: z.literal('refused'), reason: z.string() }),
    z.object({ kind: z.literal('failed'), reason: z.string() }),
  ])
  .describe('How the run ended. `refused`: the containment check found a leak, so the agent did not run.')

const failOn = z
  .enum(['never', 'dlp', 'any-block'])
  .default('never')
  .describe('Which blocks made the step fail, those that are expected left out.')

const direct = z
  .discriminatedUnion('observed', [
    z.object({
      observed: z.literal(true),
      count: count.describe('All attempts; of most of them nobody knows whom they were for.'),
      attempts: z
        .array(z.object({ host: z.string(), port, count, first: z.string(), last: z.string() }))
        .describe('Those whose target was seen, most first. Times are the clock of the runner.'),
      lookups: count.describe('Questions, in packets, to the resolver that is not there.'),
    }),
    z.object({ observed: z.literal(false), reason: z.string().describe('Why nobody could see it. Never 0.') }),
  ])
  .default({ observed: false, reason: 'the evidence is of a Bottle that did not look yet' })
  .describe('Connection attempts that ignored the gate, of which it knows nothing. None got out.')

const blockGroup = z.object({
  host: z.string(),
  port,
  method: z.string(),
  kind,
  reason: z.string().describe("The gate's words for the first of them."),
  secrets: z
    .array(z.string())
    .optional()
    .describe('Of the kind `secret`: what was found where, such as `AWS Access ID in the body`; the first few.'),
  expected: z.literal(true).optional().describe('They are meant to be blocked (egress.expected-blocks).'),
  count: count.describe('How many.'),
  first: z.string().describe("When the first was, by the gate's clock (RFC 3339)."),
  last: z.string(),
})

/** summary.json, for whoever writes a schema of it or reads one that somebody else may have written. */
export const summarySchema = z
  .object({
    version: z.literal(1).describe('The version of all the evidence files. It goes up when a field changes or goes.'),
    bottle: z.string().describe('The id of the run.'),
    verdict: z.string().describe('What happened, in a sentence.'),
    enforced: z
      .boolean()
      .describe(
        'True only when the containment check passed before the agent started, and the allowlist was enforced.',
      ),
    whole: z
      .boolean()
      .describe(
        "False when the gate's log lacks its first or last line: every count is then what is known, and there may be more.",
      ),
    outcome: z.object({
      end,
      limits: z
        .object({ exceeded: z.array(limit), unobserved: z.array(limit) })
        .describe('Limits that were exceeded, and those of which nobody could see whether they were.'),
      startedAt: z.string(),
      endedAt: z.string(),
    }),
    gate: z.object({ name: z.string(), version: z.string().optional(), image: z.string() }),
    engine: z.string().describe("The engine's version."),
    image: z.string().describe('The image the agent ran in.'),
    imageIds: z
      .object({ agent: z.string(), gate: z.string() })
      .optional()
      .describe("The engine's ids of the images that ran; there when receipts were asked for."),
    mode: z.enum(['enforce', 'learn']).describe('In `learn` the allowlist refused nothing.'),
    failOn,
    allowlist: z.array(z.string()).describe('The effective allowlist.'),
    policyDigest: z.string().describe("The sha256 of the gate's configuration."),
    specDigest: z.string().describe('The same for runs that were asked for the same: the output `policy-digest`.'),
    containment: z
      .array(z.object({ probe: z.string(), target: z.string(), leaked: z.boolean(), detail: z.string() }))
      .describe('What each probe of the containment check found.'),
    counts: z
      .object({
        allowed: count,
        blocked: count.describe(
          'Refused requests: the kinds, and the groups with `ungrouped`, add up to it; blocked.jsonl lists them all unless `truncated` says otherwise.',
        ),
        dlp: count.describe('Blocks of the kind `secret`.'),
        expected: count.default(0).describe('Blocks that are meant (egress.expected-blocks).'),
        warnings: count.describe('Warnings of the gate, which refuse nothing.'),
        gateErrors: count.describe('Names that did not resolve, hosts that did not answer: no blocks.'),
        unreadable: count.describe("Lines of the gate's log that are no JSON object."),
        byKind: z.partialRecord(kind, count),
        ungrouped: count.describe('Blocks beyond the groups that are kept apart.'),
      })
      .describe('Everything counted.'),
    blocks: z.array(blockGroup).describe('Blocks of the same host, port, method and kind, most first.'),
    reached: z.array(z.object({ host: z.string(), count })).describe('Hosts that were let through, most used first.'),
    tls: z
      .object({ inspected: z.boolean(), passthrough: z.array(z.string()) })
      .describe('Whether the gate looked inside TLS, and at which hosts it did not.'),
    distrust: z
      .array(z.object({ host: z.string(), by: z.enum(['client', 'gate']), count }))
      .describe("Certificates that were refused: the gate's by a client, or a host's by the gate."),
    direct,
    services: z
      .array(
        z.object({
          name: z.string(),
          ports: z.array(z.int()),
          use: z
            .object({
              connections: count,
              failed: count.describe('Connections that did not get to the service.'),
              sent: count.describe('Bytes to the service.'),
              received: count.describe('Bytes from it.'),
              whole: z.boolean().describe('False when its relay ended early: there may have been more.'),
            })
            .optional()
            .describe('Absent when the relay could not be asked.'),
        }),
      )
      .optional()
      .describe('Services of the job that the bottle was joined to; absent without.'),
    timeline: z
      .object({
        start: z.number(),
        widthMs: z.number(),
        allowed: z.array(count),
        blocked: z.array(count),
        dlp: z.array(count),
      })
      .optional()
      .describe(
        'Requests over time: bucket i begins at `start + i * widthMs`, in epoch milliseconds. Absent without a request.',
      ),
    blockedHosts: z.array(z.string()),
    planted: z
      .object({ repositories: z.array(z.string()), files: z.array(z.string()), count, complete: z.boolean() })
      .optional()
      .describe('What the agent left that tools of later steps obey; absent when the workspace was not writable.'),
    durationMs: z.number(),
    job: z
      .object({
        inside: z
          .array(
            z.object({
              step: z.string(),
              startedAt: z.string(),
              exitCode: z.int().optional(),
              durationMs: z.number().optional(),
            }),
          )
          .describe("Steps that ran inside; without an exit code, a step's end was not seen."),
        count: count.describe('How many ran inside; the list holds at most 500.'),
        outside: z
          .array(
            z.object({ step: z.string(), kind: z.enum(['run', 'uses']), file: z.string(), line: z.int().positive() }),
          )
          .optional()
          .describe('Later steps of the job that do not use the bottle; absent when the workflow could not be read.'),
      })
      .optional()
      .describe('There when the bottle stayed up for its job: which of the steps were inside, and which were not.'),
    truncated: z
      .array(z.object({ file: z.string(), lines: count, written: count }))
      .optional()
      .describe(
        'Files that hold a part of their lines: how many there were, and how many are written. Counts are exact all the same.',
      ),
  })
  .describe('summary.json of a bottle’s evidence, version 1. All strings may hold what the agent wrote: hostile text.')

/** One line of blocked.jsonl: a refusal. */
export const blockedSchema = z
  .object({
    at: z.string().describe("When, by the gate's clock (RFC 3339)."),
    host: z.string().describe('Where to. A long random label is replaced by a fingerprint: `[label-3f2a1b]`.'),
    port,
    method: z.string().describe('The method of the request; CONNECT for a tunnel.'),
    kind,
    scanner: z.string().describe('The part of the gate that refused it.'),
    reason: z.string().describe("The gate's words, redacted."),
    secret: z
      .object({ what: z.string(), where: z.string() })
      .optional()
      .describe('Of the kind `secret`: what was found, and where in the request.'),
    expected: z.literal(true).optional().describe('It is meant to be blocked (egress.expected-blocks).'),
  })
  .describe('One line of blocked.jsonl of a bottle’s evidence, version 1. All strings may be hostile text.')

/** The parts of plan.json that every report needs. */
export const planPartsSchema = z.object({
  origins: z.record(z.string(), z.array(z.string())),
  policyAt: z.object({ file: z.string(), line: z.int().positive().optional() }).optional(),
})

/** What the page shows of plan.json besides. */
export const pagePartsSchema = z.object({ policy: z.string(), knownSecrets: z.boolean() })

/** What reports take from plan.json: where each allowed host came from, and where the policy is written. */
export interface PlanParts extends z.output<typeof planPartsSchema> {
  /** Undefined when the plan lacks any of it. */
  readonly page?: z.output<typeof pagePartsSchema> | undefined
}
