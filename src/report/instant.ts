/** An RFC 3339 time in UTC as people read it, to the second: `2026-11-24 10:02:46 UTC`. What is none stays as it is. */
export function instant(at: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/.exec(at)
  return parts ? `${parts[1]} ${parts[2]} UTC` : at
}
