import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BottleError } from '../errors.ts'

/** How the engine is reached. `tls` is the folder with ca.pem, cert.pem and key.pem. Serialisable: post needs it again. */
export type EngineAddress =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: string | undefined }
  | {
      readonly kind: 'ssh'
      readonly user: string | undefined
      readonly host: string
      readonly port: number | undefined
    }

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Finds the engine as the docker CLI does: DOCKER_HOST, else the context (DOCKER_CONTEXT or the one in config.json),
 * else the first socket that exists of the well-known places (facts/platform §5.6). Throws a BottleError for another.
 */
export function findEngine(env: Environment): EngineAddress {
  if (env.DOCKER_HOST) {
    const tls = env.DOCKER_TLS_VERIFY ? (env.DOCKER_CERT_PATH ?? join(env.HOME ?? '', '.docker')) : undefined
    return parseAddress(env.DOCKER_HOST, tls)
  }
  return contextAddress(env) ?? { kind: 'socket', path: wellKnown(env).find(existsSync) ?? '/var/run/docker.sock' }
}

/** Reads an address such as `unix:///run/docker.sock`, `tcp://127.0.0.1:2376` or `ssh://user@host`. */
export function parseAddress(text: string, tls: string | undefined): EngineAddress {
  const unix = /^unix:\/\/(\/.*)$/.exec(text)
  if (unix?.[1]) return { kind: 'socket', path: unix[1] }
  const tcp = /^(?:tcp|https?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/?$/.exec(text)
  if (tcp?.[1]) {
    return { kind: 'tcp', host: tcp[1].replace(/^\[|\]$/g, ''), port: Number(tcp[2] ?? (tls ? 2376 : 2375)), tls }
  }
  // A name that begins with a dash would be an option to ssh.
  const ssh = /^ssh:\/\/(?:([\w.][\w.-]*)@)?(\[[0-9a-fA-F:]+\]|[\w.][\w.-]*)(?::(\d+))?\/?$/.exec(text)
  if (ssh?.[2]) {
    const [, user, host, port] = ssh
    return { kind: 'ssh', user, host: host.replace(/^\[|\]$/g, ''), port: port ? Number(port) : undefined }
  }
  throw new BottleError(
    `The engine's address ${JSON.stringify(text)} is not one Bottle can dial.`,
    'Set DOCKER_HOST to unix:///path/to/docker.sock, tcp://host:port or ssh://user@host.',
  )
}

/** How people write an engine's address. */
export function printAddress(address: EngineAddress): string {
  if (address.kind === 'socket') return `unix://${address.path}`
  const host = address.host.includes(':') ? `[${address.host}]` : address.host
  if (address.kind === 'tcp') return `tcp://${host}:${address.port}`
  return `ssh://${address.user ? `${address.user}@` : ''}${host}${address.port ? `:${address.port}` : ''}`
}

function wellKnown(env: Environment): string[] {
  const runtime = env.XDG_RUNTIME_DIR
  return [
    '/var/run/docker.sock',
    '/run/podman/podman.sock',
    ...(runtime ? [`${runtime}/docker.sock`, `${runtime}/podman/podman.sock`] : []),
    ...(env.HOME ? [`${env.HOME}/.docker/run/docker.sock`, `${env.HOME}/.colima/docker.sock`] : []),
  ]
}

// A context lives in contexts/meta/<sha256 of its name>/meta.json, its TLS files in contexts/tls/<same>/docker.
function contextAddress(env: Environment): EngineAddress | undefined {
  const folder = env.DOCKER_CONFIG ?? join(env.HOME ?? '/root', '.docker')
  const name =
    env.DOCKER_CONTEXT ?? (readJson(join(folder, 'config.json')) as { currentContext?: string })?.currentContext
  if (!name || name === 'default') return undefined
  const id = createHash('sha256').update(name).digest('hex')
  const meta = readJson(join(folder, 'contexts/meta', id, 'meta.json')) as
    | { Endpoints?: { docker?: { Host?: string } } }
    | undefined
  const host = meta?.Endpoints?.docker?.Host
  if (!host) {
    throw new BottleError(
      `The docker context ${JSON.stringify(name)} has no address.`,
      'Run `docker context ls` and `docker context use default`, or set DOCKER_HOST.',
    )
  }
  const tls = join(folder, 'contexts/tls', id, 'docker')
  return parseAddress(host, existsSync(tls) ? tls : undefined)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
