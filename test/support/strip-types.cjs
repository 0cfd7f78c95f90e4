// The whole transformer: Node's own type stripping, so tests, the CLI and the bundle run the same text.
const { stripTypeScriptTypes } = require('node:module')
module.exports = { process: source => ({ code: stripTypeScriptTypes(source) }) }
