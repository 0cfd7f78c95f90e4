import { readdirSync } from 'node:fs'
import { findEngine } from './src/docker/address.ts'
import { reachEngine } from './src/docker/reach.ts'
import { explain } from './src/errors.ts'
import { browserProgram } from './test/support/page/browser-program.ts'

const project = name => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  transform: { '\\.ts$': './test/support/strip-types.cjs' },
})

/** Where no engine answers, its suites are left out by name; with BOTTLE_REQUIRE_DOCKER they run, and fail. */
const engine = async () => {
  const missing = await reachEngine(findEngine(process.env)).then(() => undefined, explain)
  return process.env.BOTTLE_REQUIRE_DOCKER ? undefined : missing
}

/** The same for a browser, with BOTTLE_REQUIRE_BROWSER. */
const browser = () =>
  browserProgram || process.env.BOTTLE_REQUIRE_BROWSER ? undefined : 'there is no /usr/bin/chromium'

export default async () => {
  const projects = [project('unit')]
  for (const [name, missing] of [
    ['docker', await engine()],
    ['browser', browser()],
  ]) {
    if (missing === undefined) projects.push(project(name))
    else
      for (const file of readdirSync(`test/${name}`))
        process.stderr.write(`skipped: test/${name}/${file}: ${missing}\n`)
  }
  return { maxWorkers: 2, projects }
}
