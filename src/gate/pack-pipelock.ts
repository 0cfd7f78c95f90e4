import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { pack } from 'tar-stream'
import type { Engine } from '../docker/engine.ts'
import { BottleError } from '../errors.ts'

const certificates = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem']

/**
 * Makes a local image with pipelock's published layout (scratch: /pipelock and the CA bundle, facts/pipelock §1.1)
 * out of a binary the user downloaded. Returns the image's reference, named by the binary's hash.
 * Throws a BottleError when the file is missing or is no static Linux program.
 */
export async function packPipelock(engine: Engine, file: string): Promise<string> {
  const binary = readBinary(file)
  const bundle = certificates.find(existsSync)
  if (!bundle) {
    throw new BottleError(
      'This machine has no CA bundle to put beside pipelock.',
      'Install the package `ca-certificates`.',
    )
  }
  const image = `bottle-pipelock:${createHash('sha256').update(binary).digest('hex').slice(0, 16)}`
  const tar = pack()
  tar.entry({ name: 'etc/ssl/certs/ca-certificates.crt', mode: 0o644 }, readFileSync(bundle))
  tar.entry({ name: 'pipelock', mode: 0o755 }, binary)
  tar.finalize()
  await engine.importImage(tar, image, [
    'ENTRYPOINT ["/pipelock"]',
    'CMD ["run","--listen","0.0.0.0:8888"]',
    'EXPOSE 8888',
  ])
  return image
}

function readBinary(file: string): Buffer {
  if (!existsSync(file)) {
    throw new BottleError(
      `${file} does not exist.`,
      'Download and unpack pipelock’s release archive, and name the program in it.',
    )
  }
  const binary = readFileSync(file)
  const isElf = binary.subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]))
  if (isElf && !needsLoader(binary)) return binary
  throw new BottleError(
    isElf ? `${file} needs shared libraries, which the image does not have.` : `${file} is not a Linux program.`,
    'Name the program `pipelock` from a release archive for linux.',
  )
}

// A dynamic program has a PT_INTERP (3) entry among its ELF program headers (64-bit layout: Elf64_Ehdr, Elf64_Phdr).
function needsLoader(binary: Buffer): boolean {
  const [start, size, count] = [Number(binary.readBigUInt64LE(32)), binary.readUInt16LE(54), binary.readUInt16LE(56)]
  for (let i = 0; i < count; i++) if (binary.readUInt32LE(start + i * size) === 3) return true
  return false
}
