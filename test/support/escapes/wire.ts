import { randomInt } from 'node:crypto'
import type Docker from 'dockerode'

/** Lays a wire from the host to a container that is on no network of the engine's: an outside that is routed to. */
export async function wire(
  internet: Docker.Container,
  start: (program: readonly string[], body?: Docker.ContainerCreateOptions) => Promise<Docker.Container>,
): Promise<{ here: string; there: string; docker0: string }> {
  const { State } = await internet.inspect()
  const [network, base] = [`198.19.${randomInt(256)}`, randomInt(64) * 4]
  const [here, there] = [`${network}.${base + 1}`, `${network}.${base + 2}`]
  const [at, inner] = [`be${randomInt(1e8)}`, `nsenter -t ${State.Pid} -n`]
  const script = `set -e
    ip link add ${at} type veth peer name eth0 netns ${State.Pid}
    ip addr add ${here}/30 dev ${at} && ip link set ${at} up
    ${inner} ip addr add ${there}/30 dev eth0 && ${inner} ip link set eth0 up && ${inner} ip route add default via ${here}
    ip -4 -o addr show dev docker0 || true`
  const helper = await start(['sh', '-c', script], {
    HostConfig: {
      CapAdd: ['NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE'],
      SecurityOpt: ['apparmor=unconfined'],
      NetworkMode: 'host',
      PidMode: 'host',
      Init: false,
    },
  })
  const { StatusCode } = await helper.wait()
  if (StatusCode !== 0) throw new Error(`no wire: ${await helper.logs({ stdout: true, stderr: true })}`)
  const printed = (await helper.logs({ stdout: true, stderr: true })).toString('latin1')
  return { here, there, docker0: /inet ([\d.]+)/.exec(printed)?.[1] ?? '' }
}

/** An address in every spelling that some client understands. */
export function spellings(address: string): Record<string, string> {
  const bytes = address.split('.').map(Number)
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const hex = number.toString(16).padStart(8, '0')
  return {
    INTERNET: address,
    INTERNET_DECIMAL: String(number),
    INTERNET_HEX: `0x${hex}`,
    INTERNET_OCTAL: bytes.map(byte => `0${byte.toString(8)}`).join('.'),
    INTERNET_MAPPED: `::ffff:${hex.slice(0, 4)}:${hex.slice(4)}`,
  }
}
