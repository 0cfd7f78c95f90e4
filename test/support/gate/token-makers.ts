import { shapeMakers } from './shape-makers.ts'
import type { TokenMaker } from './token-parts.ts'
import { vendorMakers } from './vendor-makers.ts'

/** The formats that the table test sends. */
export const tokenMakers: readonly TokenMaker[] = [...vendorMakers, ...shapeMakers]
