import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import Docker from 'dockerode'
import { makeCertificates } from './certificates.ts'

/** An engine of "another machine": its own mounts, network and data, and of this machine's temp folder it sees nothing. */
export interface BlindEngine extends AsyncDisposable {
  /** The variables of a step that uses it: tcp with TLS, both sides checked. */
  readonly env: Record<string, string>
  readonly docker: Docker
  /** A socket of it on this machine. */
  readonly socket: string
}

// A link-local pair for each process that raises one: nothing routes there.
const octet = process.pid % 250
const [here, there] = [`169.254.${octet}.1`, `169.254.${octet}.2`]
const port = 2376
const longestStart = 60_000

// Its own network, since two engines would fight over one host's; its own /sys, or it sees the other network's devices.
const script = `
set -e
mount --bind "$1/run" /run
mkdir -p "$1/cgroup" && mount --rbind /sys/fs/cgroup "$1/cgroup"
mount -t sysfs sysfs /sys && mount --rbind "$1/cgroup" /sys/fs/cgroup
ip link set lo up
mount -t tmpfs hidden "$2"
echo $$ > "$1/pid"
while ! ip addr show dev "$3" 2>/dev/null | grep -q "$4"; do sleep 0.05; done
exec dockerd --data-root "$1/lib" --host "unix://$1/docker.sock" --host "tcp://$4:${port}" --tlsverify \\
  --tlscacert "$1/certs/ca.pem" --tlscert "$1/certs/server-cert.pem" --tlskey "$1/certs/server-key.pem"
`

/** Can one be raised here? It takes root, and a dockerd. */
export const canRaise = process.getuid?.() === 0 && ['dockerd', 'ip', 'openssl'].every(isInstalled)

/** Raises one with the named images of this machine's engine. */
export async function raiseBlindEngine(images: readonly string[]): Promise<BlindEngine> {
  // Where its data is must be no place that it cannot see.
  const folder = mkdtempSync('/var/tmp/bottle-blind-')
  for (const name of ['run', 'lib', 'certs']) mkdirSync(join(folder, name))
  makeCertificates(join(folder, 'certs'), there)
  const device = `blind${process.pid}`.slice(0, 14)
  const args = ['--net', '--mount', '--propagation', 'private', 'sh', '-c', script]
  const log = join(folder, 'log')
  const child = spawn('unshare', [...args, 'blind', folder, tmpdir(), `${device}b`.slice(-15), there], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', data => (said = (said + String(data)).slice(-8000)))
  const stop = async () => {
    // Its containers' processes have a parent of their own: they go with their containers, which the tests remove.
    child.kill('SIGTERM')
    for (let tries = 0; child.exitCode === null && child.signalCode === null && tries < 100; tries++) await pause(100)
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until(() => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8') !== '')
    const pid = readFileSync(join(folder, 'pid'), 'utf8').trim()
    wire(device, `${device}b`.slice(-15), pid)
    const socket = join(folder, 'docker.sock')
    const docker = new Docker({ socketPath: socket })
    await until(() => docker.ping().then(Boolean, () => false))
    const local = new Docker()
    for (const image of images) await copyImage(local, docker, image)
    const env = {
      DOCKER_HOST: `tcp://${there}:${port}`,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: join(folder, 'certs'),
    }
    return { env, docker, socket, [Symbol.asyncDispose]: stop }
  } catch (cause) {
    await stop()
    throw new Error(`the blind engine did not start: ${said || log}`, { cause })
  }
}

async function copyImage(from: Docker, to: Docker, image: string): Promise<void> {
  const tar = (await from.getImage(image).get()) as unknown as Readable
  const progress = (await to.loadImage(tar, { quiet: true })) as unknown as Readable
  for await (const _ of progress);
}

function wire(ours: string, theirs: string, pid: string): void {
  const ip = (words: string) => execFileSync('ip', words.split(' '))
  const within = (words: string) => execFileSync('nsenter', ['--net', '--target', pid, 'ip', ...words.split(' ')])
  ip(`link add ${ours} type veth peer name ${theirs}`)
  ip(`link set ${theirs} netns ${pid}`)
  ip(`addr add ${here}/30 dev ${ours}`)
  ip(`link set ${ours} up`)
  within(`link set ${theirs} up`)
  within(`addr add ${there}/30 dev ${theirs}`)
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const limit = Date.now() + longestStart; Date.now() < limit; await pause(50)) if (await isSo()) return
  throw new Error(`not within ${longestStart / 1000} s`)
}

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, program)))
}
