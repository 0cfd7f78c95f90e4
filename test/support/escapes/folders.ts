import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plan } from '../../../src/plan/plan.ts'
import { evidenceFolder } from '../../../src/scratch.ts'

const programs = resolve(import.meta.dirname, 'inside')

/** A checkout with a credential in git's config, a file that is another user's, and the programs of the attempts. */
export function makeFolders(root: string): { workspace: string; temp: string } {
  const [workspace, temp] = [join(root, 'workspace'), join(root, 'temp')]
  for (const folder of [join(workspace, '.git/hooks'), join(workspace, 'kit'), temp])
    mkdirSync(folder, { recursive: true })
  for (const name of ['runner.py', 'tools.py']) copyFileSync(join(programs, name), join(workspace, 'kit', name))
  const token = randomBytes(12).toString('base64')
  writeFileSync(
    join(workspace, '.git/config'),
    `[core]\n\tbare = false\n[http "https://forge.test/"]\n\textraheader = AUTHORIZATION: basic ${token}\n`,
  )
  writeFileSync(join(workspace, 'foreign'), 'not yours\n', { mode: 0o600 })
  if (process.getuid?.() === 0) chownSync(join(workspace, 'foreign'), 4242, 4242)
  writeFileSync(join(temp, 'host-file'), 'canary\n')
  for (const folder of [root, workspace, temp, join(workspace, 'kit')]) chmodSync(folder, 0o777)
  return { workspace, temp }
}

/** Opens a run's folder to everybody: what stands between the agent and it is the mounts, not who owns it. */
export function openFolders(plan: Plan): void {
  mkdirSync(evidenceFolder(plan.scratch), { recursive: true })
  writeFileSync(join(plan.workspace, '.git/HEAD'), 'ref: refs/heads/main\n')
  for (const folder of ['', '/evidence', '/inside']) chmodSync(`${plan.scratch}${folder}`, 0o777)
  for (const name of Object.keys(plan.files)) chmodSync(join(plan.scratch, 'inside', name), 0o666)
  for (const folder of ['.git', '.git/hooks']) chmodSync(join(plan.workspace, folder), 0o777)
  chmodSync(join(plan.workspace, '.git/config'), 0o666)
}
