import type { BottleSpec } from '../spec/schema.ts'
import type { SshHost } from '../spec/ssh.ts'
import { home, ownFolder } from './folders.ts'
import { gatePort } from './policy.ts'

/** What a bottle with ssh is given on its standard input when it starts, but for the keys' own texts. */
export interface SshPlan {
  /** Path in the bottle to text; nothing secret. */
  readonly files: Readonly<Record<string, string>>
  /** Path in the bottle to the name of the step's environment variable that holds the key. */
  readonly keys: Readonly<Record<string, string>>
  /** Environment of the agent that the program before it must not run with. */
  readonly env: Readonly<Record<string, string>>
}

/** Where, in the bottle and in the run's own folder, the runner's Node and the programs that it runs there are. */
export const sshFolder = 'ssh'
const folder = `${ownFolder}/${sshFolder}`
// Called through its own loader, with its own libraries: the image need not have any.
const node = [`${folder}/loader`, '--library-path', folder, `${folder}/node`, `${folder}/index.js`]

/** The command that receives the delivery and then becomes `command`. */
export function entering(command: readonly string[]): string[] {
  return [...node, 'enter', ...command]
}

/** Decides the files of ~/.ssh for the spec's hosts, or undefined when it names none. `sidecar` is the gate's address. */
export function planSsh({ ssh, env }: Pick<BottleSpec, 'ssh' | 'env'>, sidecar: string): SshPlan | undefined {
  if (ssh.length === 0) return undefined
  const known = ssh.flatMap(one => knownHosts(one))
  return {
    files: {
      [`${home}/.ssh/config`]: `${[...ssh.map(block => hostBlock(block, ssh)), everyHost(sidecar)].join('\n')}\n`,
      [`${home}/.ssh/known_hosts`]: known.map(line => `${line}\n`).join(''),
    },
    keys: Object.fromEntries(ssh.flatMap(({ identity }) => (identity ? [[keyPath(identity), identity]] : []))),
    env: Object.fromEntries(Object.entries(env).filter(([name]) => disturbsNode(name))),
  }
}

// Would this variable of the agent's change how Node or its loader run? More certificates do not.
function disturbsNode(name: string): boolean {
  return /^(NODE_|LD_)/.test(name) && name !== 'NODE_EXTRA_CA_CERTS'
}

/**
 * The bottle's /etc/passwd: ssh looks its user up there, refuses to run without an entry, and takes the home folder from
 * it instead of from HOME (ssh(1), FILES). The image's own file is hidden: it does not know the workspace's owner.
 */
export function passwd(uid: number, gid: number): string {
  const users = [
    ['root', 0, 0, '/root'],
    ['nobody', 65534, 65534, '/nonexistent'],
  ] as const
  const others = users.filter(([, id]) => id !== uid).map(([name, id, group, at]) => `${name}:x:${id}:${group}::${at}:`)
  const own = `${uid === 0 ? 'root' : 'bottle'}:x:${uid}:${gid}::${home}:`
  return `${[own, ...others].map(line => `${line}/bin/sh`).join('\n')}\n`
}

function keyPath(identity: string): string {
  return `${home}/.ssh/${identity}`
}

// The first value that ssh finds counts, but for keys, which add up; so a host's own address may stand for it as well.
function hostBlock({ host, hostname, user, port, identity, 'known-host': known }: SshHost, all: readonly SshHost[]) {
  const patterns = all.some(one => one.host === hostname) ? [host] : [host, hostname]
  return section(patterns, [
    ['HostName', hostname],
    ['User', user],
    ['Port', String(port)],
    ...(identity ? [['IdentityFile', keyPath(identity)] as const] : []),
    ...(known === 'any'
      ? ([
          ['StrictHostKeyChecking', 'no'],
          ['UserKnownHostsFile', '/dev/null'],
        ] as const)
      : []),
  ])
}

// Hosts that the spec does not name are asked of the gate as well, which refuses them and keeps note of it.
function everyHost(sidecar: string): string {
  const unset = 'unset LD_PRELOAD LD_LIBRARY_PATH NODE_OPTIONS NODE_EXTRA_CA_CERTS'
  return section(
    ['*'],
    [
      // ssh gives `exec` and this to a shell; the first part only makes room for a second (ssh_config(5), ProxyCommand).
      ['ProxyCommand', `9>&-; ${unset}; exec ${[...node, 'tunnel', `${sidecar}:${gatePort}`].join(' ')} %h %p`],
      ['StrictHostKeyChecking', 'yes'],
      ['UserKnownHostsFile', `${home}/.ssh/known_hosts`],
      ['GlobalKnownHostsFile', '/dev/null'],
      ['UpdateHostKeys', 'no'],
      ['IdentitiesOnly', 'yes'],
      // Nobody is there to be asked for a password.
      ['BatchMode', 'yes'],
    ],
  )
}

function section(patterns: readonly string[], settings: readonly (readonly [string, string])[]): string {
  return [`Host ${patterns.join(' ')}`, ...settings.map(([name, value]) => `  ${name} ${value}`)].join('\n')
}

function knownHosts({ hostname, port, 'known-host': known }: SshHost): string[] {
  const name = port === 22 ? hostname : `[${hostname}]:${port}`
  return known === 'any' ? [] : known.keys.map(key => `${name} ${key}`)
}
