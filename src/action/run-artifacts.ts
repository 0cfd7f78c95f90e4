import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DefaultArtifactClient } from '@actions/artifact'
import { BottleError } from '../errors.ts'

/** An artifact of this workflow run. Its name is whatever some job of it chose: hostile text. */
export interface NamedArtifact {
  readonly id: number
  readonly name: string
  /** Bytes, packed. */
  readonly size: number
  /** `sha256:…`, where the service tells it. */
  readonly digest: string | undefined
}

/** The artifacts that the jobs of this workflow run have uploaded, and a way to get one. */
export interface RunArtifacts {
  readonly list: readonly NamedArtifact[]
  /** Puts the zip of one into a new folder, as it is, and returns its path. Throws when it is not what was uploaded. */
  download(one: NamedArtifact, folder: string): Promise<string>
}

/** Asks the service of this run, with the job's own runtime token: no token of the workflow is needed. */
export async function runArtifacts(): Promise<RunArtifacts> {
  const client = new DefaultArtifactClient()
  // Of artifacts with one name (the service keeps those of earlier attempts) the last is meant.
  const { artifacts } = await client.listArtifacts({ latest: true })
  return {
    list: artifacts.map(({ id, name, size, digest }) => ({ id, name, size, digest })),
    async download({ id, digest }, folder) {
      // Not unpacked by the client: whoever made the archive chose the names in it.
      const options = { path: folder, skipDecompress: true, ...(digest ? { expectedHash: digest } : {}) }
      const { digestMismatch } = await client.downloadArtifact(id, options)
      const [file] = readdirSync(folder)
      if (digestMismatch || file === undefined)
        throw new BottleError('What was downloaded is not what was uploaded.', 'Run this job again.')
      return join(folder, file)
    },
  }
}
