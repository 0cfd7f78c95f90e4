import { readFileSync, writeFileSync } from 'node:fs'

/**
 * What the host does with a broadcast (or a multicast to all hosts) from the inside network. `refused`: the kernel drops
 * it. `heard`: each of the host's sockets that listens on UDP at every address gets it, and this process may not change
 * that. `unseen`: the network's bridge is not on this machine, as with an engine elsewhere.
 */
export type Broadcasts = 'refused' | 'heard' | 'unseen'

/**
 * Has the host refuse what the bottle broadcasts. No route and no rule of the engine's stands in the way of such a
 * packet; only the kernel's check of its source does (`rp_filter`, ip-sysctl.rst: the larger of `all` and the
 * interface's counts). The inside bridge has no address, so 1 and 2 alike find no way back and drop it; 0, the kernel's
 * own default, lets it in. The setting is the bridge's and goes with it. `network` is the engine's id of the network.
 */
export function refuseBroadcasts(network: string, proc = '/proc/sys/net/ipv4/conf'): Broadcasts {
  const own = `${proc}/br-${network.slice(0, 12)}/rp_filter`
  try {
    if ([`${proc}/all/rp_filter`, own].some(path => readFileSync(path, 'latin1').trim() !== '0')) return 'refused'
  } catch {
    return 'unseen'
  }
  try {
    writeFileSync(own, '1')
    return 'refused'
  } catch {
    return 'heard'
  }
}
