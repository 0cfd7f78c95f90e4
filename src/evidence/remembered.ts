/**
 * Remembers what a pure function of a text made of it, in bounded memory: of the texts of a log most come again. Holds
 * two generations of `most` texts; when the younger is full, what was not asked for since is forgotten with the elder.
 */
export function remembered<Made extends string | object>(
  make: (text: string) => Made,
  most: number,
  longest: number,
): (text: string) => Made {
  let [young, old] = [new Map<string, Made>(), new Map<string, Made>()]
  return text => {
    if (text.length > longest) return make(text)
    const known = young.get(text)
    if (known !== undefined) return known
    const result = old.get(text) ?? make(text)
    if (young.size >= most) [young, old] = [new Map(), young]
    young.set(text, result)
    return result
  }
}
