import { existsSync } from 'node:fs'

// Debian's own, which `./dev` installs; and what GitHub's Ubuntu images have, where apt only brings a snap.
const programs = ['/usr/bin/chromium', '/usr/bin/google-chrome']

/** The browser that the tests of the report drive, or undefined where this machine has none. */
export const browserProgram = programs.find(path => existsSync(path))
