import { covers } from '../spec/destination.ts'
import type { Plan } from './plan.ts'

/** Says of a host whether it is meant to be blocked. */
export function expectedBy({ expected }: Pick<Plan, 'expected'>): (host: string) => boolean {
  return host => expected.some(entry => covers(entry, host))
}
