import { z } from 'zod'
import { parseDestination } from './destination.ts'
import { environmentName, quoted } from './fields.ts'

const host = z
  .string()
  .transform((text, context) => {
    const read = parseDestination(text)
    const wrong = 'ok' in read ? wrongHost(read.ok) : read.wrong
    if ('ok' in read && !wrong) return read.ok
    context.issues.push({ code: 'custom', input: text, message: `${quoted(text)} ${wrong}` })
    return z.NEVER
  })
  .describe('The one host that gets the credential. It joins the allowlist.')

function wrongHost(name: string): string | undefined {
  if (name.startsWith('*.'))
    return `is a wildcard; write the one host that the credential is for, such as api${name.slice(1)}`
  if (/^[\d.]+$|:/.test(name)) return 'is an address; a credential is for a host with a certificate, so write its name'
  return undefined
}

// What says how a message travels is the gate's own to write.
const notOurs = /^(host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*)$/

const header = z
  .string()
  .transform(text => text.toLowerCase())
  .pipe(
    z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/, 'is not the name of a header; write one such as x-api-key')
      .refine(
        name => !notOurs.test(name),
        'says how a message travels and cannot carry a credential; write one such as authorization',
      ),
  )
  .describe('The header that carries it, such as `authorization` or `x-api-key`.')

/** A credential that only the gate knows: it joins the requests to one host, and the agent holds a placeholder. */
export const injectSchema = z.array(
  z.strictObject({
    host,
    header,
    secret: environmentName.describe(
      "Name of the step's environment variable that holds it. The agent finds a placeholder under the same name.",
    ),
    scheme: z
      .enum(['raw', 'bearer', 'basic'])
      .optional()
      .describe(
        'How the header is written: the value alone, `Bearer VALUE`, or `Basic` with `user`. Default: `bearer` for `authorization`, else `raw`.',
      ),
    user: z
      .string()
      .regex(/^[\x21-\x39\x3b-\x7e]{1,100}$/, 'is not a user name of Basic authentication; write one without a colon')
      .default('x-access-token')
      .describe('The user name for `basic`.'),
    methods: z
      .array(z.string().regex(/^[A-Z]{1,20}$/, 'is not a method; write one such as GET'))
      .min(1, 'is empty; leave it out to allow every method')
      .optional()
      .describe('The only methods that may carry the credential.'),
    paths: z
      .array(
        z
          .string()
          .regex(/^\/[\x21-\x7e]*$/, 'is not a path; write one such as /OWNER/REPOSITORY.git/*')
          .refine(
            path => !/[?#]/.test(path),
            'holds a query; a path is matched without it, so write what stands before the ? or #',
          ),
      )
      .min(1, 'is empty; leave it out to allow every path')
      .optional()
      .describe('The only paths that may carry it; `*` stands for anything.'),
  }),
)

/** One credential for one host, every default filled. */
export type Injection = z.output<typeof injectSchema>[number]

/** How the header of a credential is written when the spec does not say. */
export function schemeOf({ scheme, header }: Injection): NonNullable<Injection['scheme']> {
  return scheme ?? (header === 'authorization' ? 'bearer' : 'raw')
}

/** The mistakes that only several keys together make: a name that the agent gets as well, a header that is set twice. */
export function wrongInjections(
  injections: readonly Injection[],
  given: readonly string[],
): { index: number; key: 'secret' | 'header'; message: string }[] {
  return injections.flatMap(({ host, header, secret }, index) => {
    const twice = injections.findIndex(one => one.host === host && one.header === header) < index
    return [
      ...(given.includes(secret)
        ? [
            {
              index,
              key: 'secret' as const,
              message: `${quoted(secret)} is given to the agent too; take it out of \`secrets\` or of \`ssh\``,
            },
          ]
        : []),
      ...(twice
        ? [{ index, key: 'header' as const, message: `${quoted(header)} of ${host} is set twice; keep one` }]
        : []),
    ]
  })
}
