import { existsSync, readFileSync } from 'node:fs'
import type { Need } from './attempt.ts'

/** Why a need is not met on this machine, or undefined when it is. */
export function unmet(need: Need | undefined, version: string): string | undefined {
  if (!need) return undefined
  if ('engine' in need)
    return Number.parseInt(version, 10) >= need.engine
      ? undefined
      : `the filter of Docker ${version} lets it through (it does not since ${need.engine})`
  if ('engineBefore' in need)
    return Number.parseInt(version, 10) < need.engineBefore
      ? undefined
      : `something of Docker ${version} itself keeps its control in (seen on 28.5, not on 26.1)`
  if ('file' in need) return existsSync(need.file) ? undefined : `this kernel has no ${need.file}`
  if ('device' in need)
    return new RegExp(`\\b${need.device}$`, 'm').test(read('/proc/misc'))
      ? undefined
      : `this kernel has no ${need.device}`
  if (need.absent === 'userns-lock') {
    if (read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns').trim() === '1')
      return 'AppArmor keeps user namespaces from everybody here'
    return Number(read('/proc/sys/user/max_user_namespaces')) > 0 ? undefined : 'this kernel has no user namespaces'
  }
  if (need.absent === 'source-check') {
    if (process.getuid?.() !== 0) return 'only root may change how the host checks sources'
    return read('/proc/sys/net/ipv4/conf/all/rp_filter').trim() === '0'
      ? undefined
      : 'the host checks the sources of all its interfaces (rp_filter)'
  }
  return read('/sys/module/apparmor/parameters/enabled').startsWith('Y') ? 'AppArmor forbids it too here' : undefined
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
