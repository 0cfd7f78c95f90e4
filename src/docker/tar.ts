import { pack } from 'tar-stream'

/** A file to put into a container: its owner is the gate's user, so mode 600 is enough for it to read. */
export interface TarFile {
  readonly name: string
  readonly text: string
  readonly uid: number
}

/** An uncompressed tar of a few small files, each mode 600. The engine must never unpack a compressed one (CVE-2026-41567). */
export async function tarOf(files: readonly TarFile[]): Promise<Buffer> {
  const tar = pack()
  for (const { name, text, uid } of files) tar.entry({ name, mode: 0o600, uid, gid: uid }, text)
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
