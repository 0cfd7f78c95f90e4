import { endGroup, info, setOutput, startGroup, warning } from '@actions/core'
import { evidenceFiles } from '../evidence/files.ts'
import type { RunId } from '../plan/names.ts'
import { within } from '../run/deadline.ts'
import { neutralise } from './fence.ts'
import { type ArtifactWish, savedUpload, saveUploaded, type Uploaded } from './state.ts'

const longestUpload = 30_000

/**
 * Uploads the evidence unless that was done, and sets the artifact's outputs. Never throws: evidence that could not
 * be uploaded stays where `evidence-path` says, and the log says how to get at it.
 */
export async function uploadOnce(wish: ArtifactWish, folder: string, runId: RunId): Promise<void> {
  const files = evidenceFiles(folder)
  if (!wish.upload || files.length === 0) return
  const before = savedUpload()
  if (before) return publish(before)
  startGroup('Upload the evidence')
  try {
    const uploaded = await send(wish, folder, files, runId)
    saveUploaded(uploaded)
    publish(uploaded)
    info(`Artifact ${neutralise(wish.name)}: ${uploaded.url}`)
  } catch (error) {
    const why = neutralise(error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ')
    warning(
      `The evidence was not uploaded: ${why}. It is in ${folder}; upload that folder with an actions/upload-artifact that this server supports, or set \`upload: false\`.`,
    )
  } finally {
    endGroup()
  }
}

function publish({ id, url }: Uploaded): void {
  setOutput('artifact-id', id)
  setOutput('artifact-url', url)
}

async function send(wish: ArtifactWish, folder: string, files: readonly string[], runId: RunId) {
  const { uploadEvidence } = await import('./upload.ts')
  const uploaded = await within(longestUpload, uploadEvidence(wish, folder, files, runId, process.env), undefined)
  if (!uploaded) throw new Error(`the upload took longer than ${longestUpload / 1000} s`)
  return uploaded
}
