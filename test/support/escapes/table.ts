import type { Verdict } from './suite.ts'

/** What is wrong with a verdict, or undefined: it got out, or its control did not, so that being contained says nothing. */
export function wrong({ skipped, contained, control }: Verdict): string | undefined {
  if (skipped) return undefined
  if (contained.broken || control.broken) return 'BROKEN'
  if (contained.out) return 'GOT OUT'
  return control.out ? undefined : 'CONTROL FAILED'
}

/** The verdicts by family, as a Markdown table with its sums. */
export function familyTable(verdicts: readonly Verdict[]): string {
  const families = [...new Set(verdicts.map(one => one.attempt.family))]
  const row = (name: string, of: readonly Verdict[]) => {
    const run = of.filter(one => !one.skipped)
    const contained = run.filter(one => !one.contained.out).length
    const succeeded = run.filter(one => one.control.out).length
    return `| ${[name, run.length, contained, succeeded, of.length - run.length].join(' | ')} |`
  }
  return [
    '| family | attempts | contained | controls that succeeded | not run here |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...families.map(name =>
      row(
        name,
        verdicts.filter(one => one.attempt.family === name),
      ),
    ),
    row('all', verdicts),
  ].join('\n')
}
