type Environment = Readonly<Record<string, string | undefined>>

/**
 * Why no artifact can be uploaded from here, as the beginning of a sentence, or undefined when one can. Asked before the
 * client is imported: it is large, and puts warnings of its own into the log. The hosts are those that
 * @actions/artifact 6.2 takes for GitHub's own; the variables are what it needs (facts/platform §3).
 */
export function missingArtifactService(env: Environment): string | undefined {
  const host = hostOf(env.GITHUB_SERVER_URL ?? 'https://github.com')
  if (!/^(github\.com|.*\.ghe\.com|.*\.localhost)$/i.test(host))
    return `${host} has no artifact service of version 4 (GitHub Enterprise Server has none)`
  for (const name of ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'])
    if (!env[name]) return `the runner gave this step no ${name}`
  return undefined
}

/**
 * The workflow lines that upload the evidence with the last release of upload-artifact that older servers have. `step`
 * is GITHUB_ACTION: the id of the step, or what the runner calls one without an id, which begins with two underscores.
 */
export function uploadLines(name: string, step: string | undefined): string[] {
  const named = step !== undefined && /^[A-Za-z_][\w-]*$/.test(step) && !step.startsWith('__')
  return [
    ...(named ? [] : ['# The step that runs the bottle needs `id: bottle` for this.']),
    '- uses: actions/upload-artifact@v3',
    '  if: always()',
    '  with:',
    `    name: ${JSON.stringify(name)}`,
    `    path: \${{ steps.${named ? step : 'bottle'}.outputs.evidence-path }}`,
  ]
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname
  } catch {
    return url
  }
}
