import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Docker from 'dockerode'
import type { Launch, Start } from './step.ts'

/** The container of a `container:` job, as the runner makes it (facts/platform §5.4). */
export interface JobContainer extends AsyncDisposable {
  readonly id: string
  /** Starts a stage of an action inside, through the docker CLI as the runner does. */
  readonly launch: Launch
  /** Starts these words inside, the first of them looked for in `path` and then where the image has its programs. */
  enter(words: readonly string[], cwd: string, env: Record<string, string>, path: readonly string[]): Start
}

/** The uid and gid of the runner on the host: owner of the work folder, and of nothing that a step in the container makes. */
export const runnerUser = { uid: 1001, gid: 127 }

const temp = '_temp'
const workspaceHere = '/__w/work'
const actionHere = '/__w/_actions/octo/bottle/v1'

/**
 * Makes the job's container: the work folder at /__w, the action below it, the runner's own Node at /__e, and the engine's
 * socket. Its steps are root. `root` is the folder of the job on the host, which holds `_temp`; `workspace` may lie elsewhere.
 * `network` is the job's own, when it has one.
 */
export async function startJobContainer(
  { root, workspace, network }: { root: string; workspace: string; network?: string | undefined },
  actionDir: string,
  image: string,
): Promise<JobContainer> {
  for (const name of ['_github_home', '_github_workflow']) mkdirSync(join(root, temp, name), { recursive: true })
  chownSync(workspace, runnerUser.uid, runnerUser.gid)
  const container = await new Docker().createContainer({
    name: `bottle-test-job-${randomBytes(4).toString('hex')}`,
    Image: image,
    Entrypoint: ['tail'],
    Cmd: ['-f', '/dev/null'],
    HostConfig: {
      ...(network ? { NetworkMode: network } : {}),
      Binds: [
        '/var/run/docker.sock:/var/run/docker.sock',
        `${root}:/__w`,
        `${workspace}:${workspaceHere}`,
        `${join(root, temp)}:/__w/${temp}`,
        `${actionDir}:${actionHere}:ro`,
        `${dirname(process.execPath)}:/__e/node24/bin:ro`,
        `${join(root, temp, '_github_home')}:/github/home`,
        `${join(root, temp, '_github_workflow')}:/github/workflow`,
      ],
    },
  })
  await container.start()
  const node = `/__e/${isAlpine(container.id) ? 'node24_alpine' : 'node24'}/bin/node`
  const here = (text: string) =>
    text.replaceAll(actionDir, actionHere).replaceAll(workspace, workspaceHere).replaceAll(root, '/__w')
  const { Config } = await container.inspect()
  const ownPath = (Config.Env ?? []).find(one => one.startsWith('PATH='))?.slice('PATH='.length) ?? ''
  const enter: JobContainer['enter'] = (words, cwd, { PATH: _, ...env }, path) => {
    const settings = Object.entries({ ...env, HOME: '/github/home', PATH: [...path, ownPath].join(':') })
    const options = settings.flatMap(([name, value]) => ['-e', `${name}=${here(value)}`])
    const inside = ['--workdir', here(cwd), container.id, ...words.map(here)]
    return { command: 'docker', args: ['exec', '-i', ...options, ...inside], env: { PATH: process.env.PATH ?? '' } }
  }
  return {
    id: container.id,
    launch: (script, cwd, env) => enter([node, script], cwd, env, []),
    enter,
    [Symbol.asyncDispose]: () => container.remove({ force: true, v: true }),
  }
}

// As the runner tells which of its Nodes an action gets (runner, StepHost.cs).
function isAlpine(container: string): boolean {
  const command = ['exec', container, 'sh', '-c', 'cat /etc/*release | grep ^ID']
  return spawnSync('docker', command, { encoding: 'utf8' }).stdout.trim() === 'ID=alpine'
}
