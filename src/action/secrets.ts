import { setSecret } from '@actions/core'

/**
 * The values of the named environment variables, each masked before anything else can print it. The runner masks a
 * multi-line value line by line; blank lines are left out, since masking "" would garble the log.
 */
export function takeSecrets(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const name of names) {
    const value = env[name]
    if (!value) continue
    setSecret(value)
    values.set(name, value)
  }
  return values
}
