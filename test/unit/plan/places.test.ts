import { expect, test } from '@jest/globals'
import { seenByEngine } from '../../../src/plan/places.ts'

const places = [
  { here: '/__w', there: '/home/runner/work' },
  { here: '/__w/_temp', there: '/mnt/temp' },
  { here: '/github/home', there: '/home/runner/work/_temp/_github_home' },
]
const bind = (source: string) => ({ Type: 'bind' as const, Source: source, Target: source, ReadOnly: true })
const sources = (...paths: string[]) => seenByEngine(places, paths.map(bind)).map(one => one.Source)

test('a source is named as the engine sees it, by the innermost mount that holds it; its target stays', () => {
  expect(sources('/__w', '/__w/repo/repo', '/__w/_temp/bottle-1/inside')).toEqual([
    '/home/runner/work',
    '/home/runner/work/repo/repo',
    '/mnt/temp/bottle-1/inside',
  ])
  expect(seenByEngine(places, [bind('/__w/repo')])[0]?.Target).toBe('/__w/repo')
})

test('a path that only begins like a mount is not on it', () => {
  expect(() => sources('/__work/repo')).toThrow(/engine cannot see \/__work\/repo: this job runs in a container/)
})

test('without places every path is the same on both sides, and what is no bind is never touched', () => {
  expect(seenByEngine([], [bind('/work')])).toEqual([bind('/work')])
  const volume = { Type: 'volume' as const, Source: 'bottle-1-config', Target: '/config', ReadOnly: false }
  expect(seenByEngine(places, [volume])).toEqual([volume])
})
