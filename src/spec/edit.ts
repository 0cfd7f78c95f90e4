import { type Document, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml'

/**
 * The text of a spec with hosts added to the allowlist of the bottle at `base` (a path of keys; empty for the document
 * itself). Edits the document, so comments and order stay. `hosts` that are there already are not added again. Scripts
 * and the values of `env` become `***`: the text goes into the evidence, and they may hold anything.
 */
export function allowing(text: string, base: readonly PropertyKey[], hosts: readonly string[]): string {
  const document = parseDocument(text)
  leaveOutPasted(document)
  const egress = [...base, 'egress']
  const list = document.getIn([...egress, 'allowlist'], true)
  if (isSeq(list)) {
    const present = new Set(list.toJSON() as unknown[])
    for (const host of hosts) if (!present.has(host)) list.add(document.createNode(host))
  } else if (isMap(document.getIn(egress, true))) document.setIn([...egress, 'allowlist'], document.createNode(hosts))
  else document.setIn(egress, document.createNode({ allowlist: hosts }))
  return document.toString({ lineWidth: 0 })
}

function leaveOutPasted(document: Document): void {
  visit(document, {
    Pair(_, { key, value }) {
      const name = isScalar(key) ? key.value : undefined
      const held = name === 'env' && isMap(value) ? value.items.map(pair => pair.value) : name === 'run' ? [value] : []
      for (const one of held) if (isScalar(one)) Object.assign(one, { value: '***', type: 'PLAIN' })
    },
  })
}
