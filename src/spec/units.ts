const durations: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }
const sizes: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }

/** Reads `90s`, `30m`, `1h30m` as milliseconds; undefined when it is none, or nothing. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?[smh])+$/.test(text)) return undefined
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)]
  const ms = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (durations[unit ?? ''] ?? 0), 0)
  return ms > 0 ? Math.round(ms) : undefined
}

/** Reads `512m` or `4g` as bytes (binary units); undefined when it is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([kmg])b?$/i.exec(text)
  const unit = sizes[match?.[2]?.toLowerCase() ?? '']
  return match && unit ? Math.round(Number(match[1]) * unit) : undefined
}
