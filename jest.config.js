import { readdirSync } from 'node:fs'
import { findEngine } from './src/docker/address.ts'
import { reachEngine } from './src/docker/reach.ts'
import { explain } from './src/errors.ts'

const project = name => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  transform: { '\\.ts$': './test/support/strip-types.cjs' },
})

/** Where no engine answers, its suites are left out by name; with BOTTLE_REQUIRE_DOCKER they run, and fail. */
export default async () => {
  const missing = await reachEngine(findEngine(process.env)).then(() => undefined, explain)
  const both = { maxWorkers: 2, projects: [project('unit'), project('docker')] }
  if (missing === undefined || process.env.BOTTLE_REQUIRE_DOCKER) return both
  for (const file of readdirSync('test/docker')) process.stderr.write(`skipped: test/docker/${file}: ${missing}\n`)
  return { maxWorkers: 2, projects: [project('unit')] }
}
