export const id = 217;
export const ids = [217,466];
export const modules = {

/***/ 2217:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startGate: () => (/* binding */ startGate)
});

// EXTERNAL MODULE: external "node:dns/promises"
var promises_ = __webpack_require__(1553);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
;// CONCATENATED MODULE: ./src/gate/program/candidates.ts
const candidates_layers = 2;
const most = 400;
const longest = 1024 * 1024;
/**
 * The texts hidden in a text: itself, percent-decoded, and whatever in it decodes from base64, base64url or hex into
 * something printable, two layers deep. Bounded in number; a secret below all that is one of the known ones.
 */
function candidates(text) {
    const found = new Set([text.slice(0, longest)]);
    let layer = [...found];
    for (let depth = 0; depth < candidates_layers; depth++) {
        layer = layer.flatMap(decoded).filter(one => !found.has(one));
        for (const one of layer)
            if (found.size < most)
                found.add(one);
    }
    return [...found];
}
function decoded(text) {
    const percent = /%[0-9a-f]{2}/i.test(text) ? [percentDecoded(text)] : [];
    const hex = (text.match(/(?:[0-9a-f]{2}){10,}/gi) ?? []).map(run => Buffer.from(run, 'hex'));
    // Separated hex, such as 41:4b:49 or 41-4b-49.
    const spread = (text.match(/(?:[0-9a-f]{2}[:\- ]){9,}[0-9a-f]{2}/gi) ?? []).map(run => Buffer.from(run.replace(/[^0-9a-f]/gi, ''), 'hex'));
    const base64 = (text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []).map(run => Buffer.from(run, 'base64'));
    return [...percent, ...[...hex, ...spread, ...base64].slice(0, most).flatMap(printable)];
}
function percentDecoded(text) {
    const bytes = text
        .replaceAll('+', ' ')
        .replace(/%([0-9a-f]{2})/gi, (_, pair) => String.fromCharCode(Number.parseInt(pair, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
}
// Data that is no text is no token either; a stray byte at the end of a cut run is forgiven.
function printable(data) {
    const text = data.toString('latin1');
    const strange = text.match(/[^\t\r\n\x20-\x7e]/g)?.length ?? 0;
    return text.length >= 8 && strange <= text.length / 10 ? [text] : [];
}

;// CONCATENATED MODULE: ./src/gate/program/encodings.ts
// A shorter piece would match by chance.
const shortest = 6;
/**
 * Every way we can write a secret: plain, base64 and base64url at the three alignments inside a longer text, hex,
 * percent-encoded, JSON-escaped, reversed. Matched case-insensitively only where case carries nothing (hex, percent).
 */
function secretForms(secret) {
    const bytes = Buffer.from(secret, 'utf8');
    const percent = [...bytes].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const forms = [
        { name: 'plain', text: secret },
        ...aligned(bytes).map(text => ({ name: 'base64-encoded', text })),
        ...aligned(bytes).map(text => ({
            name: 'base64url-encoded',
            text: text.replaceAll('+', '-').replaceAll('/', '_'),
        })),
        { name: 'hex-encoded', text: bytes.toString('hex') },
        { name: 'hex-encoded', text: bytes.toString('hex').toUpperCase() },
        { name: 'percent-encoded', text: encodeURIComponent(secret) },
        { name: 'percent-encoded', text: percent },
        { name: 'percent-encoded', text: percent.toUpperCase() },
        { name: 'json-escaped', text: JSON.stringify(secret).slice(1, -1) },
        { name: 'reversed', text: [...secret].reverse().join('') },
    ];
    const seen = new Set();
    return forms.filter(({ text }) => text.length >= shortest && !seen.has(text) && seen.add(text));
}
// The characters that encode the secret's bytes alone, for each of the three places it can start at.
function aligned(bytes) {
    return [0, 1, 2].map(before => {
        const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
        const from = Math.ceil((before * 8) / 6);
        const to = Math.floor(((before + bytes.length) * 8) / 6);
        return text.slice(from, to);
    });
}

;// CONCATENATED MODULE: ./src/gate/program/token-formats.ts
// This rule lets a text declare that it holds no secret ("secretlint-disable"): here the text is the suspect.
const obeysTheText = '@secretlint/secretlint-rule-filter-comments';
// AWS access key ids count as secrets here, as they do for pipelock; secretlint leaves them out unless asked.
const options = { enableIDScanRule: true };
/** Loads secretlint's recommended rules (about 50 ms) as a function of a text. */
async function loadTokenFormats() {
    const [{ lintSource }, { rules }] = await Promise.all([
        __webpack_require__.e(/* import() */ 198).then(__webpack_require__.bind(__webpack_require__, 198)),
        __webpack_require__.e(/* import() */ 577).then(__webpack_require__.bind(__webpack_require__, 1577)),
    ]);
    const config = {
        rules: rules.filter(rule => rule.meta.id !== obeysTheText).map(rule => ({ id: rule.meta.id, rule, options })),
    };
    return async (text) => {
        const { messages } = await lintSource({
            source: { filePath: 'text.txt', content: text, contentType: 'text', ext: '.txt' },
            options: { config, noPhysicFilePath: true },
        });
        return messages.map(({ ruleId, range }) => ({ rule: nameOf(ruleId), from: range[0], to: range[1] }));
    };
}
function nameOf(ruleId) {
    return ruleId.replace(/^.*secretlint-rule-/, '').replaceAll('-', ' ');
}

;// CONCATENATED MODULE: ./src/gate/program/detect.ts



const detect_window = 512 * 1024;
const overlap = 4096;
/**
 * Makes a detector of the known secrets (in every form we can write) and of token formats, by secretlint's
 * recommended rules. Loads the rules now, so that no request waits for them.
 */
async function createDetector(known) {
    const forms = known.flatMap(secretForms);
    const findTokens = await loadTokenFormats();
    return async (text) => {
        if (text === '')
            return undefined;
        for (let at = 0; at < text.length; at += detect_window) {
            const piece = text.slice(Math.max(0, at - overlap), at + detect_window);
            const texts = candidates(piece);
            const form = forms.find(one => texts.some(candidate => candidate.includes(one.text)));
            if (form)
                return { reason: `known secret leak detected (${form.name})` };
            const [token] = await findTokens(texts.join('\n'));
            if (token)
                return { reason: `DLP match: ${token.rule} (critical)` };
        }
        return undefined;
    };
}

// EXTERNAL MODULE: ./src/gate/program/log.ts
var program_log = __webpack_require__(466);
;// CONCATENATED MODULE: ./src/gate/program/exchange.ts

/** The fields that every log line about a request has. */
function factsOf({ room, id, request, socket, where }) {
    return {
        method: request.method,
        ...where,
        client_ip: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
        request_id: id,
        agent: room.config.default_agent_identity,
    };
}
/**
 * Logs a block and returns the raw answer for the client; the log comes first. Learn mode is the caller's business:
 * what comes here is refused.
 */
function refuse(exchange, refusal, prefix) {
    const { scanner, reason, status } = refusal;
    exchange.room.log('warn', 'blocked', { ...factsOf(exchange), scanner, reason, mitre_technique: program_log.techniques[scanner] });
    return answer(status, `${prefix}${reason}`);
}
const phrases = {
    400: 'Bad Request',
    403: 'Forbidden',
    429: 'Too Many Requests',
    502: 'Bad Gateway',
    503: 'Service Unavailable',
};
/** A whole plain-text answer that ends the connection. */
function answer(status, text) {
    const body = `${text.replace(/[^\x20-\x7e]/g, '?')}\n`;
    return [
        `HTTP/1.1 ${status} ${phrases[status] ?? 'Refused'}`,
        'Content-Type: text/plain; charset=utf-8',
        'X-Content-Type-Options: nosniff',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
        '',
        body,
    ].join('\r\n');
}
/** The texts in a request's headers that may carry a secret: names and values, and repeated values joined. */
function headerText(request) {
    const lines = [];
    const byName = new Map();
    for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
        const [name = '', value = ''] = [request.rawHeaders[i], request.rawHeaders[i + 1]];
        if (/^(host|connection|proxy-connection|content-length)$/i.test(name))
            continue;
        lines.push(`${name}: ${value}`);
        byName.set(name.toLowerCase(), [...(byName.get(name.toLowerCase()) ?? []), value]);
    }
    const joined = [...byName.values()].filter(values => values.length > 1).map(values => values.join(''));
    // A secret cut in two may travel in neighbouring headers of different names.
    const run = request.rawHeaders.filter((_, i) => i % 2 === 1).join('');
    return [...lines, ...joined, run].join('\n');
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./src/gate/program/body.ts


const decoders = {
    gzip: (data, maxOutputLength) => (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(data, { maxOutputLength }),
    'x-gzip': (data, maxOutputLength) => (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(data, { maxOutputLength }),
    deflate: (data, maxOutputLength) => (0,external_node_util_.promisify)(external_node_zlib_.inflate)(data, { maxOutputLength }),
    br: (data, maxOutputLength) => (0,external_node_util_.promisify)(external_node_zlib_.brotliDecompress)(data, { maxOutputLength }),
    zstd: (data, maxOutputLength) => (0,external_node_util_.promisify)(external_node_zlib_.zstdDecompress)(data, { maxOutputLength }),
};
/**
 * Reads a whole request body, at most `limit` bytes as sent and as decoded, before anything of it goes on.
 * Resolves with a refusal when it is larger, or encoded in a way that cannot be looked into: unseen is unsent.
 */
async function readBody(request, limit) {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size > limit)
            return body_refuse(`request body larger than ${limit} bytes cannot be scanned`);
        chunks.push(chunk);
    }
    const raw = Buffer.concat(chunks);
    let plain = raw;
    const encodings = (request.headers['content-encoding'] ?? '').toLowerCase().split(',');
    for (const encoding of encodings
        .map(name => name.trim())
        .filter(name => name !== '' && name !== 'identity')
        .reverse()) {
        const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
        const decoded = await decode?.(plain, limit).catch(() => undefined);
        if (!decoded)
            return body_refuse(`request body with content-encoding ${encoding.slice(0, 20)} cannot be scanned`);
        plain = decoded;
    }
    return { raw, texts: plain.length === 0 ? [] : textsOf(plain, request.headers['content-type'] ?? '') };
}
// The body itself, and what its format spreads: form values, JSON strings (escapes undone), both joined.
function textsOf(plain, type) {
    const text = plain.toString('utf8');
    const wide = plain.includes(0) ? [plain.toString('utf16le'), plain.toString('latin1').replaceAll('\0', '')] : [];
    if (/x-www-form-urlencoded/i.test(type)) {
        const values = [...new URLSearchParams(text).values()];
        return [text, ...wide, values.join('\n'), values.join('')];
    }
    const strings = jsonStrings(text);
    return [text, ...wide, ...(strings.length > 0 ? [strings.join('\n'), strings.join('')] : [])];
}
function jsonStrings(text) {
    if (!/^\s*[[{"]/.test(text))
        return [];
    const found = [];
    const visit = (value) => {
        if (typeof value === 'string')
            found.push(value);
        else if (Array.isArray(value))
            for (const one of value)
                visit(one);
        else if (value !== null && typeof value === 'object')
            for (const [key, one] of Object.entries(value)) {
                visit(key);
                visit(one);
            }
    };
    try {
        visit(JSON.parse(text));
    }
    catch {
        // Not JSON after all, or nested beyond reason: the text itself is searched anyway.
    }
    return found;
}
function body_refuse(reason) {
    return { refusal: { scanner: 'body_dlp', reason, status: 403 } };
}

// EXTERNAL MODULE: ./node_modules/ipaddr.js/lib/ipaddr.js
var ipaddr = __webpack_require__(8280);
var ipaddr_default = /*#__PURE__*/__webpack_require__.n(ipaddr);
;// CONCATENATED MODULE: ./src/gate/program/addresses.ts

// Never dialled, whatever is trusted: the sidecar itself, the link (cloud metadata lives there), everybody at once.
const never = new Set(['loopback', 'linkLocal', 'unspecified', 'multicast', 'broadcast']);
/**
 * Makes a guard from CIDR ranges: `internal` is refused unless the name is trusted or the address is in `opened`;
 * `opened` and trust never reach loopback, link-local, multicast or unspecified. Throws on a range that is none.
 */
function addressGuard(internal, opened) {
    const [refused, open] = [internal.map(range), opened.map(range)];
    return {
        refuse(text, trusted) {
            const address = parseAddress(text);
            if (!address)
                return 'not an address';
            if (never.has(address.range()))
                return `${address.range()} address`;
            if (open.some(one => contains(one, address)))
                return undefined;
            if (trusted && !isOwn(internal, address))
                return undefined;
            return refused.some(one => contains(one, address)) ? 'internal address' : undefined;
        },
    };
}
/** Parses an address in canonical form (an IPv4-mapped IPv6 address becomes the IPv4 one), or returns undefined. */
function parseAddress(text) {
    const bare = text.replace(/^\[|\]$/g, '');
    return ipaddr_default().isValid(bare) ? ipaddr_default().process(bare) : undefined;
}
// What the plan adds to pipelock's ranges are the run's own addresses (198.18.0.0/15): no name is trusted with those.
const own = range('198.18.0.0/15');
function isOwn(internal, address) {
    return contains(own, address) && internal.map(range).some(one => contains(one, address));
}
function range(text) {
    return ipaddr_default().parseCIDR(text.includes('/') ? text : `${text}/32`);
}
function contains([base, bits], address) {
    return base.kind() === address.kind() && address.match([base, bits]);
}

;// CONCATENATED MODULE: ./src/gate/program/destination.ts

/**
 * Reads `host:port` as a CONNECT target or URL authority, in one canonical form: lower case, punycode, no trailing dot,
 * and hex, octal, decimal and IPv4-mapped addresses as the address they are. Undefined when it is none (userinfo,
 * a path, white space, an empty or impossible host).
 */
function parseDestination(authority, defaultPort) {
    if (authority === '' || authority.length > 1024 || /[\s\\/?#@]|[^\x21-\x7e]/.test(authority))
        return undefined;
    let url;
    try {
        url = new URL(`http://${authority}`);
    }
    catch {
        return undefined;
    }
    const explicit = /:(\d+)$/.exec(authority)?.[1];
    const port = explicit === undefined ? defaultPort : Number(explicit);
    if (port < 1 || port > 65535)
        return undefined;
    const host = url.hostname.replace(/\.+$/, '').replace(/^\[|\]$/g, '');
    if (host === '' || host.length > 253)
        return undefined;
    const address = parseAddress(host);
    return address ? { host: address.toString(), literal: true, port } : { host, literal: false, port };
}
/** Does a host match an entry of an allowlist: the same name, or for `*.x` the name x and everything below it? */
function matches(entry, host) {
    const wanted = entry.toLowerCase().replace(/\.$/, '');
    if (!wanted.startsWith('*.'))
        return wanted === host;
    return host === wanted.slice(2) || host.endsWith(wanted.slice(1));
}

;// CONCATENATED MODULE: ./src/gate/program/forward.ts






// Hop-by-hop (RFC 9110 §7.6.1), and what would tell the destination about us or the bottle.
const stripped = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|x-forwarded-.*|forwarded|via|x-pipelock-.*|host|content-length|expect)$/i;
/** Makes the handler of plain HTTP in absolute form: judge everything, the whole body too, before a byte goes out. */
function createForwarder(room) {
    const agent = new external_node_http_.Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 32, timeout: 30_000 });
    return async (request, response) => {
        const socket = response.socket;
        const url = absolute(request.url ?? '');
        if (!url) {
            const exchange = { room, id: room.nextId(), request, socket, where: { url: '[malformed]' } };
            return reply(response, exchange, {
                scanner: 'parser',
                reason: 'not an http:// URL in absolute form',
                status: 400,
            });
        }
        const found = await findings(room, request, url);
        const shown = found.host ? '[redacted]' : url.authority;
        const path = found.host || found.path ? '/[redacted]' : url.path.replace(/[?#].*$/, '');
        const exchange = { room, id: room.nextId(), request, socket, where: { url: `http://${shown}${path}` } };
        const refusal = judge(room, url, found, exchange);
        if (refusal)
            return reply(response, exchange, refusal);
        const judged = await room.judge.byAddress(url.destination);
        if ('scanner' in judged)
            return reply(response, exchange, judged);
        const body = await readBody(request, room.config.request_body_scanning.max_body_bytes);
        if ('refusal' in body)
            return reply(response, exchange, body.refusal);
        for (const text of body.texts) {
            const finding = await room.detect(text);
            if (!finding)
                continue;
            if (room.config.request_body_scanning.action === 'block') {
                return reply(response, exchange, { scanner: 'body_dlp', reason: finding.reason, status: 403 });
            }
            room.log('warn', 'body_dlp', {
                ...factsOf(exchange),
                action: 'warn',
                match_count: 1,
                mitre_technique: program_log.techniques.body_dlp,
            });
            break;
        }
        await relay(exchange, response, url, judged.address, body.raw, agent);
    };
}
// Only what is unambiguous: scheme, authority, path. Userinfo, control characters and other schemes are refused.
function absolute(text) {
    const match = /^http:\/\/([^/?#]+)([/?][\x21-\x7e]*)?$/i.exec(text);
    const destination = match?.[1] === undefined ? undefined : parseDestination(match[1], 80);
    if (!match?.[1] || !destination)
        return undefined;
    const path = match[2] ?? '/';
    return { authority: match[1].toLowerCase(), path: path.startsWith('/') ? path : `/${path}`, destination };
}
async function findings(room, request, url) {
    const [host, path, headers] = await Promise.all([
        room.detect(url.authority),
        room.detect(queryText(url.path)),
        room.detect(headerText(request)),
    ]);
    return { host: host?.reason, path: path?.reason, headers: headers?.reason };
}
// The path and query as they are, and the query's values alone and joined: a secret may be spread over parameters.
function queryText(path) {
    const values = path.includes('?') ? [...new URLSearchParams(path.slice(path.indexOf('?') + 1)).values()] : [];
    return [path, ...values, values.join(''), path.replaceAll('/', '')].join('\n');
}
function judge(room, url, found, exchange) {
    const { host } = url.destination;
    const { max_url_length: longest } = room.config.fetch_proxy.monitoring;
    const byName = room.judge.byName(url.destination);
    if (byName?.scanner === 'allowlist' && !room.config.enforce) {
        room.log('warn', 'anomaly', { ...factsOf(exchange), scanner: byName.scanner, reason: byName.reason, score: 1 });
    }
    else if (byName) {
        return found.host ? { ...byName, reason: byName.reason.replace(host, '[redacted]') } : byName;
    }
    const inUrl = found.host ?? found.path;
    if (inUrl)
        return { scanner: 'dlp', reason: inUrl, status: 403 };
    if (found.headers)
        return { scanner: 'header_dlp', reason: found.headers, status: 403 };
    if (url.path.length > longest)
        return { scanner: 'length', reason: `URL longer than ${longest}`, status: 403 };
    if (room.rate.tooMany(host))
        return { scanner: 'ratelimit', reason: `too many requests to ${host}`, status: 429 };
    return undefined;
}
async function relay(exchange, response, url, address, body, agent) {
    const { room, request } = exchange;
    const started = Date.now();
    const { port } = url.destination;
    const outgoing = (0,external_node_http_.request)({
        host: address,
        port,
        method: request.method ?? 'GET',
        path: url.path,
        headers: [...forwarded(request), ['Host', url.authority], ...lengthOf(request, body)].flat(),
        agent,
        setHost: false,
    });
    response.on('close', () => outgoing.destroy());
    const answered = new Promise((resolve, reject) => outgoing.once('response', resolve).once('error', reject));
    outgoing.setTimeout(room.config.fetch_proxy.timeout_seconds * 1000, () => outgoing.destroy(new Error('timed out')));
    outgoing.end(body);
    const incoming = await answered.catch((error) => error);
    if (incoming instanceof Error) {
        room.log('error', 'error', { ...factsOf(exchange), error: `forward proxy fetch failed: ${incoming.message}` });
        response
            .writeHead(502, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
            .end('forward proxy fetch failed\n');
        return;
    }
    response.writeHead(incoming.statusCode ?? 502, forwarded(incoming).flat());
    let size = 0;
    incoming.on('data', (chunk) => {
        size += chunk.length;
    });
    await (0,external_node_stream_promises_.pipeline)(incoming, response).catch(() => response.destroy());
    room.log('info', 'forward_http', {
        ...factsOf(exchange),
        status_code: incoming.statusCode,
        size_bytes: size,
        duration_ms: Date.now() - started,
    });
}
/** A message's headers as they came, without those that end at a proxy or that its `Connection` header names. */
function forwarded(message) {
    const named = new Set((message.headers.connection ?? '').split(',').map(name => name.trim().toLowerCase()));
    const isAnswer = message.statusCode !== null;
    const pairs = [];
    for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
        const [name = '', value = ''] = [message.rawHeaders[i], message.rawHeaders[i + 1]];
        const keep = isAnswer && /^content-length$/i.test(name);
        if (keep || (!stripped.test(name) && !named.has(name.toLowerCase())))
            pairs.push([name, value]);
    }
    return pairs;
}
function lengthOf(request, body) {
    const hadBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
    return body.length > 0 || hadBody ? [['Content-Length', String(body.length)]] : [];
}
function reply(response, exchange, refusal) {
    const raw = refuse(exchange, refusal, 'blocked: ');
    // The body may still be arriving: answer at once and end, as the raw text says.
    response.socket?.end(raw);
}

;// CONCATENATED MODULE: ./src/gate/program/entropy.ts
/** Shannon entropy of a text, in bits a character. */
function entropy(text) {
    const counts = new Map();
    for (const character of text)
        counts.set(character, (counts.get(character) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values())
        bits -= (count / text.length) * Math.log2(count / text.length);
    return bits;
}
/**
 * The label of a host name that looks like data on its way out, or undefined. As pipelock judges it (facts/pipelock
 * §2.4): names of three labels and more, labels of eight characters and more, entropy above the threshold.
 */
function suspiciousLabel(host, threshold) {
    const labels = host.split('.');
    if (labels.length < 3)
        return undefined;
    return labels.slice(0, -2).find(label => label.length >= 8 && entropy(label) > threshold);
}

;// CONCATENATED MODULE: ./src/gate/program/judge.ts



/** Makes the judge of a configuration. Throws when one of its ranges is not a CIDR. */
function createJudge(config, resolve) {
    const guard = addressGuard(config.internal, config.ssrf.ip_allowlist);
    const listed = (list, host) => list.some(entry => matches(canonical(entry), host));
    const { monitoring } = config.fetch_proxy;
    return {
        byName({ host, literal }) {
            // Only strict enforces the allowlist, as in pipelock (facts/pipelock §2.2).
            if (config.mode === 'strict' && !listed(config.api_allowlist, host)) {
                return { scanner: 'allowlist', reason: `domain not in allowlist: ${host}`, status: 403 };
            }
            if (literal || listed(monitoring.subdomain_entropy_exclusions, host))
                return undefined;
            const label = suspiciousLabel(host, monitoring.subdomain_entropy_threshold);
            if (label === undefined)
                return undefined;
            return { scanner: 'subdomain_entropy', reason: 'high entropy subdomain', status: 403 };
        },
        async byAddress({ host, literal }) {
            const trusted = listed(config.trusted_domains, host);
            const addresses = literal ? [host] : await resolve(host).catch(() => []);
            if (addresses.length === 0)
                return { scanner: 'ssrf', reason: `DNS lookup failed: ${host}: no such host`, status: 403 };
            for (const address of addresses) {
                const why = guard.refuse(address, trusted);
                if (why)
                    return {
                        scanner: literal ? 'core_ssrf' : 'ssrf',
                        reason: `SSRF blocked: ${host} leads to an ${why}`,
                        status: 403,
                    };
            }
            // IPv4 first: runners have no IPv6 way out (facts/pipelock §3.4).
            return { address: addresses.find(one => parseAddress(one)?.kind() === 'ipv4') ?? addresses[0] ?? '' };
        },
    };
}
// An entry that is an address is compared in the same canonical form as the host.
function canonical(entry) {
    return parseAddress(entry)?.toString() ?? entry;
}

;// CONCATENATED MODULE: ./src/gate/program/rate.ts
const minute = 60_000;
/** Counts requests a host over a sliding minute; `tooMany` says whether this one is over the limit. Bounded in hosts. */
function rateLimit(most, now = Date.now) {
    const windows = new Map();
    return {
        tooMany(host) {
            const at = now();
            const window = windows.get(host) ?? { since: at, count: 0, before: 0 };
            if (at - window.since >= minute) {
                window.before = at - window.since < 2 * minute ? window.count : 0;
                window.count = 0;
                window.since = at;
            }
            window.count += 1;
            windows.delete(host);
            windows.set(host, window);
            if (windows.size > 10_000)
                windows.delete(windows.keys().next().value ?? '');
            const carried = window.before * (1 - (at - window.since) / minute);
            return window.count + carried > most;
        },
    };
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./src/gate/program/client-hello.ts
const handshakeRecord = 22;
const clientHello = 1;
const serverNameExtension = 0;
/** The most bytes a ClientHello may take, over all its records. */
const longestHello = 64 * 1024;
/**
 * Reads the server name out of a TLS ClientHello (RFC 8446 §4.1.2, RFC 6066 §3), which may be spread over records and
 * packets. Whatever starts with another byte than a handshake record's is not TLS. Never throws; never reads past.
 */
function readClientHello(data) {
    if (data.length === 0)
        return { kind: 'more' };
    if (data[0] !== handshakeRecord)
        return { kind: 'other' };
    const message = handshake(data);
    if (message === undefined)
        return { kind: 'more' };
    if (message === null)
        return { kind: 'broken' };
    try {
        return { kind: 'hello', serverName: serverName(message) };
    }
    catch {
        return { kind: 'broken' };
    }
}
// Joins record payloads until the handshake message is whole: undefined while it is not, null when it cannot be.
function handshake(data) {
    const parts = [];
    let at = 0;
    let length = 0;
    while (true) {
        const joined = Buffer.concat(parts);
        if (joined.length >= 4) {
            if (joined[0] !== clientHello)
                return null;
            const need = 4 + joined.readUIntBE(1, 3);
            if (need > longestHello)
                return null;
            if (joined.length >= need)
                return joined.subarray(4, need);
        }
        if (at + 5 > data.length)
            return undefined;
        if (data[at] !== handshakeRecord || data[at + 1] !== 3)
            return null;
        length = data.readUInt16BE(at + 3);
        if (length === 0 || length > 16640)
            return null;
        if (at + 5 + length > data.length)
            return undefined;
        parts.push(data.subarray(at + 5, at + 5 + length));
        at += 5 + length;
    }
}
function serverName(hello) {
    let at = 2 + 32;
    at += 1 + hello.readUInt8(at);
    at += 2 + hello.readUInt16BE(at);
    at += 1 + hello.readUInt8(at);
    if (at === hello.length)
        return undefined;
    const end = at + 2 + hello.readUInt16BE(at);
    at += 2;
    if (end > hello.length)
        throw new RangeError('extensions past the end');
    while (at + 4 <= end) {
        const [type, length] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
        if (type === serverNameExtension)
            return firstName(hello.subarray(at + 4, at + 4 + length));
        at += 4 + length;
    }
    return undefined;
}
// A server name list with one entry of type host_name (0).
function firstName(extension) {
    if (extension.readUInt8(2) !== 0)
        throw new RangeError('not a host name');
    const length = extension.readUInt16BE(3);
    if (5 + length > extension.length)
        throw new RangeError('name past the end');
    return extension.subarray(5, 5 + length).toString('latin1');
}

;// CONCATENATED MODULE: ./src/gate/program/tunnel.ts




const mostTunnels = 1024;
const firstBytesWithin = 5000;
const dialWithin = 15_000;
const drainWithin = 30_000;
const prefix = 'CONNECT blocked: ';
/** Makes the handler of CONNECT: judge by name, headers and address; dial; then judge the first bytes; then copy. */
function createTunneller(room) {
    let tunnels = 0;
    return async (request, socket, head) => {
        const destination = parseDestination(request.url ?? '', 443);
        if (!destination) {
            socket.end(answer(400, 'malformed CONNECT target'));
            return;
        }
        const { host, port } = destination;
        const finding = await room.detect(host);
        const target = `${finding ? '[redacted]' : destination.literal && host.includes(':') ? `[${host}]` : host}:${port}`;
        const exchange = { room, id: room.nextId(), request, socket, where: { target } };
        const refused = judgeName(room, destination, exchange, finding !== undefined);
        if (refused)
            return void socket.end(refuse(exchange, refused, prefix));
        if (finding)
            return void socket.end(refuse(exchange, { scanner: 'dlp', ...finding, status: 403 }, prefix));
        const inHeaders = await room.detect(headerText(request));
        if (inHeaders)
            return void socket.end(refuse(exchange, { scanner: 'header_dlp', ...inHeaders, status: 403 }, prefix));
        if (room.rate.tooMany(host)) {
            return void socket.end(refuse(exchange, { scanner: 'ratelimit', reason: `too many requests to ${host}`, status: 429 }, prefix));
        }
        if (tunnels >= mostTunnels)
            return void socket.end(answer(503, 'too many active tunnels'));
        const judged = await room.judge.byAddress(destination);
        if ('scanner' in judged)
            return void socket.end(refuse(exchange, judged, prefix));
        tunnels += 1;
        try {
            await carry(exchange, destination, judged.address, head);
        }
        finally {
            tunnels -= 1;
        }
    };
}
// In learn mode the allowlist only takes note; everything else refuses as ever.
function judgeName(room, destination, exchange, hide) {
    const verdict = room.judge.byName(destination);
    const refusal = verdict && hide ? { ...verdict, reason: verdict.reason.replace(destination.host, '[redacted]') } : verdict;
    if (refusal?.scanner !== 'allowlist' || room.config.enforce)
        return refusal;
    room.log('warn', 'anomaly', { ...factsOf(exchange), scanner: refusal.scanner, reason: refusal.reason, score: 1 });
    return undefined;
}
async function carry(exchange, destination, address, head) {
    const { room, socket } = exchange;
    const upstream = await dial(address, destination.port).catch((error) => error);
    if (upstream instanceof Error) {
        room.log('error', 'error', { ...factsOf(exchange), error: `tunnel dial failed: ${upstream.message}` });
        socket.end(answer(502, 'tunnel dial failed'));
        return;
    }
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    try {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        const first = await firstBytes(socket, head);
        const mismatch = judgeFirst(first, destination);
        if (mismatch) {
            const { agent, client_ip, request_id } = factsOf(exchange);
            room.log('warn', 'sni_mismatch', {
                connect_host: destination.host,
                ...mismatch,
                client_ip,
                request_id,
                agent,
                mitre_technique: 'T1090.004',
            });
            return;
        }
        await copy(exchange, upstream, first.data);
    }
    finally {
        upstream.destroy();
        socket.destroy();
    }
}
/** Reads until it is clear what the client speaks: a whole ClientHello, something else, or nothing for five seconds. */
async function firstBytes(socket, head) {
    let data = head;
    const limit = Date.now() + firstBytesWithin;
    while (true) {
        const read = readClientHello(data);
        if (read.kind === 'hello')
            return { data, kind: 'hello', serverName: read.serverName };
        if (read.kind === 'other' || read.kind === 'broken')
            return { data, kind: read.kind };
        if (data.length > 2 * longestHello)
            return { data, kind: 'broken' };
        const more = await nextChunk(socket, limit - Date.now());
        if (more === undefined)
            return { data, kind: socket.destroyed || socket.readableEnded ? 'closed' : 'silent' };
        data = Buffer.concat([data, more]);
    }
}
function nextChunk(socket, ms) {
    return new Promise(resolve => {
        const done = (chunk) => {
            clearTimeout(timer);
            socket.pause();
            socket.off('data', done).off('end', none).off('close', none);
            resolve(chunk);
        };
        const none = () => done();
        const timer = setTimeout(none, Math.max(0, ms));
        if (socket.destroyed || socket.readableEnded)
            return none();
        socket.once('data', done).once('end', none).once('close', none);
        socket.resume();
    });
}
function judgeFirst(first, { host, literal }) {
    if (first.kind === 'silent' || first.kind === 'closed')
        return { sni_host: '', category: 'timeout' };
    if (first.kind === 'broken')
        return { sni_host: '', category: 'malformed' };
    if (first.kind === 'other')
        return undefined;
    const name = first.serverName?.toLowerCase().replace(/\.$/, '');
    if (name === undefined)
        return literal ? undefined : { sni_host: '', category: 'missing' };
    return name === host ? undefined : { sni_host: name, category: 'mismatch' };
}
async function copy(exchange, upstream, first) {
    const { room, socket } = exchange;
    const { idle_timeout_seconds: idle, max_tunnel_seconds: longest } = room.config.forward_proxy;
    const started = Date.now();
    const facts = factsOf(exchange);
    const { method: _, ...common } = facts;
    room.log('info', 'tunnel_open', common);
    const cut = () => upstream.destroy();
    const timer = setTimeout(cut, Math.min(longest * 1000, 2 ** 31 - 1));
    upstream.setTimeout(Math.min(idle * 1000, 2 ** 31 - 1), cut);
    const ended = new Promise(resolve => socket.once('close', resolve));
    // What upstream has sent is still on its way to the client when upstream closes: let it drain, but not for ever.
    upstream.once('close', () => socket.end().setTimeout(drainWithin, () => socket.destroy()));
    upstream.write(first);
    socket.pipe(upstream);
    upstream.pipe(socket);
    await ended;
    clearTimeout(timer);
    const total = upstream.bytesRead + upstream.bytesWritten;
    room.log('info', 'tunnel_close', { ...common, total_bytes: total, duration_ms: Date.now() - started });
}
/** Opens a connection to an address that has been judged. Rejects when nobody answers within 15 s. */
function dial(address, port) {
    return new Promise((resolve, reject) => {
        const socket = (0,external_node_net_.connect)({ host: address, port, allowHalfOpen: true, autoSelectFamily: false });
        const timer = setTimeout(() => socket.destroy(new Error('timed out')), dialWithin);
        socket.once('connect', () => {
            clearTimeout(timer);
            socket.off('error', reject);
            resolve(socket);
        });
        socket.once('error', error => {
            clearTimeout(timer);
            reject(error);
        });
    });
}

// EXTERNAL MODULE: ./src/gate/program/version.ts
var version = __webpack_require__(8684);
;// CONCATENATED MODULE: ./src/gate/program/gate.ts










const headersWithin = 10_000;
const requestWithin = 300_000;
const mostHeaderBytes = 64 * 1024;
/** Starts the gate on `host:port`; resolves when it listens and its `startup` line is written. */
async function startGate(config, listen, world) {
    const log = (0,program_log.openLog)(world.write);
    const started = Date.now();
    const resolve = world.resolve ?? (async (host) => (await (0,promises_.lookup)(host, { all: true })).map(one => one.address));
    const room = {
        config,
        log,
        judge: createJudge(config, resolve),
        detect: await createDetector(world.secrets ?? []),
        rate: rateLimit(config.fetch_proxy.monitoring.max_requests_per_minute),
        nextId: counter(),
    };
    const forward = createForwarder(room);
    const tunnel = createTunneller(room);
    const open = new Set();
    const server = (0,external_node_http_.createServer)({
        maxHeaderSize: mostHeaderBytes,
        headersTimeout: headersWithin,
        requestTimeout: requestWithin,
    });
    server.on('connection', socket => {
        open.add(socket);
        socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    });
    server.on('request', (request, response) => {
        if (request.url?.startsWith('/'))
            return answerHere(request, response, config, started);
        guarded(log, response.socket, () => forward(request, response));
    });
    server.on('connect', (request, socket, head) => guarded(log, socket, () => tunnel(request, socket, head)));
    server.on('upgrade', (request, socket) => refuseUpgrade(room, request, socket));
    server.on('clientError', (_, socket) => {
        if (socket.writable)
            socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    });
    await new Promise((done, failed) => server.once('error', failed).listen(listen.port, listen.host, done));
    const { port } = server.address();
    log('info', 'startup', {
        listen: `${listen.host}:${port}`,
        mode: config.mode,
        version: version/* gateVersion */.A,
        config_hash: config.hash,
    });
    return {
        port,
        async stop(reason) {
            const closed = new Promise(done => server.close(done));
            for (const socket of open)
                socket.destroy();
            await closed;
            log('info', 'shutdown', { reason });
        },
    };
}
function counter() {
    let count = 0;
    return () => `req-${++count}`;
}
// A mistake of ours, or a socket that broke at the wrong moment, ends one connection and never the gate.
function guarded(log, socket, work) {
    work().catch((error) => {
        log('error', 'error', { error: error.message });
        socket?.destroy();
    });
}
function answerHere(request, response, config, started) {
    if (request.url !== '/health') {
        response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end('not found\n');
        return;
    }
    const health = {
        status: 'healthy',
        version: version/* gateVersion */.A,
        mode: config.mode,
        uptime_seconds: (Date.now() - started) / 1000,
        rate_limit_enabled: true,
        forward_proxy_enabled: true,
        websocket_proxy_enabled: false,
        request_body_scan_enabled: true,
        tls_interception_enabled: false,
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(health));
}
function refuseUpgrade(room, request, socket) {
    const exchange = { room, id: room.nextId(), request, socket, where: { url: '[upgrade]' } };
    const refusal = {
        scanner: 'scheme',
        reason: 'protocol upgrades over plain HTTP are not proxied; use TLS',
        status: 403,
    };
    socket.end(refuse(exchange, refusal, 'blocked: '));
}


/***/ }),

/***/ 466:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openLog: () => (/* binding */ openLog),
/* harmony export */   techniques: () => (/* binding */ techniques),
/* harmony export */   writeLine: () => (/* binding */ writeLine)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);

const messages = {
    startup: 'gate started',
    shutdown: 'gate stopping',
    blocked: 'request blocked',
    anomaly: 'anomaly detected',
    forward_http: 'forward proxy request',
    tunnel_open: 'tunnel opened',
    tunnel_close: 'tunnel closed',
    sni_mismatch: 'SNI verification failed',
    body_dlp: 'request body DLP scan hit',
    header_dlp: 'request header DLP scan hit',
    error: 'request error',
};
/** The attack technique that pipelock names for a scanner (facts/pipelock §5.5). */
const techniques = {
    allowlist: 'T1071.001',
    dlp: 'T1048',
    header_dlp: 'T1048',
    body_dlp: 'T1048',
    subdomain_entropy: 'T1048',
    length: 'T1048',
    ssrf: 'T1046',
    core_ssrf: 'T1046',
    crlf_injection: 'T1190',
};
/** Makes a log over a function that writes a whole line. Text is cut to a sane length and cleaned of control characters. */
function openLog(write, now = () => new Date()) {
    return (level, event, fields) => {
        const clean = Object.entries(fields).flatMap(([name, value]) => {
            if (value === undefined || value === '')
                return [];
            return [[name, typeof value === 'string' ? sanitise(value) : value]];
        });
        const line = { level, component: 'bottle-gate', event, ...Object.fromEntries(clean), time: now().toISOString() };
        write(`${JSON.stringify({ ...line, message: messages[event] ?? event })}\n`);
    };
}
/** Writes to standard output before it returns: a block is in the log before its answer is on the wire. */
function writeLine(line) {
    const data = Buffer.from(line);
    for (let at = 0; at < data.length;) {
        try {
            at += (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(1, data, at);
        }
        catch (error) {
            // The reader of a pipe is slow: nothing may be lost, so wait for it here.
            if (error.code !== 'EAGAIN')
                throw error;
        }
    }
}
function sanitise(text) {
    return text.slice(0, 4096).replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ');
}


/***/ })

};
