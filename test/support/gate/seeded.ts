import { createHash } from 'node:crypto'

/** Bytes that look random and are the same in every run: what is made of them is the same, and nowhere written down. */
export function seeded(seed: string): { bytes(count: number): Buffer; below(limit: number): number } {
  let blocks = 0
  let left = Buffer.alloc(0)
  const bytes = (count: number): Buffer => {
    while (left.length < count)
      left = Buffer.concat([left, createHash('sha256').update(`${seed} ${blocks++}`).digest()])
    const taken = left.subarray(0, count)
    left = left.subarray(count)
    return taken
  }
  return { bytes, below: limit => bytes(6).readUIntBE(0, 6) % limit }
}
