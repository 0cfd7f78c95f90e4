// Sections and keys that carry credentials, point at files outside the checkout, or make git execute something.
const refusedSections = /^(include|includeif|credential|gpg|alias|filter|diff|merge|mergetool|difftool|pager)$/
const refusedKeys =
  /^(extraheader|proxy|proxyauthmethod|sshcommand|fsmonitor|hookspath|askpass|editor|pager|gitproxy|cookiefile|sslkey|sslcert|worktree|uploadpack|receivepack|vcs|attributesfile|excludesfile)$/

/**
 * A checkout's `.git/config` with everything left out that holds a credential or that git would execute:
 * what the agent sees (read-only) instead of the real file. actions/checkout puts its token into
 * `http.*.extraheader` (up to v5) or behind `includeIf` (v6 and later).
 */
export function harmlessGitConfig(text: string): string {
  const kept: string[] = []
  let sectionKept = true
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const section = /^\s*\[\s*([A-Za-z0-9.-]+)/.exec(line)
    if (section) sectionKept = !refusedSections.test((section[1] ?? '').split('.')[0]?.toLowerCase() ?? '')
    if (!sectionKept) continue
    const key = /^\s*(?:\[[^\]]*\]\s*)?([A-Za-z][A-Za-z0-9-]*)/.exec(line)?.[1]?.toLowerCase()
    if (!section && key && refusedKeys.test(key)) continue
    if (section && /\]\s*\S/.test(line)) {
      kept.push(line.replace(/\].*$/, ']'))
      continue
    }
    kept.push(line.replace(/(:\/\/)[^/\s"]*@/g, '$1'))
  }
  return kept.join('\n')
}
