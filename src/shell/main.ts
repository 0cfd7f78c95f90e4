import { dirname, join } from 'node:path'
import { runShell } from './shell.ts'
import { stateFile } from './state.ts'

// What start.cjs runs, as `bottle` on the PATH of a job's later steps: the words are those of `shell:`, the state is beside
// the program's folder.
const [, program = '', ...words] = process.argv
const state = join(dirname(program), '..', stateFile)
// Standard output is a pipe, which Node writes to at once; a connection that nobody needs must not hold the step.
// Not awaited at the top: this is bundled as a script, which Node has loaded sooner than a module.
void runShell(state, words).then(code => process.exit(code))
