import { exec } from '@actions/exec'
import { BottleError } from '../errors.ts'
import type { EngineAddress } from './address.ts'
import { printAddress } from './address.ts'
import { lineSplitter } from './lines.ts'
import { pullProgress } from './pull-progress.ts'

/**
 * Pulls an image with the docker CLI, so that the user's registry logins and mirrors just work; its progress goes to
 * `say`, a few lines of it. Throws a BottleError with the CLI's last words when the image cannot be had.
 */
export async function pullImage(reference: string, address: EngineAddress, say: (line: string) => void): Promise<void> {
  let last = ''
  const started = performance.now()
  const progress = pullProgress(reference, say, () => `${((performance.now() - started) / 1000).toFixed(1)} s`)
  const tell = (lines: string[]) => {
    for (const line of lines.filter(one => one.trim() !== '')) {
      last = line.trim()
      progress.take(last)
    }
  }
  const [out, err] = [lineSplitter(), lineSplitter()]
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const code = await exec('docker', ['pull', reference], {
    silent: true,
    ignoreReturnCode: true,
    env: { ...env, DOCKER_HOST: printAddress(address), ...certificatesOf(address) },
    listeners: { stdout: data => tell(out.push(data)), stderr: data => tell(err.push(data)) },
  }).catch((error: Error) => {
    last = error.message
    return 1
  })
  tell([...out.end(), ...err.end()])
  if (code === 0) return progress.end()
  throw new BottleError(
    `The image ${reference} cannot be had: ${last || `docker pull ended with ${code}`}.`,
    'Check its name, or `docker login` to its registry first.',
  )
}

// A context keeps them in a folder that the CLI does not look into when it is told an address.
function certificatesOf(address: EngineAddress): Record<string, string> {
  return address.kind === 'tcp' && address.tls ? { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: address.tls } : {}
}
