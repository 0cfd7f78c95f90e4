import type { Job, Limit, Outcome, Tally } from './summary.ts'

/** The sentence that comes first everywhere: did the agent run in a bottle, and what was refused. */
export function verdictOf(
  end: Outcome['end'],
  ran: boolean,
  tally: Tally,
  mode: 'enforce' | 'learn' = 'enforce',
  exceeded: readonly Limit[] = [],
  job?: Job,
): string {
  if (end.kind === 'refused') return `The agent did not run: the bottle leaked. ${end.reason}.`
  if (end.kind === 'failed' && !ran) return `The agent did not run: ${end.reason.replace(/\.$/, '')}.`
  if (end.kind === 'cancelled' && !ran) return 'The agent did not run: the step was cancelled.'
  const learned = mode === 'learn' ? 'Nothing was enforced: learn mode let every host through. ' : ''
  const ended = job ? jobSentence(job, end) : endSentence(end)
  return [`${learned}${ended}`, ...exceeded.map(one => limitSentences[one]), countSentence(tally)].join(' ')
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

function countSentence({ allowed, blocked, dlp, startupSeen, shutdownSeen }: Tally): string {
  if (!startupSeen || !shutdownSeen) {
    const known = blocked === 0 ? 'whether any was blocked is not known' : `at least ${blocked} blocked`
    return `The gate's log breaks off: at least ${count(allowed, 'request')} allowed, ${known}.`
  }
  const requests = `${count(allowed, 'request')} allowed, ${blocked} blocked`
  return dlp === 0 ? `${requests}.` : `${requests}, ${dlp} of them for carrying a secret.`
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
