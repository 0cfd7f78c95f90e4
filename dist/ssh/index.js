import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 555:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  V: () => (/* binding */ enter)
});

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./src/ssh/enter.ts


/**
 * The bottle's first program: takes the delivery, writes its files, and becomes the agent's program (the same process,
 * with nothing on its standard input). Exits 127 when there is no such program, 1 when there was no delivery.
 */
function enter(command) {
    const delivery = receive();
    for (const { path, text } of delivery.files) {
        (0,external_node_fs_namespaceObject.mkdirSync)((0,external_node_path_namespaceObject.dirname)(path), { recursive: true, mode: 0o700 });
        (0,external_node_fs_namespaceObject.writeFileSync)(path, text, { mode: 0o600, flag: 'wx' });
    }
    (0,external_node_fs_namespaceObject.closeSync)(0);
    (0,external_node_fs_namespaceObject.openSync)('/dev/null', 'r');
    const env = { ...process.env, ...delivery.env };
    const [name = ''] = command;
    const program = find(name, env.PATH ?? '');
    if (!program)
        leave(127, `${name}: there is no such program in the image`);
    // Node ignores these, which would last; a signal with a handler is back at its default after execve (signal(7)).
    for (const signal of ['SIGPIPE', 'SIGXFSZ'])
        process.on(signal, () => { });
    process.execve?.(program, [...command], env);
}
// The last line: the end of the input is the end of the delivery, and the engine closes it for good. The body of the
// attach request itself, a line without an end, comes first when it reached the engine after the request's headers.
function receive() {
    try {
        return JSON.parse((0,external_node_fs_namespaceObject.readFileSync)(0, 'utf8').trimEnd().split('\n').at(-1) ?? '');
    }
    catch {
        return leave(1, 'nothing was delivered on standard input, so the agent does not start');
    }
}
// As the engine itself looks for a program: in PATH unless the name has a slash.
function find(name, path) {
    const places = name.includes('/') ? [name] : path.split(':').map(folder => (0,external_node_path_namespaceObject.join)(folder || '.', name));
    return places.find(isProgram);
}
function isProgram(path) {
    try {
        (0,external_node_fs_namespaceObject.accessSync)(path, external_node_fs_namespaceObject.constants.X_OK);
        return (0,external_node_fs_namespaceObject.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}
function leave(code, why) {
    process.stderr.write(`bottle: ${why}\n`);
    process.exit(code);
}


/***/ }),

/***/ 545:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _enter_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(555);
/* harmony import */ var _tunnel_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(843);


// Runs inside a bottle that uses ssh, by the runner's Node: `enter PROGRAM ARG…` once, `tunnel GATE HOST PORT` per connection.
const [verb, ...words] = process.argv.slice(2);
if (verb === 'enter')
    (0,_enter_js__WEBPACK_IMPORTED_MODULE_0__/* .enter */ .V)(words);
else
    await (0,_tunnel_js__WEBPACK_IMPORTED_MODULE_1__/* .tunnel */ .d)(words);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 843:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  d: () => (/* binding */ tunnel)
});

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./src/ssh/tunnel.ts

const longestAnswer = 16 * 1024;
const answerWithin = 30_000;
// ssh has gone when it closes its side; what still comes from the other end is waited for no longer than this.
const drainWithin = 5000;
/**
 * ssh's ProxyCommand: `GATE-HOST:PORT HOST PORT`. Asks the gate for a tunnel and joins it to standard input and output.
 * What the gate refuses is said on standard error, which ssh shows, and the exit code is 1.
 */
async function tunnel([gate = '', host = '', port = '']) {
    const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const [gateHost = '', gatePort = ''] = gate.split(/:(?=\d+$)/);
    const socket = (0,external_node_net_namespaceObject.connect)({ host: gateHost, port: Number(gatePort), allowHalfOpen: true });
    try {
        const rest = await ask(socket, target);
        process.stdout.write(rest);
        process.stdout.on('error', () => process.exit(0));
        process.stdin.once('end', () => socket.setTimeout(drainWithin, () => socket.destroy())).pipe(socket);
        socket.pipe(process.stdout);
        await new Promise((done, failed) => socket
            .once('end', done)
            .once('close', () => done())
            .once('error', failed));
        // What was read is on its way to ssh; what ssh still has to say reaches nobody now.
        process.stdout.write('', () => process.exit(0));
    }
    catch (error) {
        process.stderr.write(`bottle: no ssh connection to ${target}: ${error instanceof Error ? error.message : error}\n`);
        process.exit(1);
    }
}
/** Sends CONNECT and reads the answer's head. Resolves with the bytes after it; rejects with the gate's own words. */
async function ask(socket, target) {
    const late = () => socket.destroy(new Error('the gate did not answer in time'));
    socket.setTimeout(answerWithin, late);
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    let data = Buffer.alloc(0);
    for (;;) {
        const end = data.indexOf('\r\n\r\n');
        const status = /^HTTP\/1\.[01] (\d{3})/.exec(data.toString('latin1', 0, 12))?.[1];
        if (end >= 0 && status === '200') {
            socket.setTimeout(0, late);
            return data.subarray(end + 4);
        }
        const chunk = status !== undefined && isWhole(data, end) ? undefined : await nextChunk(socket);
        if (chunk !== undefined && data.length < longestAnswer)
            data = Buffer.concat([data, chunk]);
        else
            throw new Error(status ? `the gate answered ${status}: ${wordsOf(data, end)}` : 'the gate gave no answer');
    }
}
// A refusal may come on a connection that stays open: its length says where it ends.
function isWhole(answer, end) {
    const length = end < 0 ? undefined : /^content-length: *(\d+)/im.exec(answer.toString('latin1', 0, end))?.[1];
    return length !== undefined && answer.length >= end + 4 + Number(length);
}
function nextChunk(socket) {
    return new Promise((resolve, reject) => {
        const settle = () => {
            socket.pause();
            socket.off('data', onData).off('end', onEnd).off('error', onError);
        };
        const onData = (chunk) => {
            settle();
            resolve(chunk);
        };
        const onEnd = () => {
            settle();
            resolve(undefined);
        };
        const onError = (error) => {
            settle();
            reject(error);
        };
        socket.on('data', onData).on('end', onEnd).on('error', onError);
        socket.resume();
    });
}
// The body of a refusal is a line for people; it goes to a terminal.
function wordsOf(answer, end) {
    const body = end < 0 ? '' : answer.toString('utf8', end + 4);
    const words = body.replace(/[^\x20-\x7e]+/g, ' ').trim();
    return words.slice(0, 300) || 'refused';
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(545);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
