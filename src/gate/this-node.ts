/** The Node that runs this: its program, the dynamic loader that starts it, and the shared libraries it has loaded. */
export interface ThisNode {
  readonly program: string
  /** Undefined when it is linked statically, so that it needs neither loader nor libraries. */
  readonly loader: string | undefined
  readonly libraries: readonly string[]
}

/** Looks at this process; Node's own report names every library that its loader mapped, the loader itself among them. */
export function thisNode(): ThisNode {
  // Without this the report would look up the names of every open socket's peer.
  Object.assign(process.report, { excludeNetwork: true })
  const report = process.report.getReport() as unknown as { sharedObjects: string[] }
  const mapped = report.sharedObjects.filter(path => path.startsWith('/') && path !== process.execPath)
  // ld-linux-x86-64.so.2, ld-linux-aarch64.so.1, ld-musl-x86_64.so.1: glibc's and musl's names on every architecture.
  const loader = mapped.find(path => /\/ld-[^/]+\.so\.\d+$/.test(path))
  return { program: process.execPath, loader, libraries: mapped.filter(path => path !== loader) }
}
