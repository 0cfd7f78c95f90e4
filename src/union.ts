import { union } from './action/union-step.ts'

await union()
