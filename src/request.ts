import { findEngine } from './docker/address.ts'
import { BottleError } from './errors.ts'
import { gateNamed } from './gate/choose.ts'
import type { RunId } from './plan/names.ts'
import type { Request } from './prepare.ts'
import { allowedHosts } from './spec/allowlist.ts'
import { readAuthorities } from './spec/authorities.ts'
import { readDefaults } from './spec/defaults.ts'
import { readSpecFile } from './spec/file.ts'
import { readSpec } from './spec/load.ts'

/** Everything the workflow author (or the command line) asked for, read once. Texts are as written. */
export interface Inputs {
  readonly spec: string | undefined
  readonly specFile: string | undefined
  readonly bottle: string | undefined
  readonly pipelockImage: string | undefined
  readonly defaultAllowlist: string | undefined
  readonly dryRun: boolean
  readonly shorthand: Readonly<Record<ShorthandName, string | undefined>>
}

/** The inputs that overlay single keys of the spec. */
export const shorthandNames = [
  'run',
  'shell',
  'image',
  'allow',
  'presets',
  'mode',
  'tls',
  'env',
  'secrets',
  'gate',
  'workspace',
  'timeout',
] as const
export type ShorthandName = (typeof shorthandNames)[number]

/** The text of a spec, and what its file is called in messages. */
export interface SpecText {
  readonly text: string
  readonly file: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * What the workflow author asked for, as one value: the spec under its shorthands, and where it is to run. `written` is
 * the spec's text when it does not come from where the inputs say: on pull requests it is the base commit's.
 */
export function requestOf(inputs: Inputs, runId: RunId, env: Environment, written?: SpecText): Request {
  const workspace = env.GITHUB_WORKSPACE ?? process.cwd()
  const text = written ?? specText(inputs, workspace)
  const source = { ...text, bottle: inputs.bottle, shorthand: inputs.shorthand }
  const { spec, placeOf, allowing } = readSpec(source)
  const { inspect, 'upstream-ca': upstream } = spec.egress.tls
  const defaults = readDefaults(inputs.defaultAllowlist, env.BOTTLE_DEFAULT_ALLOWLIST)
  return {
    runId,
    spec,
    placeOf,
    allowing,
    allowed: allowedHosts(spec.egress, defaults, index => placeOf(['egress', 'allowlist', index]), spec.ssh),
    upstreamCa:
      inspect && upstream
        ? readAuthorities(workspace, upstream, placeOf(['egress', 'tls', 'upstream-ca']), Date.now())
        : undefined,
    gate: gateNamed(spec.egress.gate, inputs.pipelockImage),
    address: findEngine(env),
    workspace,
    temp: env.RUNNER_TEMP ?? '/tmp',
    env,
  }
}

function specText(inputs: Inputs, workspace: string): SpecText {
  oneSpec(inputs)
  if (inputs.specFile !== undefined) return { text: readSpecFile(workspace, inputs.specFile), file: inputs.specFile }
  return { text: inputs.spec ?? '', file: 'input spec' }
}

/** Throws when a spec is given twice. */
export function oneSpec(inputs: Inputs): void {
  if (inputs.spec !== undefined && inputs.specFile !== undefined) {
    throw new BottleError(
      'Both `spec` and `spec-file` are given.',
      'Keep one of them; the shorthand inputs overlay either.',
    )
  }
}
