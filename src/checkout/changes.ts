import type { Planted } from '../evidence/summary.ts'
import type { Survey } from './survey.ts'

const most = 100
const longestPath = 500

/** What is different between two looks at the same workspace. Pure. */
export function plantedBetween(before: Survey, after: Survey): Planted {
  const paths = [...new Set([...Object.keys(before.seen), ...Object.keys(after.seen)])]
  const changed = paths.filter(path => before.seen[path] !== after.seen[path]).sort()
  const repositories = changed.filter(path => path.endsWith('/') && after.seen[path] !== undefined)
  const files = changed.filter(path => !path.endsWith('/'))
  const cut = (list: string[]) => list.slice(0, most).map(path => path.slice(0, longestPath))
  return {
    repositories: cut(repositories),
    files: cut(files),
    count: repositories.length + files.length,
    complete: before.complete && after.complete,
  }
}
