import type { Plan } from '../plan/plan.ts'
import type { Delivery } from '../ssh/enter.ts'

/**
 * What the bottle of a plan with ssh reads on its standard input: the only way that a key goes, so that it is in no
 * create call, no file of the host's, and no process's environment. Undefined for a plan without ssh.
 */
export function deliveryOf({ ssh }: Plan, secrets: ReadonlyMap<string, string>): string | undefined {
  if (!ssh) return undefined
  const keys = Object.entries(ssh.keys).map(([path, name]) => [path, keyFile(secrets.get(name) ?? '')] as const)
  const files = [...Object.entries(ssh.files), ...keys].map(([path, text]) => ({ path, text }))
  return `\n${JSON.stringify({ files, env: ssh.env } satisfies Delivery)}\n`
}

// OpenSSH reads no key without its last newline, which secrets lose when they are pasted.
function keyFile(text: string): string {
  return `${text.replaceAll('\r', '').trim()}\n`
}
