import type { z } from 'zod'
import { BottleError } from '../errors.ts'
import { type PlanParts, pagePartsSchema, planPartsSchema, summarySchema } from './schema.ts'
import { type EvidenceSource, readText } from './source.ts'
import type { Summary } from './summary.ts'

// Ten times what a run with every list full writes.
const most = 64 * 2 ** 20

/** What reports are made of: the summary, and of the plan what they need, where there is a plan. */
export interface ReadRun {
  readonly summary: Summary
  readonly plan: PlanParts | undefined
}

/**
 * Reads a run's evidence, which anyone may have written: what comes back has the shape of a summary, and every string in
 * it is hostile text. Throws a BottleError that names the first thing which is not as version 1 has it.
 */
export async function readRun(source: EvidenceSource): Promise<ReadRun> {
  const value = parsed(await readText(source, 'summary.json', most), source, 'summary.json')
  checkVersion(value, source)
  const summary = fitting(summarySchema, value, source, 'summary.json')
  if (source.size('plan.json') === undefined) return { summary, plan: undefined }
  const plan = parsed(await readText(source, 'plan.json', most), source, 'plan.json')
  const parts = fitting(planPartsSchema, plan, source, 'plan.json')
  return { summary, plan: { ...parts, page: pagePartsSchema.safeParse(plan).data } }
}

function parsed(text: string, { path }: EvidenceSource, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BottleError(`${name} in ${path} is no JSON.`, 'Download the artifact again.', { cause })
  }
}

function checkVersion(value: unknown, { path }: EvidenceSource): void {
  const version = (value as { version?: unknown } | null)?.version
  if (typeof version !== 'number' || version === 1) return
  throw new BottleError(
    `summary.json in ${path} is of version ${version}, and this is a Bottle that reads version 1.`,
    version > 1 ? 'Read it with the release of Bottle that wrote it, or a newer one.' : 'Run the step again.',
  )
}

function fitting<T>(schema: z.ZodType<T>, value: unknown, { path }: EvidenceSource, name: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [first] = result.error.issues
  const at = first?.path.map(String).join('.').slice(0, 200)
  throw new BottleError(
    `${name} in ${path} is not what a run writes: ${[at, first?.message].filter(Boolean).join(': ')}.`,
    'Name the evidence as a run wrote it.',
    { cause: result.error },
  )
}
