import { isDeepStrictEqual } from 'node:util'
import {
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Editable } from './changeable.ts'

/**
 * The text of a spec with hosts added to the allowlist of the bottle at `base` (a path of keys; empty for the document
 * itself). Nothing but the new lines changes: comments, order, quotes and line ends stay as they are. `hosts` that are
 * there already are not added again. What cannot be edited in place (an alias, a list of tags) is written anew by YAML.
 */
export function allowing({ text, base }: Editable, hosts: readonly string[]): string {
  const document = parseDocument(text)
  const egress = [...base, 'egress']
  const list = document.getIn([...egress, 'allowlist'], true)
  const present = new Set(isSeq(list) ? (list.toJSON() as unknown[]) : [])
  const added = [...new Set(hosts)].filter(host => !present.has(host))
  if (added.length === 0) return text
  const rewritten = rewrite(text, base, added)
  const edited = insert(text, document.getIn(base.length > 0 ? base : [], true), added)
  if (edited !== undefined && means(edited, rewritten)) return edited
  return text.includes('\r\n') ? rewritten.replace(/\r?\n/g, '\r\n') : rewritten
}

/**
 * The text of a spec without what may hold anything: scripts and the values of `env` become `***`. For the evidence, where
 * nobody needs them.
 */
export function withoutPasted(text: string): string {
  const document = parseDocument(text)
  visit(document, {
    Pair(_, { key, value }) {
      const name = isScalar(key) ? key.value : undefined
      const held = name === 'env' && isMap(value) ? value.items.map(pair => pair.value) : name === 'run' ? [value] : []
      for (const one of held) if (isScalar(one)) Object.assign(one, { value: '***', type: 'PLAIN' })
    },
  })
  return document.toString({ lineWidth: 0 })
}

function means(text: string, other: string): boolean {
  const document = parseDocument(text)
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), parseDocument(other).toJS())
}

function rewrite(text: string, base: readonly PropertyKey[], hosts: readonly string[]): string {
  const document = parseDocument(text)
  const egress = [...base, 'egress']
  const list = document.getIn([...egress, 'allowlist'], true)
  if (isSeq(list)) for (const host of hosts) list.add(document.createNode(host))
  else if (isMap(document.getIn(egress, true))) document.setIn([...egress, 'allowlist'], document.createNode(hosts))
  else document.setIn(egress, document.createNode({ allowlist: hosts }))
  return document.toString({ lineWidth: 0 })
}

// The deepest part that is there already gets what is missing.
function insert(text: string, bottle: unknown, hosts: readonly string[]): string | undefined {
  if (!isMap(bottle)) return undefined
  const egress = bottle.get('egress', true)
  if (isMap(egress)) {
    const list = egress.get('allowlist', true)
    if (isSeq(list)) return intoList(text, list as YAMLSeq<ParsedNode>, hosts)
    if (egress.has('allowlist')) return undefined
    return intoMap(text, egress as YAMLMap<ParsedNode, ParsedNode>, ['allowlist'], hosts)
  }
  if (bottle.has('egress')) return undefined
  return intoMap(text, bottle as YAMLMap<ParsedNode, ParsedNode>, ['egress', 'allowlist'], hosts)
}

function intoList(text: string, list: YAMLSeq<ParsedNode>, hosts: readonly string[]): string | undefined {
  const [first, last] = [list.items[0], list.items.at(-1)]
  if (list.flow) {
    const at = last?.range?.[1] ?? (list.range?.[0] ?? 0) + 1
    return spliced(text, at, `${last ? ', ' : ''}${hosts.join(', ')}`)
  }
  if (!first?.range || !last?.range) return undefined
  const dash = /^[ ]*-[ ]+$/.exec(text.slice(lineStart(text, first.range[0]), first.range[0]))?.[0]
  return dash === undefined
    ? undefined
    : newLines(
        text,
        last.range[1],
        hosts.map(host => `${dash}${host}`),
      )
}

function intoMap(
  text: string,
  map: YAMLMap<ParsedNode, ParsedNode>,
  keys: readonly string[],
  hosts: readonly string[],
): string | undefined {
  const [first, last] = [map.items[0], map.items.at(-1)]
  if (map.flow) {
    const value = keys.reduceRight(
      (inner, key, i) => (i === 0 ? `${key}: ${inner}` : `{${key}: ${inner}}`),
      `[${hosts.join(', ')}]`,
    )
    const at = last ? endOf(last) : (map.range?.[0] ?? 0) + 1
    return at === undefined ? undefined : spliced(text, at, `${last ? ', ' : ''}${value}`)
  }
  const [start, end] = [first?.key.range?.[0], last && endOf(last)]
  if (start === undefined || end === undefined) return undefined
  const indent = text.slice(lineStart(text, start), start)
  if (!/^ *$/.test(indent)) return undefined
  const lines = keys.map((key, i) => `${indent}${'  '.repeat(i)}${key}:`)
  const dash = `${indent}${'  '.repeat(keys.length)}- `
  return newLines(text, end, [...lines, ...hosts.map(host => `${dash}${host}`)])
}

function endOf(pair: Pair<ParsedNode, ParsedNode | null>): number | undefined {
  return (pair.value?.range ?? pair.key.range)?.[1]
}

// After the last line that says something before `at`, with whatever comment is on it.
function newLines(text: string, at: number, lines: readonly string[]): string {
  const said = text.slice(0, at).trimEnd().length
  const end = text.indexOf('\n', said)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  if (end < 0) return `${text}${eol}${lines.join(eol)}`
  return spliced(text, end + 1, lines.map(line => `${line}${eol}`).join(''))
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

function spliced(text: string, at: number, added: string): string {
  return `${text.slice(0, at)}${added}${text.slice(at)}`
}
