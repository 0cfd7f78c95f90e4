/** Names that Bottle sets so that programs find the gate; another value would only make them fail. */
export const reserved = /^(https?_proxy|all_proxy|no_proxy|node_use_env_proxy)$/i

interface JobSpec {
  readonly run?: string | undefined
  readonly secrets: readonly string[]
  readonly 'job-env'?: readonly string[] | undefined
  readonly 'job-files'?: boolean | undefined
  readonly 'require-bottle'?: boolean | undefined
}

const keys = ['job-env', 'job-files', 'require-bottle'] as const

/** What is wrong with the keys of a spec that are there for a bottle of a whole job, each with its path. */
export function wrongJob(spec: JobSpec): { path: (string | number)[]; message: string }[] {
  const misplaced = keys
    .filter(key => spec.run !== undefined && spec[key] !== undefined)
    .map(key => ({ path: [key], message: 'is for a bottle without `run`, which stays up for the job; take one out' }))
  const names = (spec['job-env'] ?? []).flatMap((name, index) => {
    const wrong = wrongName(name, spec.secrets)
    return wrong ? [{ path: ['job-env', index], message: wrong }] : []
  })
  return [...misplaced, ...names]
}

function wrongName(name: string, secrets: readonly string[]): string | undefined {
  if (reserved.test(name)) return `${name} is set by Bottle to lead to the gate; take it out`
  if (secrets.includes(name)) return `${name} is in \`secrets\` too, which the gate knows; keep it there alone`
  return undefined
}
