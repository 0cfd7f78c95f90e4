import { getState, saveState } from '@actions/core'
import type { EngineAddress } from '../docker/address.ts'
import type { UpRun } from '../job.ts'
import { parseRunId, type RunId } from '../plan/names.ts'

/** How the evidence is to be uploaded. */
export interface ArtifactWish {
  readonly name: string
  readonly retentionDays: number | undefined
  readonly upload: boolean
}

/** What post needs to finish a run without trusting its environment. Never a secret: state is printed in debug logs. */
export interface RunState {
  readonly runId: RunId
  readonly engine: EngineAddress
  /** Main's process, as docker/owner.ts names it. */
  readonly owner: string
  readonly scratch: string
  readonly secrets: readonly string[]
  readonly artifact: ArtifactWish
}

/** Saved before the first engine call, so that a killed main still has a post that can clean up. */
export function saveRun(state: RunState): void {
  saveState('run', JSON.stringify(state))
}

/** The run that main began, or undefined when it never got that far. */
export function savedRun(): RunState | undefined {
  const text = getState('run')
  if (text === '') return undefined
  const state = JSON.parse(text) as RunState
  return { ...state, runId: parseRunId(state.runId) }
}

/** Marks that main wrote the evidence and the summary itself: post has nothing left to collect. */
export function saveReported(): void {
  saveState('reported', 'true')
}

/** Did main get to its report? */
export function wasReported(): boolean {
  return getState('reported') === 'true'
}

/** Remembers a bottle that stays up for the job. In the state and not in a file, which a later step could change. */
export function saveUp(up: UpRun): void {
  saveState('up', JSON.stringify(up))
}

/** The bottle that main left up for the job, if it did. */
export function savedUp(): UpRun | undefined {
  const text = getState('up')
  return text === '' ? undefined : (JSON.parse(text) as UpRun)
}

/** The artifact that main uploaded, when it did. */
export interface Uploaded {
  readonly id: number
  readonly url: string
}

/** Remembers the upload, so that post does not repeat it. */
export function saveUploaded(uploaded: Uploaded): void {
  saveState('uploaded', JSON.stringify(uploaded))
}

/** The upload that main remembered. */
export function savedUpload(): Uploaded | undefined {
  const text = getState('uploaded')
  return text === '' ? undefined : (JSON.parse(text) as Uploaded)
}
