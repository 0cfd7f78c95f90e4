import type { IncomingMessage } from 'node:http'

const mostFields = 256
// Where one reader takes the first and another the last, or both joined, nobody knows what was judged.
const single = /^(host|content-length|transfer-encoding|content-type|content-encoding|authorization)$/

/**
 * Why a request can be read in two ways, or undefined. Node's parser has refused the worst already (both framings,
 * two lengths, bare line feeds); what is left is what it lets through for the sake of old programs.
 */
export function whyAmbiguous(request: IncomingMessage): string | undefined {
  const { rawHeaders } = request
  if (rawHeaders.length / 2 > mostFields) return `more than ${mostFields} header fields`
  const seen = new Set<string>()
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase()
    if (!single.test(name)) continue
    if (seen.has(name)) return `more than one ${name} header`
    seen.add(name)
  }
  const coding = request.headers['transfer-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return 'a transfer-encoding that is not chunked'
  if (coding !== undefined && request.headers['content-length'] !== undefined) return 'two framings of one body'
  return undefined
}
