// What the page is made of: JSON, put into it as data. Imports nothing, so that the page's own scripts can be checked
// against it (page/tsconfig.json). Every text may be hostile; the page sets it as text and never as markup.

/** How a thing is to be seen: `good` and `bad` for the verdict, the others for rows. */
export type Tone = 'good' | 'warning' | 'bad'

/** A row of the table of hosts: a group of refused requests, or a host that was let through. */
export interface PageRow {
  readonly host: string
  readonly port: number | null
  readonly method: string
  /** What became of it, in words: `not allowed`, `carried a secret`, `allowed`. */
  readonly what: string
  readonly state: 'secret' | 'blocked' | 'direct' | 'noted' | 'allowed'
  readonly reason: string
  readonly count: number
  /** RFC 3339, or empty where nobody kept it. */
  readonly first: string
  readonly last: string
  /** Lines of the gate's log, redacted; the first few of the group. */
  readonly lines: readonly string[]
}

/** A number at the head of the page. `value` is undefined where nobody could count. */
export interface PageFigure {
  readonly name: string
  readonly value: number | undefined
  readonly state: PageRow['state']
}

/** Requests over time; see Timeline in evidence/summary.ts. */
export interface PageTimeline {
  readonly start: number
  readonly widthMs: number
  readonly allowed: readonly number[]
  readonly blocked: readonly number[]
  readonly dlp: readonly number[]
}

/** An entry of the allowlist: where it came from, and how many requests it let through. */
export interface PageEntry {
  readonly entry: string
  readonly from: readonly string[]
  readonly used: number
}

/** A host and a sentence about it. */
export interface PageReason {
  readonly host: string
  readonly why: string
}

/** Everything the page shows. */
export interface PageData {
  readonly verdict: string
  readonly tone: Tone
  /** The verdict in two or three words. */
  readonly mark: string
  readonly figures: readonly PageFigure[]
  readonly timeline: PageTimeline | undefined
  readonly rows: readonly PageRow[]
  /** Blocks of hosts that were too many to tell apart. */
  readonly ungrouped: number
  readonly advice: readonly string[]
  readonly suggested: { readonly file: string; readonly text: string } | undefined
  readonly add: readonly PageReason[]
  readonly held: readonly PageReason[]
  readonly settings: readonly (readonly [string, string])[]
  readonly entries: readonly PageEntry[]
  /** The gate's configuration, as YAML. */
  readonly policy: string | undefined
  readonly probes: readonly {
    readonly probe: string
    readonly target: string
    readonly leaked: boolean
    readonly detail: string
  }[]
  readonly direct: {
    readonly sentence: string
    readonly rows: readonly { readonly target: string; readonly count: number }[]
  }
  /** The steps of the job, when the bottle stayed up for one. */
  readonly steps:
    | {
        readonly sentence: string
        readonly inside: readonly { readonly step: string; readonly end: string; readonly took: string }[]
        readonly outside: readonly { readonly step: string; readonly where: string }[]
      }
    | undefined
  readonly planted: { readonly sentence: string; readonly paths: readonly string[] }
  readonly facts: readonly (readonly [string, string])[]
}
