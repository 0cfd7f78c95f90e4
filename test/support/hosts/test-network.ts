import { randomInt } from 'node:crypto'
import type Docker from 'dockerode'

/**
 * A network of the engine for test hosts. Its addresses are ones that a gate takes for public, in the range that Bottle's
 * own networks use, or `private` ones of the engine's default pools, which the gates refuse.
 */
export async function createNetwork(
  docker: Docker,
  Name: string,
  Labels: Record<string, string>,
  addresses: 'public' | 'private',
): Promise<Docker.Network> {
  if (addresses === 'private') return docker.createNetwork({ Name, Driver: 'bridge', Labels })
  for (let tries = 0; ; tries++) {
    const Subnet = `198.19.${randomInt(256)}.${randomInt(16) * 16}/28`
    try {
      return await docker.createNetwork({
        Name,
        Driver: 'bridge',
        Labels,
        IPAM: { Driver: 'default', Config: [{ Subnet }] },
      })
    } catch (error) {
      if (tries >= 20 || !/overlap/i.test(String(error))) throw error
    }
  }
}
