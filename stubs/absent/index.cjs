// Stands in for dockerode's ssh and BuildKit transports, which Bottle never loads (they carry native binaries).
module.exports = {}
