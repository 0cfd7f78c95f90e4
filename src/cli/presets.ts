import { defaultList, type HostList, presets } from '../spec/host-lists.ts'
import type { Command } from './commands.ts'

/** `bottle presets`: the lists that `presets:` can name, and the default list. */
export const presetsCommand: Command = {
  usage: 'presets',
  about: 'List the presets: which hosts, why, since when, and where that is written.',
  async run() {
    const lists = Object.entries(presets).map(([name, list]) => rendered(name, list))
    process.stdout.write([rendered('(the default list)', defaultList), ...lists].join('\n'))
    return 0
  },
}

function rendered(name: string, { about, page, written, hosts }: HostList): string {
  const width = Math.max(...hosts.map(one => one.host.length))
  const rows = hosts.map(one => `  ${one.host.padEnd(width)}  ${one.shared ? 'shared: ' : ''}${one.why}\n`)
  return `${name}: ${about}\n  ${page}, ${written}\n${rows.join('')}`
}
