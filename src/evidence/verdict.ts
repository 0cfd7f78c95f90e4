import type { FailOn, Job, Limit, Outcome, Summary, Tally } from './summary.ts'

/** The sentence that comes first everywhere: did the agent run in a bottle, and what was refused. */
export function verdictOf(
  end: Outcome['end'],
  ran: boolean,
  tally: Tally,
  { mode = 'enforce', failOn = 'never' }: { mode?: 'enforce' | 'learn'; failOn?: FailOn } = {},
  exceeded: readonly Limit[] = [],
  job?: Job,
): string {
  if (end.kind === 'refused') return `The agent did not run: the bottle leaked. ${end.reason}.`
  if (end.kind === 'failed' && !ran) return `The agent did not run: ${end.reason.replace(/\.$/, '')}.`
  if (end.kind === 'cancelled' && !ran) return 'The agent did not run: the step was cancelled.'
  const learned = mode === 'learn' ? 'Nothing was enforced: learn mode let every host through. ' : ''
  const failing = failureOf({ counts: tally, failOn })
  return [
    `${learned}${job ? jobSentence(job, end) : endSentence(end)}`,
    ...exceeded.map(one => limitSentences[one]),
    countSentence(tally),
    ...(failing ? [`The step fails: ${failing}.`] : []),
  ].join(' ')
}

/** Why blocks make the step fail, as a sentence's tail; undefined when they do not. Those that are expected never do. */
export function failureOf({
  counts: { blocked, dlp, expected },
  failOn,
}: Pick<Summary, 'failOn'> & { counts: Pick<Summary['counts'], 'blocked' | 'dlp' | 'expected'> }): string | undefined {
  if (failOn === 'dlp' && dlp > 0) return `${count(dlp, 'request')} carried a secret (fail-on: dlp)`
  const unexpected = blocked - expected
  if (failOn !== 'any-block' || unexpected <= 0) return undefined
  return `${count(unexpected, 'request')} ${unexpected === 1 ? 'was' : 'were'} blocked${expected > 0 ? ' unexpectedly' : ''} (fail-on: any-block)`
}

function jobSentence({ inside, count: all, outside }: Job, end: Outcome['end']): string {
  const failed = inside.filter(one => one.exitCode !== 0).length
  const ran = `${count(all, 'step')} of the job ran in the bottle${failed > 0 ? `, ${failed} of them failed` : ''}`
  const others = outside && outside.length > 0 ? `${ran}, ${count(outside.length, 'later step')} outside` : ran
  return end.kind === 'failed' ? `${others}; ${end.reason.replace(/\.$/, '')}.` : `${others}.`
}

const limitSentences: Readonly<Record<Limit, string>> = {
  oom: 'It ran out of memory (limits.memory), and something in it was killed for that.',
  pids: 'It ran out of processes (limits.pids).',
  disk: 'The disk of the workspace is full.',
}

function endSentence(end: Outcome['end']): string {
  switch (end.kind) {
    case 'exited':
      return end.code === 0
        ? 'The agent ran in a bottle.'
        : `The agent ran in a bottle and exited with code ${end.code}.`
    case 'timed-out':
      return `The agent was stopped after its ${duration(end.afterMs)}.`
    case 'cancelled':
      return 'The agent was stopped because the step was cancelled.'
    default:
      return `The agent was stopped: ${end.reason.replace(/\.$/, '')}.`
  }
}

function countSentence({ allowed, blocked, dlp, expected, startupSeen, shutdownSeen }: Tally): string {
  if (!startupSeen || !shutdownSeen) {
    const known = blocked === 0 ? 'whether any was blocked is not known' : `at least ${blocked} blocked`
    return `The gate's log breaks off: at least ${count(allowed, 'request')} allowed, ${known}.`
  }
  const of = [
    ...(dlp > 0 ? [`${dlp} of them for carrying a secret`] : []),
    ...(expected > 0 ? [`${expected} of them expected`] : []),
  ]
  return `${[`${count(allowed, 'request')} allowed, ${blocked} blocked`, ...of].join(', ')}.`
}

/** A number and its noun, such as `1 request` or `12 requests`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}

/** A time span as people say it: `850 ms`, `12.3 s`, `4 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`
  const seconds = Math.round(ms / 1000)
  return [`${Math.floor(seconds / 60)} min`, ...(seconds % 60 ? [`${seconds % 60} s`] : [])].join(' ')
}
