// Sections that git's own work in a checkout needs. What is not here may hold a credential (`http`, `sendemail`, other
// tools' tokens), point at files outside the checkout, or make git execute something.
const keptSections =
  /^(core|remote|branch|user|author|committer|submodule|extensions|init|pull|push|fetch|rebase|commit|tag|color|column|status|log|index|feature|advice|gc|pack|checkout|clone|i18n|blame|url|transfer|am|apply|rerere|maintenance|versionsort|worktree|lfs)$/
const refusedKeys =
  /^(proxy|proxyauthmethod|sshcommand|fsmonitor|hookspath|askpass|editor|pager|gitproxy|uploadpack|receivepack|vcs|attributesfile|excludesfile|program|sequenceeditor|update)$/

/**
 * A git configuration with everything left out that may hold a credential or that git would execute: what the agent
 * sees (read-only) instead of the real file. actions/checkout puts its token into `http.*.extraheader` (up to v5) or
 * behind `includeIf` (v6 and later).
 */
export function harmlessGitConfig(text: string): string {
  const kept: string[] = []
  let sectionKept = false
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const section = /^\s*\[\s*([A-Za-z0-9.-]+)/.exec(line)
    if (section) sectionKept = keptSections.test((section[1] ?? '').split('.')[0]?.toLowerCase() ?? '')
    if (!sectionKept) continue
    const key = /^\s*(?:\[[^\]]*\]\s*)?([A-Za-z][A-Za-z0-9-]*)/.exec(line)?.[1]?.toLowerCase()
    if (!section && key && refusedKeys.test(key)) continue
    // A key on the section's own line is dropped, whatever it is: nobody's tools write it there.
    const whole = section && /\]\s*\S/.test(line) ? line.replace(/\].*$/, ']') : line
    kept.push(whole.replace(/(:\/\/)[^/"]*@/g, '$1'))
  }
  return kept.join('\n')
}
