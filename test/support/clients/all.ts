import type { ClientCase } from './case.ts'
import { large } from './large.ts'
import { others } from './others.ts'
import { packages } from './packages.ts'
import { requests } from './requests.ts'
import { crowd, streams } from './streams.ts'

/** The clients that share a bottle. */
export const together: readonly ClientCase[] = [...crowd, ...requests, ...packages, ...streams, ...others]

/** Every client that the suite runs, in the order of the documentation's table. */
export const clientCases: readonly ClientCase[] = [...requests, ...packages, ...crowd, ...streams, ...large, ...others]
