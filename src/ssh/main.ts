import { enter } from './enter.ts'
import { tunnel } from './tunnel.ts'

// Runs inside a bottle that uses ssh, by the runner's Node: `enter PROGRAM ARG…` once, `tunnel GATE HOST PORT` per connection.
const [verb, ...words] = process.argv.slice(2)
if (verb === 'enter') enter(words)
else await tunnel(words)
