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

function rendered(name: string, { about, page, written, found, hosts }: HostList): string {
  const width = Math.max(...hosts.map(one => one.host.length))
  const rows = hosts.map(one => `  ${one.host.padEnd(width)}  ${one.shared ? 'shared: ' : ''}${one.why}\n`)
  return `${name}: ${about}\n  ${page}, ${written}${said[found]}\n${rows.join('')}`
}

// What is left to say after the page and the day: nothing, when the page itself names the hosts.
const said: Readonly<Record<HostList['found'], string>> = {
  page: '',
  elsewhere: '; its hosts are named by public sources, not all by this page',
  nowhere: '; not confirmed: the page could not be read',
}
