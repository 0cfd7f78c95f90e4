import type { BottleSpec } from '../spec/schema.ts'
import type { Host } from './host.ts'

/**
 * Whom the agent runs as, uid and gid: what the spec says, or the workspace's owner. To a rootless engine that is root: the
 * engine's own user under that name, with no more rights than it has (Docker's documentation, "Rootless mode").
 */
export function agentUser({ hardening: { user } }: Pick<BottleSpec, 'hardening'>, host: Host): [number, number] {
  if (user === 'auto') return host.engine.rootless ? [0, 0] : [host.uid, host.gid]
  const [uid = 0, gid = uid] = user.split(':').map(Number)
  return [uid, gid]
}
