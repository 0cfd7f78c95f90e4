import { DefaultArtifactClient } from '@actions/artifact'
import type { ArtifactWish, Uploaded } from './state.ts'

/**
 * Uploads the evidence files (absolute paths below `folder`) as one artifact. Reached only by `await import()`: the
 * package is large, and a broken import must not keep post from tearing down. A name that is taken (a re-run of the
 * job, another matrix leg) is tried once more with the run's id. Throws what the client throws.
 */
export async function uploadEvidence(
  wish: ArtifactWish,
  folder: string,
  files: readonly string[],
  runId: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Uploaded> {
  const client = new DefaultArtifactClient()
  const options = wish.retentionDays === undefined ? {} : { retentionDays: wish.retentionDays }
  const send = (name: string) => client.uploadArtifact(name, [...files], folder, options)
  const { id } = await send(wish.name).catch(error => {
    if (!/already exists|conflict/i.test(String(error))) throw error
    return send(`${wish.name}-${runId}`)
  })
  if (id === undefined) throw new Error('the service gave the artifact no id')
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env
  return { id, url: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/artifacts/${id}` }
}
