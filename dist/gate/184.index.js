export const id = 184;
export const ids = [184,144];
export const modules = {

/***/ 4876:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _Z: () => (/* binding */ isRange),
/* harmony export */   eY: () => (/* binding */ addressGuard),
/* harmony export */   or: () => (/* binding */ parseAddress)
/* harmony export */ });
/* harmony import */ var ipaddr_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8280);
/* harmony import */ var ipaddr_js__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(ipaddr_js__WEBPACK_IMPORTED_MODULE_0__);

// Never dialled, whatever is trusted: the sidecar itself, the link (cloud metadata lives there), everybody at once.
const never = new Set(['loopback', 'linkLocal', 'unspecified', 'multicast', 'broadcast']);
/**
 * Makes a guard from CIDR ranges: `internal` is refused unless the name is trusted or the address is in `opened`;
 * `opened` and trust never reach loopback, link-local, multicast or unspecified, nor `self`, the gate's own addresses.
 * An IPv6 address that a translator turns into an IPv4 one is judged as both. Throws on a range that is none.
 */
function addressGuard(internal, opened, self = []) {
    const [refused, open] = [internal.map(range), opened.map(range)];
    const own = new Set(self.map(one => parseAddress(one)?.toString()));
    const why = (address, trusted) => {
        if (never.has(address.range()))
            return `${address.range()} address`;
        if (own.has(address.toString()))
            return 'address of the gate itself';
        if (open.some(one => contains(one, address)))
            return undefined;
        if (trusted && !isOwn(refused, address))
            return undefined;
        if (String(address.range()) === 'deprecatedSiteLocal')
            return 'internal address';
        return refused.some(one => contains(one, address)) ? 'internal address' : undefined;
    };
    return {
        refuse(text, trusted) {
            const address = parseAddress(text);
            if (!address)
                return 'not an address';
            const inner = embedded(address);
            return why(address, trusted) ?? (inner && why(inner, trusted));
        },
    };
}
// Where the IPv4 address is in IPv6 forms that something on the way may translate: the range, and its first byte.
const translated = [
    ['64:ff9b::/96', 12], // NAT64, RFC 6052
    ['64:ff9b:1::/48', 12], // NAT64 for local use, RFC 8215
    ['2002::/16', 2], // 6to4, RFC 3056
    ['::/96', 12], // IPv4-compatible, RFC 4291 §2.5.5.1
    ['::ffff:0:0:0/96', 12], // IPv4-translated, RFC 2765
].map(([cidr, at]) => [ipaddr_js__WEBPACK_IMPORTED_MODULE_0___default().parseCIDR(cidr), at]);
function embedded(address) {
    const at = translated.find(([one]) => contains(one, address))?.[1];
    return at === undefined ? undefined : ipaddr_js__WEBPACK_IMPORTED_MODULE_0___default().fromByteArray(address.toByteArray().slice(at, at + 4));
}
/** Parses an address in canonical form (an IPv4-mapped IPv6 address becomes the IPv4 one), or returns undefined. */
function parseAddress(text) {
    const bare = text.replace(/^\[|\]$/g, '');
    return ipaddr_js__WEBPACK_IMPORTED_MODULE_0___default().isValid(bare) ? ipaddr_js__WEBPACK_IMPORTED_MODULE_0___default().process(bare) : undefined;
}
// What the plan adds to pipelock's ranges are the run's own addresses (198.18.0.0/15): no name is trusted with those.
const own = range('198.18.0.0/15');
function isOwn(refused, address) {
    return contains(own, address) && refused.some(one => contains(one, address));
}
/** Is this text a range of addresses, or one address? */
function isRange(text) {
    try {
        return range(text) !== undefined;
    }
    catch {
        return false;
    }
}
function range(text) {
    return ipaddr_js__WEBPACK_IMPORTED_MODULE_0___default().parseCIDR(text.includes('/') ? text : `${text}/32`);
}
function contains([base, bits], address) {
    return base.kind() === address.kind() && address.match([base, bits]);
}


/***/ }),

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
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8816);
/* harmony import */ var _addresses_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4876);




