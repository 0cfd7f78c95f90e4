/** What the expressions of a workflow may ask for. */
export interface Contexts {
  readonly secrets: Readonly<Record<string, string>>
  readonly inputs: Readonly<Record<string, string>>
  readonly matrix: Readonly<Record<string, string>>
  /** Outputs of the steps so far, by step id. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Fills the few expressions that the examples hold into a text. Throws for any other, and for what is not there. */
export function evaluator(contexts: Contexts): (text: string) => string {
  const value = (expression: string): string => {
    const [, context = '', name = ''] = /^(secrets|inputs|matrix)\.([\w-]+)$/.exec(expression) ?? []
    if (context) return found(contexts[context as 'secrets' | 'inputs' | 'matrix'][name], expression)
    const [, id = '', output = ''] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(expression) ?? []
    if (id) return found(contexts.outputs[id]?.[output], expression)
    const [, json = '', key = ''] = /^fromJSON\((.+)\)\.([\w-]+)$/.exec(expression) ?? []
    if (json) return found((JSON.parse(value(json)) as Record<string, string>)[key], expression)
    throw new Error(`nobody plays the expression ${expression}`)
  }
  return text => text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => value(expression))
}

function found(value: string | undefined, expression: string): string {
  if (value === undefined) throw new Error(`${expression} is not there`)
  return value
}
