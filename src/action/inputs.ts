import { getBooleanInput, getInput } from '@actions/core'
import { BottleError } from '../errors.ts'
import type { RunId } from '../plan/names.ts'
import { type Inputs, shorthandNames } from '../request.ts'
import { jobServices } from './job-services.ts'
import type { ArtifactWish } from './state.ts'

/** The inputs of the step: what the command line has too, and what only a job has. */
export interface StepInputs extends Inputs {
  /** Whose spec file holds when a change is being judged: the base commit's, or the checked-out one. */
  readonly trust: 'base' | 'head'
  /** The job's own token, to read the base commit with; empty when the workflow takes it away. */
  readonly token: string
  readonly artifact: { name: string | undefined; retentionDays: number | undefined; upload: boolean }
}

/** Reads the inputs of the step. Throws a BottleError for the options that are not part of the spec. */
export function readInputs(): StepInputs {
  const text = (name: string) => getInput(name, { trimWhitespace: false }) || undefined
  const shorthand = Object.fromEntries(shorthandNames.map(name => [name, text(name)]))
  return {
    spec: text('spec'),
    specFile: getInput('spec-file') || undefined,
    bottle: getInput('bottle') || undefined,
    pipelockImage: getInput('pipelock-image') || undefined,
    defaultAllowlist: text('default-allowlist'),
    offered: jobServices(),
    dryRun: flag('dry-run', false),
    shorthand: shorthand as Inputs['shorthand'],
    trust: trust(),
    token: getInput('token'),
    artifact: { name: artifactName(), retentionDays: retentionDays(), upload: flag('upload', true) },
  }
}

/** The artifact's name: what was asked for, or one that neither a matrix leg nor a re-run can take again. */
export function nameArtifact(
  inputs: StepInputs,
  runId: RunId,
  env: Readonly<Record<string, string | undefined>>,
): ArtifactWish {
  const job = (env.GITHUB_JOB ?? 'job').replace(/[^A-Za-z0-9._-]/g, '-')
  const name = inputs.artifact.name ?? `bottle-${job}-${env.GITHUB_RUN_ATTEMPT ?? '1'}-${runId}`
  return { ...inputs.artifact, name }
}

function flag(name: string, otherwise: boolean): boolean {
  if (getInput(name) === '') return otherwise
  try {
    return getBooleanInput(name)
  } catch {
    throw new BottleError(
      `The input ${name} is ${JSON.stringify(getInput(name))}.`,
      `Write \`${name}: true\` or \`${name}: false\`.`,
    )
  }
}

function trust(): StepInputs['trust'] {
  const text = getInput('trust') || 'base'
  if (text === 'base' || text === 'head') return text
  throw new BottleError(`The input trust is ${JSON.stringify(text)}.`, 'Write `trust: base` or `trust: head`.')
}

function retentionDays(): number | undefined {
  const text = getInput('retention-days')
  if (text === '') return undefined
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new BottleError(
    `The input retention-days is ${JSON.stringify(text)}.`,
    'Write a number of days, such as `retention-days: 7`.',
  )
}

// The characters that the artifact service refuses (facts/platform §3).
function artifactName(): string | undefined {
  const name = getInput('artifact-name')
  if (!/["':<>|*?\r\n\\/]/.test(name.replaceAll("'", ''))) return name || undefined
  throw new BottleError(
    `The input artifact-name is ${JSON.stringify(name)}; a name cannot hold any of " : < > | * ? \\ /.`,
    `Write \`artifact-name: ${name.replace(/["':<>|*?\r\n\\/]+/g, '-')}\`.`,
  )
}
