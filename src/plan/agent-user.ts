import type { BottleSpec } from '../spec/schema.ts'
import type { Host } from './host.ts'

/** Whom the agent runs as, uid and gid: what the spec says, or the workspace's owner. */
export function agentUser({ hardening: { user } }: Pick<BottleSpec, 'hardening'>, host: Host): [number, number] {
  if (user === 'auto') return [host.uid, host.gid]
  const [uid = 0, gid = uid] = user.split(':').map(Number)
  return [uid, gid]
}