/** A configuration that cannot be run; the message is for stderr. */
class ConfigError extends Error {
}
const off = (what) => zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    enabled: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(false, { error: `the built-in gate does not do ${what}; use the gate pipelock` }),
});
const seconds = zod__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig().positive();
const names = zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1));
const ranges = zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().refine(_addresses_js__WEBPACK_IMPORTED_MODULE_2__/* .isRange */ ._Z, { error: issue => `invalid CIDR ${JSON.stringify(issue.input)}` }));
// pipelock's keys and defaults (facts/pipelock §2.4), as far as the plan emits them. Any other key is an error there too.
const schema = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    version: zod__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig().optional(),
    mode: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(['strict', 'balanced'], { error: 'the built-in gate runs in mode strict or balanced' }),
    enforce: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY().default(true),
    explain_blocks: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(false).default(false),
    api_allowlist: names.min(1, 'strict mode requires at least one domain in api_allowlist'),
    default_agent_identity: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().default('anonymous'),
    bind_default_agent_identity: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY().default(true),
    metrics_listen: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().optional(),
    internal: ranges.default([
        ...['0.0.0.0/8', '127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'],
        ...['224.0.0.0/4', '::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
    ]),
    trusted_domains: names.default([]),
    ssrf: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({ ip_allowlist: ranges.default([]) }).prefault({}),
    fetch_proxy: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
        listen: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().default('127.0.0.1:8888'),
        timeout_seconds: seconds.default(30),
        max_response_mb: zod__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig().positive().default(10),
        monitoring: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
            max_url_length: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().positive().default(2048),
            entropy_threshold: zod__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig().default(4.5),
            subdomain_entropy_threshold: zod__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig().default(4),
            max_requests_per_minute: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().positive().default(60),
            max_data_per_minute: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(0).default(0),
            subdomain_entropy_exclusions: names.default([]),
        })
            .prefault({}),
    })
        .prefault({}),
    forward_proxy: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
        enabled: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(true, { error: 'the built-in gate is a forward proxy and nothing else: set enabled: true' }),
        max_tunnel_seconds: seconds.default(300),
        idle_timeout_seconds: seconds.default(120),
        sni_verification: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(true).default(true),
    }),
    websocket_proxy: off('WebSocket proxying').optional(),
    request_body_scanning: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
        enabled: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(true).default(true),
        action: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(['warn', 'block']).default('warn'),
        max_body_bytes: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().positive().default(5242880),
        header_mode: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('all').default('all'),
    })
        .prefault({}),
    // Accepted and not acted on: responses are not scanned, which `warn` promises to do no more than report.
    response_scanning: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
        enabled: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY(),
        action: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('warn', { error: 'the built-in gate does not scan responses; use the gate pipelock' }),
        sse_streaming: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({ enabled: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY(), action: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('warn') }).optional(),
    })
        .optional(),
    media_policy: off('media filtering').optional(),
    taint: off('taint tracking').optional(),
    tls_interception: off('TLS inspection').optional(),
    flight_recorder: off('receipts').optional(),
    dlp: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
        scan_env: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(false),
        include_defaults: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(true).default(true),
        secrets_file: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().optional(),
    })
        .prefault({ scan_env: false }),
    sentry: off('error reporting').optional(),
    logging: zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
        format: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('json').default('json'),
        output: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('stdout').default('stdout'),
        include_allowed: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(true).default(true),
        include_blocked: zod__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(true).default(true),
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


/***/ }),

/***/ 9184:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readInjections: () => (/* binding */ readInjections)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8816);
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8144);


const text = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1);
const schema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    identities: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(text, zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ certificate: text, key: text })),
    upstreamCa: text.optional(),
    credentials: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
        host: text,
        header: text,
        value: text,
        placeholder: text,
        scheme: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['raw', 'bearer', 'basic']),
        user: text,
        methods: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(text).optional(),
        paths: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(text).optional(),
    })),
});
/** Reads that file's text. Throws a ConfigError that says which part is wrong and nothing of its values. */
function readInjections(file) {
    let parsed;
    try {
        parsed = schema.safeParse(JSON.parse(file));
    }
    catch {
        throw new _config_js__WEBPACK_IMPORTED_MODULE_0__.ConfigError('--inject: the file is not JSON');
    }
    if (!parsed.success)
        throw new _config_js__WEBPACK_IMPORTED_MODULE_0__.ConfigError(`--inject: ${parsed.error.issues.map(one => `${one.path.join('.')} is wrong`).join(', ')}`);
    const bare = parsed.data.credentials.find(({ host }) => !Object.hasOwn(parsed.data.identities, host));
    if (bare)
        throw new _config_js__WEBPACK_IMPORTED_MODULE_0__.ConfigError(`--inject: there is no identity for ${bare.host}`);
    return parsed.data;
}


/***/ })

};
