import { once } from 'node:events'
import { basename } from 'node:path'
import type { Writable } from 'node:stream'
import { BottleError, explain } from '../errors.ts'
import { evidenceFiles } from '../evidence/files.ts'
import { stepExitCodeOf } from '../exit-code.ts'
import { live } from '../live.ts'
import { mintRunId } from '../plan/names.ts'
import { prepare } from '../prepare.ts'
import { gapWords, whereToLook } from '../report/evidence-words.ts'
import { plain } from '../report/plain-text.ts'
import { receiptWords } from '../report/receipt.ts'
import { renderTerminal } from '../report/terminal.ts'
import { requestOf } from '../request.ts'
import { evidenceFolder } from '../scratch.ts'
import { cancellation } from '../signals.ts'
import { secretNames } from '../spec/schema.ts'
import { checkKeys } from '../ssh-keys.ts'
import type { Command } from './commands.ts'
import { optionUsage, readOptions } from './options.ts'

/** `bottle run`: one life of a bottle on this machine. The agent's output is printed as it is, but for what moves the cursor. */
export const runCommand: Command = {
  usage: `run ${optionUsage}`,
  about: "Run an agent's step in a bottle, and keep the evidence.",
  async run(words) {
    const request = await requestOf(readOptions(words), mintRunId(), process.env)
    if (request.spec.run === undefined)
      throw new BottleError(
        'run is missing: a bottle that stays up for a job is something for GitHub Actions.',
        "Write the commands the agent runs, such as `--run 'npm test'`.",
      )
    const names = secretNames(request.spec)
    const secrets = new Map(names.flatMap(name => (process.env[name] ? [[name, process.env[name]] as const] : [])))
    checkKeys(request.spec.ssh, secrets)
    const cancel = cancellation()
    const prepared = await prepare(request)
    const life = await live(prepared, {
      gate: request.gate,
      secrets,
      cancelled: cancel.signal,
      say: line => process.stderr.write(`${plain(line)}\n`),
      blocked: line => process.stderr.write(`${line}\n`),
      agent: (line, stream) => held(process[stream], `${plain(line)}\n`),
    })
    cancel.stop()
    process.stderr.write(`${renderTerminal(life.summary, { color: process.stderr.isTTY === true })}\n`)
    if (life.receiptKey) process.stderr.write(`${receiptWords(life.receiptKey)}\n`)
    for (const [name, value] of Object.entries(life.outputs.values))
      process.stderr.write(`Output ${name}: ${plain(value)}\n`)
    for (const text of life.outputs.refused) process.stderr.write(`An output was not taken: ${plain(text)}.\n`)
    for (const one of life.unfinished) process.stderr.write(`${plain(explain(one))}\n`)
    if (life.error !== undefined) process.stderr.write(`${explain(life.error)}\n`)
    for (const text of gapWords(life.summary)) process.stderr.write(`${text}\n`)
    const folder = evidenceFolder(prepared.plan.scratch)
    process.stderr.write(
      `${whereToLook(
        folder,
        evidenceFiles(folder).map(path => basename(path)),
        undefined,
      )}\n`,
    )
    return stepExitCodeOf(life.summary)
  },
}

// A slow reader holds the agent back, and costs no memory.
async function held(to: Writable, text: string): Promise<void> {
  if (!to.write(text)) await once(to, 'drain')
}
