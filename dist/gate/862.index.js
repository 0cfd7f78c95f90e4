export const id = 862;
export const ids = [862];
export const modules = {

/***/ 7862:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   healthcheck: () => (/* binding */ healthcheck)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_http__WEBPACK_IMPORTED_MODULE_0__);

const within = 3000;
/**
 * Asks `http://ADDR/health`, through HTTP_PROXY when that is set (as pipelock's client does, but for loopback).
 * Resolves with undefined when it answered 200 within three seconds, else with why not: an errno or a status.
 */
function healthcheck(address, env) {
    const url = `http://${address}/health`;
    const proxy = /^(127\.|localhost|\[::1\])/.test(address) ? undefined : env.HTTP_PROXY;
    return new Promise(resolve => {
        const options = proxy ? { host: new URL(proxy).hostname, port: new URL(proxy).port, path: url } : {};
        const request = proxy ? (0,node_http__WEBPACK_IMPORTED_MODULE_0__.get)({ ...options, headers: { host: address } }) : (0,node_http__WEBPACK_IMPORTED_MODULE_0__.get)(url);
        const timer = setTimeout(() => request.destroy(Object.assign(new Error('timeout'), { code: 'timeout' })), within);
        const settle = (why) => {
            clearTimeout(timer);
            resolve(why);
            request.destroy();
        };
        request.once('response', response => settle(response.statusCode === 200 ? undefined : `status ${response.statusCode}`));
        request.once('error', (error) => settle([error.code, error.message].filter(Boolean).join(' ')));
    });
}


/***/ })

};
