'use strict'
// The file `bottle` on the PATH of a job's later steps. Node compiles a program anew at every start, each function when it
// is first called: three to six milliseconds of a step. What the first step had compiled is kept for the others, in a
// folder that the bottle does not see. V8 refuses what another version of it, or other flags, have compiled.
const { readFileSync, renameSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')

const filename = join(__dirname, 'index.js')
const compiled = join(__dirname, 'index.compiled')
const names = 'require, module, __dirname'
const cachedData = read(compiled)
const script = new Script(`(function (${names}) {${readFileSync(filename, 'utf8')}\n})`, { filename, cachedData })
if (cachedData === undefined) process.once('exit', keep)
script.runInThisContext()(require, module, __dirname)

function read(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

// Two steps of a job may run at once: neither may read what the other has half written. Without it all runs as well.
function keep() {
  try {
    writeFileSync(`${compiled}.${process.pid}`, script.createCachedData())
    renameSync(`${compiled}.${process.pid}`, compiled)
  } catch {}
}
