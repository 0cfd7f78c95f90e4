export const id = 466;
export const ids = [466];
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


/***/ })

};
