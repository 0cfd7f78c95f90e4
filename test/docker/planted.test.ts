import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

// What the agent of one step leaves in place of `.git`, for the bottle of the next to mount.
jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const inputs = { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false' }

// Beside the workspace, where no bottle ever looks.
function hostFolder(workspace: string): string {
  const folder = join(dirname(workspace), 'host-folder')
  mkdirSync(join(folder, 'hooks'), { recursive: true })
  writeFileSync(join(folder, 'config'), '[core]\n')
  writeFileSync(join(folder, 'key'), 'canary\n')
  return folder
}

test('the control: the engine follows a link that it is told to mount', async () => {
  await using runner = await startRunner(project)
  const git = join(runner.workspace, '.git')
  symlinkSync(hostFolder(runner.workspace), git)
  const container = await new Docker().createContainer({
    Image: inputs.image,
    Entrypoint: ['cat', '/mounted/key'],
    HostConfig: { Mounts: [{ Type: 'bind', Source: git, Target: '/mounted' }] },
  })
  await container.start()
  await container.wait()
  const said = (await container.logs({ stdout: true, stderr: true })).toString('latin1')
  await container.remove({ force: true })
  expect(said).toContain('canary')
})

test('a step may leave a link in place of .git; the next one does not mount it', async () => {
  await using runner = await startRunner(project)
  const folder = hostFolder(runner.workspace)
  const first = await runner.step({ with: { ...inputs, run: `ln -s ${folder} .git; ls -ld .git` } }).main()
  expect(first.exitCode).toBe(0)
  const second = await runner.step({ with: { ...inputs, run: `cat ${folder}/key .git/key` } }).main()
  expect(second.exitCode).toBe(1)
  expect(second.log.join('\n')).not.toContain('canary')
  expect(second.annotations.map(one => one.data).join()).toContain('.git is a link or a special file, not a folder')
  expect(await leftovers(second.outputs['bottle-id'])).toEqual([])
})

test.each([
  ['a FIFO in place of config', (git: string) => execFileSync('mkfifo', [join(git, 'config')]), 'config'],
  ['a link in place of config', (git: string) => symlinkSync('/etc/hostname', join(git, 'config')), 'config'],
  [
    'a link in place of hooks',
    (git: string) => {
      writeFileSync(join(git, 'config'), '[core]\n')
      symlinkSync('/etc', join(git, 'hooks'))
    },
    'hooks',
  ],
] as const)('%s stops the step with the reason', async (_, plant, name) => {
  await using runner = await startRunner(project)
  const git = join(runner.workspace, '.git')
  mkdirSync(git)
  plant(git)
  const main = await runner.step({ with: { ...inputs, run: 'echo the agent ran' } }).main()
  expect(main.exitCode).toBe(1)
  expect(main.log.join('\n')).not.toContain('the agent ran')
  expect(main.annotations.map(one => one.data).join()).toContain(`.git/${name} is a link or a special file`)
})
