import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { BottleError } from '../errors.ts'
import type { BuildSpec } from './build.ts'

/** What Bottle takes of a devcontainer.json, and the names of what it leaves out. */
export interface Devcontainer {
  readonly image?: string
  readonly build?: BuildSpec
  readonly env: Readonly<Record<string, string>>
  /** `0:0` when the file says root; any other user is the workspace's owner, as its tools arrange it too. */
  readonly user: 'auto' | '0:0'
  readonly ignored: readonly string[]
}

/** Where a devcontainer.json may be, in the order they are looked for (containers.dev, Specification). */
export const devcontainerFiles = ['.devcontainer/devcontainer.json', '.devcontainer.json'] as const

const about = 'Write `image`, or `build: {dockerfile: …}`, in it; or say `image:` in the bottle spec.'
const taken = ['image', 'build', 'dockerFile', 'context', 'containerEnv', 'remoteUser', 'containerUser']
// What only says something to editors and people, so that leaving it out changes nothing.
const silent = ['$schema', 'name', 'customizations', 'forwardPorts', 'portsAttributes', 'shutdownAction', 'secrets']

/**
 * Reads the text of a devcontainer.json: its image or build, its `containerEnv`, and who it runs as. Paths become the
 * workspace's, from the folder of `file`. Throws a BottleError for what is no such file; what is left out is named.
 */
export function readDevcontainer(text: string, file: string): Devcontainer {
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [broken] = errors
  if (broken)
    throw new BottleError(
      `${place(text, file, broken.offset)}: ${printParseErrorCode(broken.error)}.`,
      'Mend the file.',
    )
  if (!isMapping(value)) throw new BottleError(`${file} holds no object.`, about)
  const { image } = value
  const user = value.remoteUser ?? value.containerUser
  const rest = {
    env: strings(value.containerEnv, file),
    user: user === 'root' || user === '0' ? ('0:0' as const) : ('auto' as const),
    ignored: Object.keys(value).filter(key => !taken.includes(key) && !silent.includes(key)),
  }
  const build = buildOf(value, file)
  if (build) return { build, ...rest }
  if (typeof image === 'string' && image.trim() !== '') return { image: image.trim(), ...rest }
  throw new BottleError(`${file} names neither an image nor a Dockerfile.`, about)
}

function buildOf(value: Record<string, unknown>, file: string): BuildSpec | undefined {
  const build = isMapping(value.build) ? value.build : {}
  const dockerfile = build.dockerfile ?? value.dockerFile
  if (typeof dockerfile !== 'string') return undefined
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.'
  const given = build.context ?? value.context
  const context = joined(folder, typeof given === 'string' ? given : '.')
  const path = joined(folder, dockerfile)
  const within = context === undefined || path === undefined ? undefined : relative(context, path)
  if (context === undefined || within === undefined)
    throw new BottleError(
      `${file}: the Dockerfile ${JSON.stringify(dockerfile)} is not inside the build's context.`,
      'Choose a `context` that holds it and lies in the workspace, such as "..".',
    )
  const target = typeof build.target === 'string' ? { target: build.target } : {}
  return { context, dockerfile: within, args: strings(build.args, file), network: 'default', ...target }
}

function strings(value: unknown, file: string): Record<string, string> {
  if (value === undefined) return {}
  const wrong = isMapping(value) ? Object.entries(value).find(([, one]) => typeof one !== 'string') : ['it', value]
  if (wrong) throw new BottleError(`${file}: ${wrong[0]} is not a string.`, 'Write names and strings.')
  const variable = Object.entries(value as Record<string, string>).find(([, one]) => one.includes('${'))
  if (variable)
    throw new BottleError(
      `${file}: ${variable[0]} is ${JSON.stringify(variable[1])}, and Bottle fills in no variables there.`,
      'Write the value out in the bottle spec, under `env` or `build.args`, and leave `devcontainer` out.',
    )
  return value as Record<string, string>
}

// A path of the workspace, or undefined when it leaves it.
function joined(folder: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined
  const parts: string[] = []
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/') || '.'
}

function relative(context: string, path: string): string | undefined {
  if (context === '.') return path
  return path.startsWith(`${context}/`) ? path.slice(context.length + 1) : undefined
}

function place(text: string, file: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
