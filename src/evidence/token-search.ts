import { findByVendor, loadRules } from '../gate/program/token-formats.ts'
import type { Span } from './spans.ts'
import { mayHoldToken } from './token-shape.ts'

// What a text must hold for one of secretlint's rules to find something. Asking them all takes ten times as long.
const needles =
  /A3T|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA|secret|account|-----BEGIN|authToken|npm_|xox|xapp-|hooks\.slack|@|sk-|gsk_|hf_|lin_|ntn_|SG\.|shp|[sr]k_|gh[pousr]_|github_pat|glpat|gl[cs]|ops_|mongodb|mysql|postgres|hv[sbr]\.|vc[piark]_|dapi|dckr_|figd_|cf[ku]|cfat|tskey/i

// A variable that is called a secret: the gate wants its value to look like one, here its name is enough.
const assigned =
  /[A-Z][A-Z0-9]*_(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)["']?\s?[=:]\s?["']?[^\s"'&]{8,}/g
// The domain of a text that is a host with a token in front: some formats may hold dots, and would take it along.
const endOfHost = /(?<=^[^\s/]+)\.[a-z][a-z-]{0,20}\.[a-z]{2,12}(?::\d{1,5})?$/
// All of a private key: the gate's search is content with its beginning.
const privateKey =
  /BEGIN[\s_+%-]{1,3}(?:[A-Z0-9]{2,10}[\s_+%-]{1,3}){0,3}PRIVATE[\s_+%-]{1,3}KEY[\s\S]*?(?:END[\s_+%-]{1,3}(?:[A-Z0-9]{2,10}[\s_+%-]{1,3}){0,3}PRIVATE[\s_+%-]{1,3}KEY|$)/g

/** Is something of a token's format in a text? Loads the rules, which takes a while, only for a text that may hold one. */
export async function holdsToken(text: string): Promise<boolean> {
  if (!mayHoldToken(text)) return false
  if (!needles.test(text) && !/_(?:SECRET|PASS|TOKEN|API|ACCESS|PRIVATE)|PRIVATE/.test(text))
    return findByVendor(text).length > 0
  return (await loadTokenSearch())(text).length > 0
}

/** Loads the search for token formats that redaction uses: it finds what the gate's finds, and passes by what is none sooner. */
export async function loadTokenSearch(): Promise<(text: string) => Span[]> {
  const findByRules = await loadRules()
  return text => {
    if (!mayHoldToken(text)) return []
    const found = needles.test(text) ? [...findByRules(text), ...findByVendor(text)] : findByVendor(text)
    const more = /_(?:SECRET|PASS|TOKEN|API|ACCESS|PRIVATE)/.test(text) ? [...text.matchAll(assigned)] : []
    if (text.includes('PRIVATE')) more.push(...text.matchAll(privateKey))
    const spans = [
      ...found.map(({ from, to }): Span => [from, to]),
      ...more.map(({ 0: { length }, index }): Span => [index, index + length]),
    ]
    const domain = spans.length > 0 ? (endOfHost.exec(text)?.index ?? text.length) : 0
    return spans.map(([from, to]) => [from, from < domain ? Math.min(to, domain) : to])
  }
}
