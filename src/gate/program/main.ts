import { commandLine } from './verbs.ts'

await commandLine(process.argv.slice(2))
