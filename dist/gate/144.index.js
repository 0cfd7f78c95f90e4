export const id = 144;
export const ids = [144];
export const modules = {

/***/ 8144:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ConfigError: () => (/* binding */ ConfigError),
/* harmony export */   readConfig: () => (/* binding */ readConfig)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8815);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8816);



/** A configuration that cannot be run; the message is for stderr. */
class ConfigError extends Error {
}
const off = (what) => zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    enabled: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(false, { error: `the built-in gate does not do ${what}; use the gate pipelock` }),
});
const seconds = zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().positive();
const names = zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(1));
// pipelock's keys and defaults (facts/pipelock §2.4), as far as the plan emits them. Any other key is an error there too.
const schema = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    version: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().optional(),
    mode: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['strict', 'balanced'], { error: 'the built-in gate runs in mode strict or balanced' }),
    enforce: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY().default(true),
    explain_blocks: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(false).default(false),
    api_allowlist: names.min(1, 'strict mode requires at least one domain in api_allowlist'),
    default_agent_identity: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().default('anonymous'),
    bind_default_agent_identity: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY().default(true),
    metrics_listen: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(),
    internal: names.default([
        ...['0.0.0.0/8', '127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'],
        ...['224.0.0.0/4', '::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
    ]),
    trusted_domains: names.default([]),
    ssrf: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ ip_allowlist: names.default([]) }).prefault({}),
    fetch_proxy: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        listen: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().default('127.0.0.1:8888'),
        timeout_seconds: seconds.default(30),
        max_response_mb: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().positive().default(10),
        monitoring: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
            max_url_length: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().positive().default(2048),
            entropy_threshold: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().default(4.5),
            subdomain_entropy_threshold: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().default(4),
            max_requests_per_minute: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().positive().default(60),
            max_data_per_minute: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(0).default(0),
            subdomain_entropy_exclusions: names.default([]),
        })
            .prefault({}),
    })
        .prefault({}),
    forward_proxy: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        enabled: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(true, { error: 'the built-in gate is a forward proxy and nothing else: set enabled: true' }),
        max_tunnel_seconds: seconds.default(300),
        idle_timeout_seconds: seconds.default(120),
        sni_verification: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(true).default(true),
    }),
    websocket_proxy: off('WebSocket proxying').optional(),
    request_body_scanning: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        enabled: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(true).default(true),
        action: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['warn', 'block']).default('warn'),
        max_body_bytes: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().positive().default(5242880),
        header_mode: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('all').default('all'),
    })
        .prefault({}),
    // Accepted and not acted on: responses are not scanned, which `warn` promises to do no more than report.
    response_scanning: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        enabled: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(),
        action: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('warn', { error: 'the built-in gate does not scan responses; use the gate pipelock' }),
        sse_streaming: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ enabled: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(), action: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('warn') }).optional(),
    })
        .optional(),
    media_policy: off('media filtering').optional(),
    taint: off('taint tracking').optional(),
    tls_interception: off('TLS inspection').optional(),
    flight_recorder: off('receipts').optional(),
    dlp: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        scan_env: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(false),
        include_defaults: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(true).default(true),
        secrets_file: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(),
    })
        .prefault({ scan_env: false }),
    sentry: off('error reporting').optional(),
    logging: zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        format: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('json').default('json'),
        output: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('stdout').default('stdout'),
        include_allowed: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(true).default(true),
        include_blocked: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(true).default(true),
    })
        .prefault({}),
});
/** Reads the YAML that the plan emits. Throws a ConfigError with every mistake, a line each, as `line N: …`. */
function readConfig(text) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_1__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .parseDocument */ .Tp)(text, { lineCounter: lines });
    const broken = document.errors.map(error => `line ${lines.linePos(error.pos[0]).line}: ${error.code}`);
    if (broken.length > 0)
        throw new ConfigError(broken.join('\n'));
    const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }));
    if (parsed.success)
        return { ...parsed.data, hash: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex') };
    const lineOf = (path) => {
        for (let depth = path.length; depth >= 0; depth--) {
            const node = document.getIn(path.slice(0, depth), true);
            if (node?.range)
                return lines.linePos(node.range[0]).line;
        }
        return 1;
    };
    const mistakes = parsed.error.issues.flatMap(issue => issue.code === 'unrecognized_keys'
        ? issue.keys.map(key => `line ${lineOf([...issue.path, key])}: field ${key} not found in the built-in gate's configuration`)
        : [`line ${lineOf(issue.path)}: ${issue.path.join('.') || 'document'}: ${issue.message}`]);
    throw new ConfigError(mistakes.join('\n'));
}


/***/ })

};
