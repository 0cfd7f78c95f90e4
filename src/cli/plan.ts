import { mintRunId } from '../plan/names.ts'
import { planOnly } from '../prepare.ts'
import { renderPlan } from '../report/plan.ts'
import { requestOf } from '../request.ts'
import type { Command } from './commands.ts'
import { optionUsage, readOptions } from './options.ts'

/** `bottle plan`: prints what a run would do, and creates nothing. */
export const planCommand: Command = {
  usage: `plan [--json] [--explain] ${optionUsage}`,
  about: 'Print the plan: who may be reached, and what the gate will read. Creates nothing.',
  async run(words) {
    const json = words.includes('--json')
    const explain = words.includes('--explain')
    const rest = words.filter(word => !['--json', '--explain'].includes(word))
    const request = await requestOf(readOptions(rest), mintRunId(), process.env)
    const plan = await planOnly(request)
    process.stdout.write(`${json ? JSON.stringify(plan, null, 2) : renderPlan(plan, { explain })}\n`)
    return 0
  },
}
