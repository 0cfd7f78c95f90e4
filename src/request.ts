import { findEngine } from './docker/address.ts'
import type { OfferedServices } from './docker/services.ts'
import { BottleError } from './errors.ts'
import { builtIn } from './gate/built-in.ts'
import { bundle } from './gate/bundle.ts'
import { gateNamed } from './gate/choose.ts'
import type { RunId } from './plan/names.ts'
import type { Request } from './prepare.ts'
import { settleImage } from './settle-image.ts'
import { allowedHosts } from './spec/allowlist.ts'
import { readAuthorities } from './spec/authorities.ts'
import { type Changeable, placeInRepository } from './spec/changeable.ts'
import { readDefaults } from './spec/defaults.ts'
import { readWorkspaceFile } from './spec/file.ts'
import { readSpec } from './spec/load.ts'
import { policyPlace } from './spec/policy-place.ts'
import type { BottleSpec } from './spec/schema.ts'

/** Everything the workflow author (or the command line) asked for, read once. Texts are as written. */
export interface Inputs {
  readonly spec: string | undefined
  readonly specFile: string | undefined
  readonly bottle: string | undefined
  readonly pipelockImage: string | undefined
  readonly defaultAllowlist: string | undefined
  readonly dryRun: boolean
  /** The containers that `services` may name. */
  readonly offered: OfferedServices
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
  'fail-on',
  'tls',
  'receipts',
  'require-bottle',
  'env',
  'secrets',
  'services',
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
 * Reads a file that decides on the policy, by its path in the workspace. `what` begins the sentence that tells a mistake,
 * `such` is an example of a good one.
 */
export type ReadPolicyFile = (path: string, what: string, such: string) => Promise<SpecText>

/**
 * What the workflow author asked for, as one value: the spec under its shorthands, and where it is to run. `read` takes
 * files from elsewhere than the workspace: on pull requests they are the base commit's.
 */
export async function requestOf(
  inputs: Inputs,
  runId: RunId,
  env: Environment,
  read?: ReadPolicyFile,
): Promise<Request> {
  const workspace = workspaceOf(env)
  const fileOf = read ?? fromWorkspace(env)
  const source = { ...(await specText(inputs, fileOf)), bottle: inputs.bottle, shorthand: inputs.shorthand }
  const { spec: written, placeOf, editable } = readSpec(source)
  const { spec, context, notes } = await settleImage(written, workspace, placeOf)
  const defaults = readDefaults(inputs.defaultAllowlist, env.BOTTLE_DEFAULT_ALLOWLIST)
  const allowed = allowedHosts(spec.egress, defaults, index => placeOf(['egress', 'allowlist', index]), spec.ssh)
  const changeable: Changeable =
    inputs.specFile === undefined
      ? { kind: 'workflow', allow: inputs.shorthand.allow }
      : {
          kind: 'file',
          ...placeInRepository(workspace, inputs.specFile),
          spec: editable,
          allowed: allowed.map(one => one.host),
        }
  return {
    runId,
    spec,
    context,
    notes,
    placeOf,
    policyAt: policyPlace(placeOf(['egress', 'allowlist']), workspace, env.GITHUB_WORKFLOW_REF),
    suggestible: { spec: editable, changeable },
    allowed,
    upstreamCa: await authorities(spec, placeOf(['egress', 'tls', 'upstream-ca']), fileOf),
    gate: gateNamed(spec.egress.gate, inputs.pipelockImage),
    // pipelock's program knows no relays.
    relay: spec.services.length > 0 ? builtIn(bundle('gate')) : undefined,
    offered: inputs.offered,
    address: findEngine(env),
    workspace,
    temp: env.RUNNER_TEMP ?? '/tmp',
    env,
  }
}

/** Reads the files as they are checked out. */
export function fromWorkspace(env: Environment): ReadPolicyFile {
  const workspace = workspaceOf(env)
  return async (path, what, such) => ({ text: readWorkspaceFile(workspace, path, what, such), file: path })
}

function workspaceOf(env: Environment): string {
  return env.GITHUB_WORKSPACE ?? process.cwd()
}

async function authorities({ egress }: BottleSpec, place: string, fileOf: ReadPolicyFile): Promise<string | undefined> {
  const { inspect, 'upstream-ca': path } = egress.tls
  if (!(inspect || egress.inject.length > 0) || !path) return undefined
  const { text } = await fileOf(path, `The file ${path} of egress.tls.upstream-ca (${place})`, '`certs/ca.pem`')
  return readAuthorities(text, path, place, Date.now())
}

async function specText(inputs: Inputs, fileOf: ReadPolicyFile): Promise<SpecText> {
  if (inputs.spec !== undefined && inputs.specFile !== undefined) {
    throw new BottleError(
      'Both `spec` and `spec-file` are given.',
      'Keep one of them; the shorthand inputs overlay either.',
    )
  }
  if (inputs.specFile === undefined) return { text: inputs.spec ?? '', file: 'input spec' }
  return fileOf(inputs.specFile, `The spec file ${inputs.specFile}`, '`spec-file: .github/bottle.yml`')
}
