export const id = 167;
export const ids = [167,466];
export const modules = {

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
    relay_startup: 'relay started',
    relay_counts: 'relayed so far',
    relay_end: 'relay stopping',
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


/***/ }),

/***/ 4167:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   startRelay: () => (/* binding */ startRelay)
/* harmony export */ });
/* harmony import */ var node_dns_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1553);
/* harmony import */ var node_dns_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_dns_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7030);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_net__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(466);



const dialWithin = 10_000;
const mostConnections = 1024;
const betweenCounts = 1000;
/**
 * Starts a relay: bytes that come to one of its ports go to the same port of the one container, and back, and nothing in
 * them is read. Nobody who connects can choose where to. Writes a line when it listens, and then how many connections and
 * bytes there were so far, at most once a second. Rejects when a port cannot be had.
 */
async function startRelay(wish, { write, resolve = node_dns_promises__WEBPACK_IMPORTED_MODULE_0__.resolve4, most = mostConnections }) {
    const log = (0,_log_js__WEBPACK_IMPORTED_MODULE_2__.openLog)(write);
    const count = { connections: 0, failed: 0, sent: 0, received: 0 };
    const pairs = new Set();
    const totals = () => {
        const all = { ...count };
        for (const pair of pairs)
            addBytes(all, pair);
        return all;
    };
    let told = JSON.stringify(count);
    const tell = () => {
        const now = JSON.stringify(totals());
        if (now !== told)
            log('info', 'relay_counts', totals());
        told = now;
    };
    const take = async (client, port) => {
        const pair = { client };
        client.on('error', () => client.destroy());
        count.connections += 1;
        if (pairs.size >= most)
            return fail(client, count);
        pairs.add(pair);
        client.once('close', () => forget(pair));
        try {
            const [address] = await resolve(wish.to);
            pair.service = await dial(address ?? '', port);
        }
        catch {
            return fail(client, count);
        }
        pair.service.once('close', () => forget(pair));
        join(client, pair.service);
    };
    // Both ends are asked for their bytes once, when the last of them has closed.
    const forget = (pair) => {
        if (!pair.client.closed || (pair.service && !pair.service.closed))
            return;
        if (pairs.delete(pair))
            addBytes(count, pair);
    };
    const servers = await Promise.all(wish.ports.map(port => open(wish.listen, port, client => void take(client, port))));
    log('info', 'relay_startup', { listen: wish.listen, ports: wish.ports.map(String) });
    const timer = setInterval(tell, betweenCounts);
    return {
        async stop() {
            clearInterval(timer);
            const closed = servers.map(server => new Promise(done => server.close(done)));
            const last = totals();
            for (const { client, service } of pairs) {
                client.destroy();
                service?.destroy();
            }
            await Promise.all(closed);
            log('info', 'relay_end', last);
        },
    };
}
function addBytes(to, { client, service }) {
    to.sent += client.bytesRead;
    to.received += service?.bytesRead ?? 0;
}
// Cut and not ended: a client must not take this for the service's own goodbye.
function fail(client, count) {
    count.failed += 1;
    client.resetAndDestroy();
}
function open(host, port, take) {
    const server = (0,node_net__WEBPACK_IMPORTED_MODULE_1__.createServer)({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, take);
    return new Promise((done, failed) => server.once('error', failed).listen({ host, port }, () => done(server)));
}
function dial(host, port) {
    return new Promise((done, failed) => {
        const socket = (0,node_net__WEBPACK_IMPORTED_MODULE_1__.connect)({ host, port, allowHalfOpen: true, autoSelectFamily: false, noDelay: true });
        const timer = setTimeout(() => socket.destroy(new Error('timed out')), dialWithin);
        socket.once('error', failed);
        socket.once('close', () => clearTimeout(timer));
        socket.once('connect', () => {
            clearTimeout(timer);
            socket.off('error', failed).on('error', () => socket.destroy());
            done(socket);
        });
    });
}
// Each end's goodbye is passed on by itself; an end that was cut cuts the other.
function join(one, other) {
    for (const [from, to] of [
        [one, other],
        [other, one],
    ]) {
        from.pipe(to);
        from.once('close', () => {
            if (from.errored || !from.readableEnded || !from.writableFinished)
                to.resetAndDestroy();
        });
        if (from.destroyed)
            to.resetAndDestroy();
    }
}


/***/ })

};
