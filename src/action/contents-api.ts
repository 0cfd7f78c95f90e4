import { HttpClient } from '@actions/http-client'
import { BearerCredentialHandler } from '@actions/http-client/lib/auth'
import { BottleError } from '../errors.ts'

const longestAnswer = 15_000

/**
 * Reads a file as a commit has it through GitHub's contents API (docs: REST, "Get repository content"). Undefined when
 * it is not there. The server follows a link inside the repository; anything but a file is a BottleError.
 */
export async function contentsOf(
  at: { api: string; repository: string; token: string },
  commit: string,
  path: string,
): Promise<string | undefined> {
  const client = new HttpClient('bottle', [new BearerCredentialHandler(at.token)], {
    allowRetries: true,
    maxRetries: 2,
    socketTimeout: longestAnswer,
  })
  const where = path.split('/').map(encodeURIComponent).join('/')
  const url = `${at.api}/repos/${at.repository}/contents/${where}?ref=${commit}`
  try {
    const response = await client.get(url, { accept: 'application/vnd.github+json' })
    const status = response.message.statusCode ?? 0
    const body = await response.readBody()
    if (status === 404) return undefined
    if (status !== 200) throw new Error(`the API answered ${status}`)
    const { type, encoding, content } = JSON.parse(body) as { type?: string; encoding?: string; content?: string }
    if (type !== 'file' || encoding !== 'base64' || typeof content !== 'string')
      throw new Error(`it is no file there but a ${String(type ?? 'folder')}`)
    return Buffer.from(content, 'base64').toString('utf8')
  } catch (cause) {
    throw new BottleError(
      `${path} could not be read from the base commit ${commit.slice(0, 7)}: ${cause instanceof Error ? cause.message : cause}.`,
      'Give the job `permissions: {contents: read}`, or check out with `fetch-depth: 0`.',
      { cause },
    )
  } finally {
    client.dispose()
  }
}
