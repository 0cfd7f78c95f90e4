/** What a person is told about a receipt: the key, and what it is for. */
export function receiptWords(key: string): string {
  return `Receipt key: ${key}\n  To check the evidence with it: bottle verify FOLDER|ZIP --key KEY`
}
