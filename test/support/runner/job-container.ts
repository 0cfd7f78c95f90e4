import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Docker from 'dockerode'
import type { Launch } from './step.ts'

/** The container of a `container:` job, as the runner makes it (facts/platform §5.4). */
export interface JobContainer extends AsyncDisposable {
  readonly id: string
  /** Starts a stage inside, through the docker CLI as the runner does. */
  readonly launch: Launch
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
  const here = (text: string) =>
    text.replaceAll(actionDir, actionHere).replaceAll(workspace, workspaceHere).replaceAll(root, '/__w')
  return {
    id: container.id,
    launch(script, cwd, { PATH: _, ...env }) {
      const settings = Object.entries({ ...env, HOME: '/github/home' }).flatMap(([name, value]) => [
        '-e',
        `${name}=${here(value)}`,
      ])
      const inside = ['--workdir', here(cwd), container.id, '/__e/node24/bin/node', here(script)]
      return { command: 'docker', args: ['exec', '-i', ...settings, ...inside], env: { PATH: process.env.PATH ?? '' } }
    },
    [Symbol.asyncDispose]: () => container.remove({ force: true, v: true }),
  }
}
