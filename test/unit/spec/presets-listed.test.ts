import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { defaultList, presets } from '../../../src/spec/host-lists.ts'

test('`bottle presets` lists every preset whole: page, day, where its hosts are named, each host and why', () => {
  const said = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/cli.ts', 'presets'], {
    encoding: 'utf8',
  })
  const blocks = new Map(said.split(/\n(?=\S)/).map(block => [block.slice(0, block.indexOf(':')), block]))
  expect([...blocks.keys()]).toEqual(['(the default list)', ...Object.keys(presets)])
  for (const [name, list] of Object.entries({ '(the default list)': defaultList, ...presets })) {
    const [title, source, ...rows] = (blocks.get(name) ?? '').trimEnd().split('\n')
    expect(title).toBe(`${name}: ${list.about}`)
    expect(source?.trim().startsWith(`${list.page}, ${list.written}`)).toBe(true)
    expect([name, source?.includes(';')]).toEqual([name, list.found !== 'page'])
    expect(rows.map(row => row.trim().replace(/\s{2,}/, ' '))).toEqual(
      list.hosts.map(({ host, why, shared }) => `${host} ${shared ? 'shared: ' : ''}${why}`),
    )
  }
})
