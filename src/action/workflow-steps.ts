import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml'
import type { StepOutside } from '../evidence/summary.ts'

/** Which workflow a job is of, and which of its steps asks: GITHUB_JOB and GITHUB_ACTION. */
export interface Asking {
  /** The workflow's path in its repository. */
  readonly file: string
  readonly job: string
  readonly action: string
}

const longestName = 100

/**
 * The steps of a job after the asking one that do not run in the bottle: by the step's own `shell:`, or the job's, or
 * the workflow's `defaults`. Undefined when the text is no workflow with that job. A shell that is an expression is
 * none that can be known, and so is outside.
 */
export function stepsOutside(text: string, { file, job: name, action }: Asking): StepOutside[] | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) return undefined
  const read = readerOf(document)
  const job = read.map(read.map(document.contents, 'jobs'), name)
  const list = read.node(job, 'steps')
  if (!isSeq(list)) return undefined
  const defaults = (node: unknown) => read.text(read.map(read.map(node, 'defaults'), 'run'), 'shell')
  const shell = defaults(job) ?? defaults(document.contents) ?? ''
  const steps = list.items.map(item => read.resolved(item)).filter(isMap)
  return steps.slice(placeOf(steps, action, read) + 1).flatMap((step): StepOutside[] => {
    const kind = step.has('run') ? 'run' : 'uses'
    if (kind === 'run' && isBottle(read.text(step, 'shell') ?? shell)) return []
    const key = step.items.find(pair => isScalar(pair.key) && pair.key.value === kind)?.key ?? step
    const [start = 0] = (key as { range?: [number, number, number] }).range ?? []
    const title = read.text(step, 'name') ?? read.text(step, kind)?.trim().split('\n')[0] ?? ''
    return [{ step: title.slice(0, longestName), kind, file, line: lines.linePos(start).line }]
  })
}

/** Does a `shell:` run its step in the bottle? */
export function isBottle(shell: string): boolean {
  const [command = '', ...words] = shell.trim().split(/\s+/)
  return /^(\S*\/)?bottle$/.test(command) && words.some(word => word.includes('{0}'))
}

/**
 * Which step asks: the one with the id, or whose action has the name that the runner makes of it, `__OWNER_REPO` or
 * `__self`, with a number behind it from the second on. -1, before all of them, when nobody can tell.
 */
function placeOf(steps: readonly YAMLMap[], action: string, read: Reader): number {
  const byId = steps.findIndex(step => read.text(step, 'id') === action)
  if (byId >= 0) return byId
  const [, name = '', number = '1'] = /^__(.*?)(?:_(\d+))?$/.exec(action) ?? []
  const uses = steps.map(step => read.text(step, 'uses') ?? '')
  const same = steps.flatMap((step, i) => (read.text(step, 'id') === undefined && nameOf(uses[i]) === name ? [i] : []))
  const found = same[Number(number) - 1]
  if (found !== undefined) return found
  const likely = uses.flatMap((one, i) => (/(^|\/)bottle(@|$)|^\.\/?$/.test(one) ? [i] : []))
  return likely.length === 1 ? (likely[0] ?? -1) : -1
}

function nameOf(uses: string | undefined): string | undefined {
  if (uses?.startsWith('./')) return 'self'
  const repository = /^([^/@]+\/[^/@]+)/.exec(uses ?? '')?.[1]
  return repository?.replace(/[^A-Za-z0-9_]/g, '_')
}

interface Reader {
  resolved(node: unknown): unknown
  node(parent: unknown, key: string): unknown
  map(parent: unknown, key: string): YAMLMap | undefined
  text(parent: unknown, key: string): string | undefined
}

// Workflows may use anchors: what an alias stands for is read in its place.
function readerOf(document: Document): Reader {
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node)
  const node = (parent: unknown, key: string) => (isMap(parent) ? resolved(parent.get(key, true)) : undefined)
  return {
    resolved,
    node,
    map(parent, key) {
      const found = node(parent, key)
      return isMap(found) ? found : undefined
    },
    text(parent, key) {
      const found = node(parent, key)
      return isScalar(found) && typeof found.value === 'string' ? found.value : undefined
    },
  }
}
