import type { Attempt } from '../attempt.ts'
import { direct, names, proxies } from './direct.ts'
import { files, sockets } from './files.ts'
import { gate } from './gate.ts'
import { mounts, rights } from './kernel.ts'
import { calls } from './kernel-calls.ts'
import { devices, kernelFiles } from './kernel-files.ts'
import { raw, six } from './link.ts'
import { others, processes, sidecar, theHost } from './nearby.ts'
import { outliving, resources } from './resources.ts'

/** The attempts in three parts of about the same length, so that suites can run side by side. */
export const parts = {
  /** Run on each gate. */
  gate: [...sidecar, ...others, ...gate],
  /** Run once, whatever the gate. */
  network: [...direct, ...proxies, ...names, ...theHost, ...six, ...raw],
  kernel: [
    ...processes,
    ...rights,
    ...mounts,
    ...calls,
    ...kernelFiles,
    ...devices,
    ...sockets,
    ...files,
    ...resources,
    ...outliving,
  ],
} satisfies Readonly<Record<string, readonly Attempt[]>>

/** Names one of the parts. */
export type Part = keyof typeof parts
