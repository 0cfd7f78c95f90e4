import { isAboutTheAddress, isAboutTheName, type Mode } from './lists.ts'
import type { Round } from './place.ts'
import type { Planned, Sent, Variant } from './requests.ts'

/** What one case came to under one list, sent one way. */
export interface Result {
  readonly id: string
  readonly category: string
  readonly expected: string
  readonly mode: Mode
  readonly variant: Variant
  /** As the case wants it, not as it wants it, or not a question for this tool. */
  readonly outcome: 'good' | 'bad' | 'not applicable'
  readonly why: string
}

/** All that is known when the cases of one gate are judged. */
export interface Known {
  readonly rounds: Readonly<Record<Mode, Round>>
  /** What arrived without a gate: what does not, proves nothing with one. */
  readonly control: Round
  /** Tags of the requests that the gate's address guard refused where nothing can leave, and why. */
  readonly rehearsed: ReadonlyMap<string, string>
  /** Hosts on the strict list, and entries of the open one. */
  readonly strict: ReadonlySet<string>
  readonly allows: (host: string) => boolean
}

/** Judges every case at the listener, each list and each way. Pure. */
export function judge(planned: readonly Planned[], known: Known): Result[] {
  const causes = { strict: causesOf(planned, known.rounds.strict), open: causesOf(planned, known.rounds.open) }
  return planned.flatMap(plan =>
    (['strict', 'open'] as const).flatMap(mode =>
      (['plain', 'tls'] as const).map((variant): Result => {
        const { id, category, expected } = plan.one
        const requests = plan.requests.filter(one => one.variant === variant)
        const reason = inapplicable(plan, requests, mode, variant, known)
        const verdict = reason
          ? ({ outcome: 'not applicable', why: reason } as const)
          : verdictOf(plan, requests, mode, known, causes[mode])
        return { id, category, expected, mode, variant, ...verdict }
      }),
    ),
  )
}

/** Can this tool be asked at all? Undefined, or the reason why not. */
function inapplicable(
  plan: Planned,
  requests: readonly Sent[],
  mode: Mode,
  variant: Variant,
  { control, strict, allows }: Known,
): string | undefined {
  const { one, hosts } = plan
  if (plan.never) return plan.never
  if (requests.length === 0) return 'its scheme has no form inside TLS'
  const named = hosts.every(host => host.kind === 'name')
  if (named && !requests.every(({ tag }) => control.arrived.has(tag))) return 'does not arrive without a gate either'
  if (one.expected === 'allow') {
    if (!named) return 'its host is an address that is never dialled'
    const shut = hosts.find(host => !allows(host.name))
    return shut && `${shut.name} cannot be on an allowlist`
  }
  if (mode === 'strict') return hosts.some(host => strict.has(host.name)) ? 'its host is on the list' : undefined
  const impossible = hosts.find(host => host.kind === 'impossible')
  if (impossible?.kind === 'impossible') return impossible.why
  if (one.inputType === 'response_content') return 'response scanning: no gate of ours blocks on it'
  const unknown = one.requires.find(
    need =>
      !/^(url|header|headers|request|body|request_body|host|hostname|entropy|dlp|ssrf|encoding)(_(scanning|dlp|detection|protection))?$/.test(
        need,
      ),
  )
  if (unknown) return `requires ${unknown}`
  const shut = hosts.find(host => host.kind === 'name' && !allows(host.name))
  if (shut) return `${shut.name} cannot be on an allowlist`
  if (variant === 'tls' && named && !isAboutTheName(plan) && !isAboutTheAddress(plan)) return 'opaque in TLS'
  return undefined
}

type Causes = ReadonlyMap<string, string>

function verdictOf(
  plan: Planned,
  requests: readonly Sent[],
  mode: Mode,
  known: Known,
  causes: Causes,
): Pick<Result, 'outcome' | 'why'> {
  const round = known.rounds[mode]
  const cause = requests.map(({ tag }) => causes.get(tag)).find(text => text !== undefined) ?? 'nothing was answered'
  const passed = requests.filter(({ tag }) => round.arrived.has(tag))
  if (plan.one.expected === 'allow') {
    const whole = requests.every(({ tag }) => {
      const answer = round.answers.get(tag)
      return round.arrived.has(tag) && answer?.status === 200 && answer.text.includes(plan.answer ?? '')
    })
    return whole ? { outcome: 'good', why: 'arrived' } : { outcome: 'bad', why: cause }
  }
  // An address has no listener: a gate that did not refuse would have dialled it.
  if (plan.hosts.some(host => host.kind === 'guarded')) {
    const guard = requests.map(({ tag }) => known.rehearsed.get(tag))
    if (guard.includes(undefined))
      return { outcome: 'bad', why: 'the address guard did not refuse it, so no bottle sent it' }
    if (!requests.every(({ tag }) => isRefusal(round.answers.get(tag))))
      return { outcome: 'bad', why: `was not refused: ${cause}` }
    if (mode === 'strict') return { outcome: 'good', why: cause }
    return { outcome: 'good', why: guard[0] ?? '' }
  }
  // Under the strict list nothing may arrive; of a sequence that looks into requests, one refusal breaks it.
  const stopped = mode === 'strict' ? passed.length === 0 : passed.length < requests.length
  const refused = mode === 'strict' || requests.some(({ tag }) => isRefusal(round.answers.get(tag)))
  if (stopped && refused) return { outcome: 'good', why: cause }
  return {
    outcome: 'bad',
    why: stopped ? cause : `arrived: ${plan.one.why.replaceAll('_', ' ') || 'no scanner objected'}`,
  }
}

function isRefusal(answer: { status: number; inTunnel: boolean } | undefined): boolean {
  return answer !== undefined && !answer.inTunnel && answer.status >= 400 && answer.status < 500
}

// Requests go one at a time, so the n-th refusal is the n-th block of the log; where they do not agree, the answer's own words.
function causesOf(planned: readonly Planned[], round: Round): Causes {
  const tags = planned.flatMap(plan => plan.requests.map(({ tag }) => tag))
  const refusals = tags.filter(tag => isRefusal(round.answers.get(tag)) && !round.arrived.has(tag))
  const inStep = refusals.length === round.blocks.length
  return new Map(
    tags.flatMap((tag): [string, string][] => {
      const answer = round.answers.get(tag)
      if (!answer) return []
      const block = inStep ? round.blocks[refusals.indexOf(tag)] : undefined
      if (block) return [[tag, `${block.scanner}: ${block.reason}`]]
      return [[tag, `${answer.status || 'no answer'}: ${answer.text.trim().slice(0, 120)}`]]
    }),
  )
}
