import { endGroup, info, summary as jobSummary, setOutput, startGroup, warning } from '@actions/core'
import { evidenceFiles } from '../evidence/files.ts'
import type { RunId } from '../plan/names.ts'
import { safe } from '../report/safe.ts'
import { within } from '../run/deadline.ts'
import { missingArtifactService, uploadLines } from './artifact-service.ts'
import { neutralise } from './fence.ts'
import { type ArtifactWish, savedUpload, saveUploaded, type Uploaded } from './state.ts'

const longestUpload = 30_000

/**
 * Uploads the evidence unless that was done, and sets the artifact's outputs. Never throws, and the step is not red for
 * it: evidence that could not be uploaded stays where `evidence-path` says, and the log, an annotation and the job
 * summary say how to upload it.
 */
export async function uploadOnce(wish: ArtifactWish, folder: string, runId: RunId): Promise<void> {
  const files = evidenceFiles(folder)
  if (!wish.upload || files.length === 0) return
  const before = savedUpload()
  if (before) return publish(before)
  startGroup('Upload the evidence')
  try {
    const missing = missingArtifactService(process.env)
    if (missing) return await leave(missing, wish, folder)
    const uploaded = await send(wish, folder, files, runId)
    saveUploaded(uploaded)
    publish(uploaded)
    info(`Artifact ${neutralise(wish.name)}: ${uploaded.url}`)
    await link(wish, uploaded)
  } catch (error) {
    await leave(error instanceof Error ? error.message : String(error), wish, folder)
  } finally {
    endGroup()
  }
}

// The evidence stays on the runner's disk; whoever reads this has a step's lines to paste.
async function leave(why: string, { name }: ArtifactWish, folder: string): Promise<void> {
  const lines = uploadLines(name, process.env.GITHUB_ACTION)
  info(`The evidence is in ${folder}. A step that uploads it where artifacts of version 4 are not supported:`)
  for (const line of lines) info(neutralise(line))
  const sentence = `The evidence was not uploaded: ${neutralise(why).replace(/\s+/g, ' ').replace(/\.$/, '')}. It is in ${folder}`
  warning(`${sentence}; the log of this step shows the lines that upload it. To do without, set \`upload: false\`.`)
  const told = [
    `<p>${safe(`${sentence}. To upload it, add after the step:`, 1000)}</p>`,
    `<pre>${lines.map(line => safe(line, 300)).join('\n')}</pre>`,
  ]
  await jobSummary
    .addRaw(`\n${told.join('\n')}\n`)
    .write()
    .catch(() => {})
}

// Relative to the page of the run, as it is shown: a whole address breaks where the repository's name is a masked secret.
async function link({ name }: ArtifactWish, { id }: Uploaded): Promise<void> {
  const run = process.env.GITHUB_RUN_ID
  if (!/^\d+$/.test(run ?? '')) return
  await jobSummary
    .addRaw(`\n<p>Evidence: <a href="./${run}/artifacts/${id}">${safe(name, 200)}</a></p>\n`)
    .write()
    .catch(() => {})
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
