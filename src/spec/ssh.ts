import { z } from 'zod'
import { parseDestination } from './destination.ts'
import { type KnownHost, readHostKey } from './known-host.ts'
import { wrongRange } from './range.ts'

const quoted = (text: string) => JSON.stringify(text)

// One word of ~/.ssh/config and of a shell: no pattern, no option, nothing to expand.
const alias = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/, 'is not a name for ssh to know a host by; write one word, such as forge')
  .describe('The name that ssh and git know the host by.')

const hostname = z
  .string()
  .transform((text, context) => {
    const read = parseDestination(text)
    const wrong = 'ok' in read ? wrongHostname(read.ok) : read.wrong
    if ('ok' in read && !wrong) return read.ok
    context.issues.push({ code: 'custom', input: text, message: `${quoted(text)} ${wrong}` })
    return z.NEVER
  })
  .describe('Where it is: a host name or an address. It joins the allowlist; an address is open even when private.')

function wrongHostname(host: string): string | undefined {
  if (host.startsWith('*.'))
    return `is a wildcard; write the one host that ssh connects to, such as git${host.slice(1)}`
  return isAddress(host) ? wrongRange(rangeOf(host)) : undefined
}

// What is no variable's name may be the key itself, by mistake: only what looks like a name is repeated.
const identity = z
  .string()
  .superRefine((text, context) => {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return
    const shown = /^[\w .-]{0,40}$/.test(text) ? text : '…'
    const message = `${quoted(shown)} is not the name of an environment variable; write one such as DEPLOY_KEY, and give the step the key under it`
    context.issues.push({ code: 'custom', input: text, message })
  })
  .optional()
  .describe(
    "Name of the step's environment variable that holds the private key. Masked, and in the agent's memory only.",
  )

const knownHost = z
  .union([z.string(), z.array(z.string())], { error: 'must be a public key, a list of them, or any' })
  .transform((given, context): KnownHost => {
    if (given === 'any') return 'any'
    const listed = Array.isArray(given)
    // One mistake, however many lines it has, and none of them repeated.
    const isPrivate = [given].flat().some(text => text.includes('PRIVATE KEY'))
    const lines = (listed || isPrivate ? [given].flat() : given.split('\n'))
      .map(text => text.trim())
      .filter(text => listed || text !== '')
    const keys = lines.flatMap((text, index) => {
      const read = readHostKey(text)
      if ('ok' in read) return [read.ok]
      const path = listed ? [index] : []
      const shown = isPrivate ? '' : text.slice(0, 12)
      context.issues.push({ code: 'custom', input: text, path, message: `"${shown}…" ${read.wrong}` })
      return []
    })
    if (lines.length === 0)
      context.issues.push({
        code: 'custom',
        input: given,
        message: '"" holds no key; write the key of the server, or any',
      })
    return { keys }
  })
  .describe("The server's public key, `ssh-ed25519 AAAA…`, or a list of them; `any` accepts whoever answers.")

const entry = z.strictObject({
  host: alias,
  hostname,
  user: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$/, 'is not a user name; write one such as git')
    .default('git')
    .describe('Who to log in as.'),
  port: z
    .int('must be a whole number')
    .min(1, 'is no port; write one from 1 to 65535')
    .max(65535, 'is no port; write one from 1 to 65535')
    .default(22)
    .describe('The port that the server listens on.'),
  identity,
  'known-host': knownHost,
})

/** The `ssh:` key of the spec. */
export const sshSchema = z.array(entry).superRefine((entries, context) => {
  for (const [index, { host }] of entries.entries()) {
    const first = entries.findIndex(one => one.host === host)
    const message = `${quoted(host)} is the name of ssh[${first}] already; give each entry a name of its own`
    if (first < index) context.addIssue({ code: 'custom', path: [index, 'host'], message })
  }
})

/** One host that the agent may reach over ssh. */
export type SshHost = z.output<typeof entry>

/** Is a canonical destination an address? */
export function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host)
}

/** The addresses among the hosts, as ranges of one address each: opened as those of `egress.private` are. */
export function addressRanges(hosts: readonly SshHost[]): string[] {
  return hosts.filter(one => isAddress(one.hostname)).map(one => rangeOf(one.hostname))
}

function rangeOf(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`
}
