import { z } from 'zod'
import { ConfigError } from './config.ts'

const text = z.string().min(1)

const schema = z.strictObject({
  identities: z.record(text, z.strictObject({ certificate: text, key: text })),
  upstreamCa: text.optional(),
  credentials: z.array(
    z.strictObject({
      host: text,
      header: text,
      value: text,
      placeholder: text,
      scheme: z.enum(['raw', 'bearer', 'basic']),
      user: text,
      methods: z.array(text).optional(),
      paths: z.array(text).optional(),
    }),
  ),
})

/**
 * What `run --inject FILE` reads: the credentials, what the gate shows to clients in place of each host (PEM), and the
 * authorities that sign those hosts beside the public ones. It holds secrets, so it is never part of the YAML.
 */
export type Injections = z.infer<typeof schema>

/** Reads that file's text. Throws a ConfigError that says which part is wrong and nothing of its values. */
export function readInjections(file: string): Injections {
  let parsed: ReturnType<typeof schema.safeParse>
  try {
    parsed = schema.safeParse(JSON.parse(file))
  } catch {
    throw new ConfigError('--inject: the file is not JSON')
  }
  if (!parsed.success)
    throw new ConfigError(`--inject: ${parsed.error.issues.map(one => `${one.path.join('.')} is wrong`).join(', ')}`)
  const bare = parsed.data.credentials.find(({ host }) => !Object.hasOwn(parsed.data.identities, host))
  if (bare) throw new ConfigError(`--inject: there is no identity for ${bare.host}`)
  return parsed.data
}
