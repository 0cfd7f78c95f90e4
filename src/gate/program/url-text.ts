const mostCombined = 10

/**
 * The texts in a URL's path and query that may carry a secret: as they are, each value alone, and what comes of joining
 * segments and values, whichever two or three of them belong together.
 */
export function queryText(path: string): string {
  const at = path.indexOf('?')
  const segments = (at < 0 ? path : path.slice(0, at)).split('/').filter(Boolean)
  const values = at < 0 ? [] : [...new URLSearchParams(path.slice(at + 1).replaceAll(';', '&')).values()]
  const joined = [segments.join(''), values.join(''), [...segments, ...values].join('')]
  return [path, ...values, ...joined, ...combined(values), path.replace(/[/.,;|+ ]/g, '')].join('\n')
}

// Decoys may stand between the parts, but only where few values are every choice can be looked at.
function combined(values: readonly string[]): string[] {
  if (values.length < 3 || values.length > mostCombined) return []
  const found: string[] = []
  for (const [i, one] of values.entries())
    for (const [j, two] of values.entries()) {
      if (i === j) continue
      found.push(one + two)
      for (let k = j + 1; k < values.length; k++) if (i < j) found.push(one + two + values[k])
    }
  return found
}

/** The texts in a host name that may carry a secret: the name, its labels joined, forwards and backwards, and in capitals. */
export function hostText(host: string): string {
  const labels = host.replace(/:\d+$/, '').split('.')
  const own = labels.length > 2 ? labels.slice(0, -2) : labels
  const joined = own.join('')
  return [host, joined, labels.join(''), [...own].reverse().join(''), joined.toUpperCase()].join('\n')
}
