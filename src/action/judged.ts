import { readFileSync } from 'node:fs'
import { BottleError } from '../errors.ts'

/** The commit that was there before the change that is being judged, and the event that judges it. */
export interface Base {
  readonly event: string
  readonly commit: string
}

/**
 * The base commit of a pull request (`pull_request`, `pull_request_target`, `pull_request_review`, …) or of a merge
 * group, from the event's payload; undefined on every other event. Throws a BottleError when the payload names none.
 */
export function baseOf(env: Readonly<Record<string, string | undefined>>): Base | undefined {
  const event = env.GITHUB_EVENT_NAME ?? ''
  if (!/^pull_request/.test(event) && event !== 'merge_group') return undefined
  const payload = readPayload(env.GITHUB_EVENT_PATH ?? '')
  const commit = event === 'merge_group' ? payload?.merge_group?.base_sha : payload?.pull_request?.base?.sha
  if (typeof commit === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return { event, commit }
  throw new BottleError(
    `The event ${event} does not say which commit it is based on, so the spec cannot be read from there.`,
    'Write the spec into the workflow (`spec:`), or say `trust: head`.',
  )
}

interface Payload {
  readonly pull_request?: { readonly base?: { readonly sha?: unknown } }
  readonly merge_group?: { readonly base_sha?: unknown }
}

function readPayload(path: string): Payload | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Payload
  } catch {
    return undefined
  }
}
