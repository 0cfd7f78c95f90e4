const layers = 2
const most = 400
const longest = 1024 * 1024

/**
 * The texts hidden in a text: itself, percent-decoded, and whatever in it decodes from base64, base64url or hex into
 * something printable, two layers deep. Bounded in number; a secret below all that is one of the known ones.
 */
export function candidates(text: string): string[] {
  const found = new Set([text.slice(0, longest)])
  let layer = [...found]
  for (let depth = 0; depth < layers; depth++) {
    layer = layer.flatMap(decoded).filter(one => !found.has(one))
    for (const one of layer) if (found.size < most) found.add(one)
  }
  return [...found]
}

function decoded(text: string): string[] {
  const percent = /%[0-9a-f]{2}/i.test(text) ? [percentDecoded(text)] : []
  const hex = (text.match(/(?:[0-9a-f]{2}){10,}/gi) ?? []).map(run => Buffer.from(run, 'hex'))
  // Separated hex, such as 41:4b:49 or 41-4b-49.
  const spread = (text.match(/(?:[0-9a-f]{2}[:\- ]){9,}[0-9a-f]{2}/gi) ?? []).map(run =>
    Buffer.from(run.replace(/[^0-9a-f]/gi, ''), 'hex'),
  )
  const base64 = (text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []).map(run => Buffer.from(run, 'base64'))
  return [...percent, ...[...hex, ...spread, ...base64].slice(0, most).flatMap(printable)]
}

function percentDecoded(text: string): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

// Data that is no text is no token either; a stray byte at the end of a cut run is forgiven.
function printable(data: Buffer): string[] {
  const text = data.toString('latin1')
  const strange = text.match(/[^\t\r\n\x20-\x7e]/g)?.length ?? 0
  return text.length >= 8 && strange <= text.length / 10 ? [text] : []
}
