import { runShell } from './shell.ts'

// What `bottle` on the PATH of a job's later steps runs, by the runner's Node: the state's file, then the words of `shell:`.
const [state = '', ...words] = process.argv.slice(2)
// Standard output is a pipe, which Node writes to at once; a connection that nobody needs must not hold the step.
process.exit(await runShell(state, words))
