/** As much of a job summary as one part of it may take, in bytes: all of them together stay under 64 KiB. */
export const mostBytes = { run: 40 * 1024, policyChange: 12 * 1024, upload: 8 * 1024 } as const

/** The sections, in their order, that fit into so many bytes; what does not is left out whole, and that is said. */
export function fitted(sections: readonly string[], most: number): string {
  const left = '\n<p>There is more in the artifact.</p>\n'
  let bytes = Buffer.byteLength(left)
  const kept = sections.filter(section => {
    const size = Buffer.byteLength(section) + 1
    if (bytes + size > most) return false
    bytes += size
    return true
  })
  return `${kept.join('\n')}${kept.length < sections.length ? left : ''}`
}
