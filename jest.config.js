const project = name => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  transform: { '\\.ts$': './test/support/strip-types.cjs' },
})

export default { maxWorkers: 2, projects: [project('unit'), project('docker')] }
