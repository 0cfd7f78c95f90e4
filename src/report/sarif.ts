import { createHash } from 'node:crypto'
import type { Location, Log, ReportingDescriptor, Result } from 'sarif'
import type { PlanParts } from '../evidence/schema.ts'
import type { BlockGroup, Summary } from '../evidence/summary.ts'
import { count } from '../evidence/verdict.ts'
import type { BlockKind } from '../gate/events.ts'
import { kindHelp, kindOrder as kinds, kindWords, whyOf } from './kinds.ts'
import { plain } from './plain-text.ts'

// GitHub shows the first 5000 results of an upload.
const mostResults = 5000
const longestMessage = 1000

/** How bad a kind is: SARIF's own level, and GitHub's `security-severity` (over 7 is high, under 4 is low). */
const rules: Readonly<Record<BlockKind, Pick<Rule, 'level' | 'severity'>>> = {
  secret: {
    level: 'error',
    severity: '8.0',
  },
  'private-address': {
    level: 'warning',
    severity: '7.0',
  },
  heuristic: {
    level: 'warning',
    severity: '6.0',
  },
  protocol: {
    level: 'warning',
    severity: '4.5',
  },
  'not-allowed': { level: 'note', severity: '3.0' },
  rate: { level: 'note', severity: '2.0' },
}

interface Rule {
  readonly level: 'error' | 'warning' | 'note'
  readonly severity: string
}

/**
 * The blocks of a run as SARIF 2.1.0 but for those that are expected, a result for each group, the worst first, at the line of the spec's allowlist or
 * at the workflow's file. What came out of the bottle is in messages alone.
 */
export function sarifOf(summary: Summary, at?: PlanParts['policyAt']): Log {
  const { end } = summary.outcome
  const groups = summary.blocks
    .filter(one => !one.expected)
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
  const rest = groups.length - mostResults
  const locations = locationsOf(at)
  const left = [
    ...(rest > 0 ? [`${count(rest, 'more group')} of blocks in summary.json.`] : []),
    ...(summary.counts.ungrouped > 0 ? [`${count(summary.counts.ungrouped, 'more block')} in blocked.jsonl.`] : []),
  ]
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Bottle', rules: kinds.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: summary.enforced && end.kind === 'exited' && end.code === 0,
            ...(end.kind === 'exited' ? { exitCode: end.code } : {}),
            exitCodeDescription: message(summary.verdict),
            ...(left.length > 0
              ? { toolExecutionNotifications: left.map(text => ({ level: 'warning' as const, message: { text } })) }
              : {}),
          },
        ],
        results: groups.slice(0, mostResults).map(group => resultOf(group, locations)),
      },
    ],
  }
}

function ruleOf(kind: BlockKind): ReportingDescriptor {
  const { level, severity } = rules[kind]
  return {
    id: `bottle/${kind}`,
    name: kind.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `A request was refused: ${kindWords[kind]}.` },
    help: { text: kindHelp[kind] },
    defaultConfiguration: { level },
    properties: { 'security-severity': severity, tags: ['security', 'egress'] },
  }
}

function resultOf(group: BlockGroup, locations: Location[]): Result {
  const { host, port, method, kind, reason, count: times, first, last } = group
  const where = port === undefined ? host : `${host}:${port}`
  const because = reason === '' ? '' : ` (${reason})`
  return {
    ruleId: `bottle/${kind}`,
    ruleIndex: kinds.indexOf(kind),
    level: rules[kind].level,
    message: {
      text: message(
        `${method} ${where}: ${whyOf(group)}, ${count(times, 'time')}${because}. First ${first}, last ${last}.`,
      ),
    },
    occurrenceCount: Math.max(1, times),
    ...(locations.length > 0 ? { locations } : {}),
    // GitHub tells alerts apart by this name alone; all of ours are on one line.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(group)}:1` },
  }
}

// SARIF reads `[text](target)` and `{0}` in a message (§3.11.5, §3.11.6): a bracket is escaped, a brace is doubled.
function message(text: string): string {
  return plain(text)
    .slice(0, longestMessage)
    .replace(/[[\]\\]/g, '\\$&')
    .replace(/[{}]/g, '$&$&')
}

function fingerprint({ host, port, method, kind }: BlockGroup): string {
  return createHash('sha256')
    .update(JSON.stringify([host, port, method, kind]))
    .digest('hex')
    .slice(0, 16)
}

function locationsOf(at: PlanParts['policyAt']): Location[] {
  if (!at || /^\/|(^|\/)\.\.(\/|$)/.test(at.file)) return []
  const uri = at.file.toWellFormed().split('/').map(encodeURIComponent).join('/')
  return [
    {
      physicalLocation: {
        artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
        ...(at.line === undefined ? {} : { region: { startLine: at.line } }),
      },
    },
  ]
}
