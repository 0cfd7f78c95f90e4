/** What a client may take of an HTTP server of the gate's: header bytes, and the time for headers and whole requests. */
export const serverLimits = {
  maxHeaderSize: 64 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  // Node looks for late headers and requests this often, and by itself only every 30 s.
  connectionsCheckingInterval: 1000,
} as const
