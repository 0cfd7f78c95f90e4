import { constants, copyFileSync, linkSync, mkdirSync, readdirSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BottleError } from './errors.ts'
import { bundle } from './gate/bundle.ts'
import { thisNode } from './gate/this-node.ts'

/**
 * Fills a folder that the bottle sees read-only with this very Node, its loader and libraries, and the bundled programs
 * for ssh, so that they run in any image. Links where the file system lets us, which takes no time; else copies.
 */
export function placeSshPrograms(folder: string): void {
  const { program, loader, libraries } = thisNode()
  if (!loader) throw new BottleError('This Node is linked statically.', 'Use an official build of it for `ssh`.')
  mkdirSync(folder, { mode: 0o755 })
  place(program, join(folder, 'node'))
  place(loader, join(folder, 'loader'))
  for (const library of libraries) place(library, join(folder, basename(library)))
  const own = bundle('ssh')
  for (const name of readdirSync(own)) place(join(own, name), join(folder, name))
}

// Another user's file cannot be linked (fs.protected_hardlinks, proc(5)), nor one of another file system.
// A library's name is often a link, which would lead nowhere in another image.
function place(path: string, to: string): void {
  const from = realpathSync(path)
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  }
}
