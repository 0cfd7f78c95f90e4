/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 376:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ mayHoldToken)
/* harmony export */ });
// Token formats are told by a run of characters no prose has.
const run = /[\w+/=.-]{8,}|-----BEGIN/;
/** May something of a token's format be in a text? Asked before the formats are loaded, which takes a while. */
function mayHoldToken(text) {
    return run.test(text);
}


/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = require("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = require("node:fs");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = require("node:path");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = require("node:tls");

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/******/ 	// expose the modules object (__webpack_modules__)
/******/ 	__nccwpck_require__.m = __webpack_modules__;
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/create fake namespace object */
/******/ 	(() => {
/******/ 		var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 		var leafPrototypes;
/******/ 		// create a fake namespace object
/******/ 		// mode & 1: value is a module id, require it
/******/ 		// mode & 2: merge all properties of value into the ns
/******/ 		// mode & 4: return value when already ns object
/******/ 		// mode & 16: return value when it's Promise-like
/******/ 		// mode & 8|1: behave like require
/******/ 		__nccwpck_require__.t = function(value, mode) {
/******/ 			if(mode & 1) value = this(value);
/******/ 			if(mode & 8) return value;
/******/ 			if(typeof value === 'object' && value) {
/******/ 				if((mode & 4) && value.__esModule) return value;
/******/ 				if((mode & 16) && typeof value.then === 'function') return value;
/******/ 			}
/******/ 			var ns = Object.create(null);
/******/ 			__nccwpck_require__.r(ns);
/******/ 			var def = {};
/******/ 			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 			for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 			}
/******/ 			def['default'] = () => (value);
/******/ 			__nccwpck_require__.d(ns, def);
/******/ 			return ns;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/ensure chunk */
/******/ 	(() => {
/******/ 		__nccwpck_require__.f = {};
/******/ 		// This file contains only the entry chunk.
/******/ 		// The chunk loading function for additional chunks
/******/ 		__nccwpck_require__.e = (chunkId) => {
/******/ 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 				__nccwpck_require__.f[key](chunkId, promises);
/******/ 				return promises;
/******/ 			}, []));
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/get javascript chunk filename */
/******/ 	(() => {
/******/ 		// This function allow to reference async chunks
/******/ 		__nccwpck_require__.u = (chunkId) => {
/******/ 			// return url for filenames based on template
/******/ 			return "" + chunkId + ".index.js";
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/require chunk loading */
/******/ 	(() => {
/******/ 		// no baseURI
/******/ 		
/******/ 		// object to store loaded chunks
/******/ 		// "1" means "loaded", otherwise not loaded yet
/******/ 		var installedChunks = {
/******/ 			792: 1
/******/ 		};
/******/ 		
/******/ 		// no on chunks loaded
/******/ 		
/******/ 		var installChunk = (chunk) => {
/******/ 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
/******/ 			for(var moduleId in moreModules) {
/******/ 				if(__nccwpck_require__.o(moreModules, moduleId)) {
/******/ 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
/******/ 				}
/******/ 			}
/******/ 			if(runtime) runtime(__nccwpck_require__);
/******/ 			for(var i = 0; i < chunkIds.length; i++)
/******/ 				installedChunks[chunkIds[i]] = 1;
/******/ 		
/******/ 		};
/******/ 		
/******/ 		// require() chunk loading for javascript
/******/ 		__nccwpck_require__.f.require = (chunkId, promises) => {
/******/ 			// "1" is the signal for "already loaded"
/******/ 			if(!installedChunks[chunkId]) {
/******/ 				if(true) { // all chunks have JS
/******/ 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
/******/ 				} else installedChunks[chunkId] = 1;
/******/ 			}
/******/ 		};
/******/ 		
/******/ 		// no external install chunk
/******/ 		
/******/ 		// no HMR
/******/ 		
/******/ 		// no HMR manifest
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = require("node:events");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./src/action/fence.ts


// What others than the runner take for a line's end, and what ends a text in C.
const otherEnds = /[\0\u0085\u2028\u2029\v\f]/g;
/**
 * Makes one line of hostile text harmless for the runner's command parser: `::` after leading white space and `##[`
 * anywhere are what it obeys (facts/platform §2.3). The text stays readable: a backslash is put in, as the runner
 * itself does for its own markers.
 */
function neutralise(line) {
    return line
        .replace(/^(\s*)::/u, '$1\\::')
        .replaceAll('##[', '##\\[')
        .replace(otherEnds, '�');
}
// What `neutralise` changes holds one of these.
const mayCommand = new RegExp(`::|##\\[|${otherEnds.source}`);
/**
 * A word that nobody can guess, 256 bits in hex, from the kernel (random(4)). Loading node:crypto for it would take a
 * later step of a job a tenth of the time that it may take at all.
 */
function freshToken() {
    const bytes = Buffer.alloc(32);
    const source = (0,external_node_fs_.openSync)('/dev/urandom', 'r');
    try {
        if ((0,external_node_fs_.readSync)(source, bytes, 0, bytes.length, null) !== bytes.length)
            throw new Error('/dev/urandom gave too little');
        return bytes.toString('hex');
    }
    finally {
        (0,external_node_fs_.closeSync)(source);
    }
}
/**
 * Stops the runner's command processing on `out` until `close()`. The token is fresh, 256 bits, and known to nobody
 * but the runner. Each `line` resolves when `out` can take more, which holds a flooding agent back.
 */
function openFence(out) {
    const token = freshToken();
    out.write(`::stop-commands::${token}\n`);
    let open = true;
    const lines = async (texts) => {
        if (!open || texts.length === 0)
            return;
        // Asked of them all at once: nearly none has anything in it that would have to be changed.
        const text = texts.join('\n');
        const harmless = mayCommand.test(text) ? texts.map(neutralise).join('\n') : text;
        if (!out.write(`${harmless}\n`))
            await (0,external_node_events_namespaceObject.once)(out, 'drain');
    };
    return {
        line: text => lines([text]),
        lines,
        close() {
            if (open)
                out.write(`::${token}::\n`);
            open = false;
        },
    };
}

;// CONCATENATED MODULE: ./src/errors.ts
/**
 * An error whose cause is outside our code: the user's words, the engine, the gate.
 * `message` states what is wrong, `fix` says in one sentence what to type or do. Shown without a stack.
 */
class BottleError extends Error {
    fix;
    problems;
    constructor(message, fix, facts = {}) {
        super(message, { cause: facts.cause });
        this.name = 'BottleError';
        this.fix = fix;
        this.problems = facts.problems ?? [];
    }
}
/** What a person reads of any error: the sentence and the fix, or the stack when it is a bug of ours. */
function explain(error) {
    if (error instanceof BottleError)
        return [error.message, error.fix].filter(Boolean).join(' ');
    if (error?.code === 'ENOSPC')
        return `The disk is full: ${error.message}. Make room where RUNNER_TEMP is.`;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
/** The first line of the same, to stand within a sentence. */
function reasonOf(error) {
    const line = explain(error)
        .split('\n')[0]
        ?.replace(/^Error: /, '');
    return line || 'for no known reason';
}

;// CONCATENATED MODULE: ./src/gate/program/encodings.ts
// A shorter piece would match by chance.
const shortest = 6;
const shortestInPieces = 16;
/**
 * Every way we can write a secret: plain, base64 and base64url at the three alignments inside a longer text, hex,
 * percent-encoded, JSON-escaped, reversed, with its halves changed about, rotated by 13.
 */
function secretForms(secret) {
    const bytes = Buffer.from(secret, 'utf8');
    const backwards = reverse(secret);
    const half = Math.floor(secret.length / 2);
    const [first, second] = [secret.slice(0, half), secret.slice(half)];
    const percent = [...bytes].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const base64 = (data) => aligned(data).map(text => ({ name: 'base64-encoded', text }));
    const forms = [
        { name: 'plain', text: secret },
        ...base64(bytes),
        ...aligned(bytes).map(text => ({
            name: 'base64url-encoded',
            text: text.replaceAll('+', '-').replaceAll('/', '_'),
        })),
        ...base64(Buffer.from(backwards, 'utf8')),
        { name: 'hex-encoded', text: bytes.toString('hex') },
        { name: 'hex-encoded', text: bytes.toString('hex').toUpperCase() },
        { name: 'percent-encoded', text: encodeURIComponent(secret) },
        { name: 'percent-encoded', text: percent },
        { name: 'percent-encoded', text: percent.toUpperCase() },
        { name: 'json-escaped', text: JSON.stringify(secret).slice(1, -1) },
        { name: 'reversed', text: backwards },
        { name: 'reversed', text: reverse(first) + reverse(second) },
        { name: 'reversed', text: second + first },
        { name: 'rotated by 13', text: secret.replace(/[a-z]/gi, rotated) },
    ];
    const seen = new Set();
    return forms.filter(({ text }) => text.length >= shortest && !seen.has(text) && seen.add(text));
}
/**
 * The pieces by which a secret of 16 characters and more is told when it is cut, forwards and backwards. Wherever it is
 * cut, one cut spoils one piece: three quarters of four, or both halves, are the secret. Pieces that may be words of
 * anybody's text do not count.
 */
function secretPieces(secret) {
    const count = secret.length >= 4 * shortest ? 4 : 2;
    if (secret.length < shortestInPieces)
        return [];
    const size = Math.floor(secret.length / count);
    const least = count === 4 ? 3 : 2;
    return [secret, reverse(secret)]
        .map(text => Array.from({ length: count }, (_, i) => text.slice(i * size, i === count - 1 ? undefined : (i + 1) * size)))
        .map(pieces => ({ texts: pieces.filter(piece => /\d|[a-z][A-Z]/.test(piece)), least }))
        .filter(({ texts }) => texts.length >= least);
}
function reverse(text) {
    return [...text].reverse().join('');
}
function rotated(letter) {
    const base = letter < 'a' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
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

;// CONCATENATED MODULE: ./src/evidence/spans.ts
/** What stands where a secret was. */
const mark = '***';
/** The text with a mark in place of each span; spans may come in any order and overlap. */
function cutOut(text, spans) {
    if (spans.length === 0)
        return text;
    let result = '';
    let at = 0;
    for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
        if (from >= at)
            result += text.slice(at, from) + mark;
        at = Math.max(at, to);
    }
    return result + text.slice(at);
}

;// CONCATENATED MODULE: ./src/evidence/known-secrets.ts


// A shorter text is in everybody's words.
const known_secrets_shortest = 4;
// Across dots and slashes only what is too long to be there by chance.
const shortestCut = 8;
/**
 * A function that masks these secrets in a text: the whole values and each of their lines of four characters and more, in
 * every form we can write, in any case, and also cut up by dots or slashes (a host name's labels, a path's segments).
 */
function maskKnown(secrets, formsOf = secretForms) {
    const lines = secrets
        .flatMap(secret => [secret, ...secret.split(/\r?\n/)])
        .filter(one => one.trim().length >= known_secrets_shortest);
    if (lines.length === 0)
        return text => text;
    const forms = lines.flatMap(line => [line, ...formsOf(line).map(form => form.text)]).flatMap(written);
    const findWhole = search(forms, false);
    const findCut = search(forms.map(withoutMarks).filter(form => form.length >= shortestCut), true);
    return text => {
        const masked = cutOut(text, findWhole(text));
        if (!findCut.mayBegin(masked))
            return masked;
        const spans = findCut(withoutMarks(masked));
        return spans.length === 0 ? masked : cutOut(masked, acrossMarks(masked, spans));
    };
}
// As it stands, and as it stands in a URL or in JSON, where some of its characters have to be written otherwise.
function written(form) {
    return [form, encodeURIComponent(form.toWellFormed()), JSON.stringify(form).slice(1, -1)];
}
function withoutMarks(text) {
    return text.replace(/[./]/g, '');
}
// Where spans of the text without its dots and slashes are in the text itself.
function acrossMarks(text, spans) {
    const places = Array.from(text, (_, i) => i).filter(i => text[i] !== '.' && text[i] !== '/');
    return spans.map(([from, to]) => [places[from] ?? 0, (places[to - 1] ?? text.length) + 1]);
}
const beginning = 4;
const slots = 1 << 20;
const none = [];
/**
 * A function that finds every one of `forms` in a text, whatever the case. Most texts hold none: one look into a table
 * tells four characters that begin no form, and only where one may begin the expression of all of them runs.
 */
function search(forms, marks) {
    const wanted = [...new Set(forms)].sort((a, b) => b.length - a.length);
    if (wanted.length === 0)
        return Object.assign(() => none, { mayBegin: () => false });
    const expression = new RegExp(wanted.map(form => RegExp.escape(form)).join('|'), 'gi');
    const begins = new Uint8Array(slots);
    for (const form of wanted)
        begins[slotAt(form, marks)] = 1;
    // The table folds only ASCII.
    const certain = wanted.every(form => /^[\0-\x7f]{4}/.test(form));
    const least = wanted.at(-1)?.length ?? 0;
    const mayBegin = (text) => !certain || (text.length >= least && holdsBeginning(text, marks, begins));
    const find = (text) => mayBegin(text)
        ? Array.from(text.matchAll(expression), ({ 0: { length }, index }) => [index, index + length])
        : none;
    return Object.assign(find, { mayBegin });
}
// Is the place in the table of any four characters in a row taken?
function holdsBeginning(text, marks, begins) {
    let [slot, seen] = [0, 0];
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (marks && (code === 46 || code === 47))
            continue;
        slot = nextSlot(slot, code);
        if (++seen >= beginning && begins[slot] === 1)
            return true;
    }
    return false;
}
// The place in the table of the first four characters of a form.
function slotAt(form, marks) {
    const text = marks ? withoutMarks(form) : form;
    let slot = 0;
    for (let at = 0; at < beginning; at++)
        slot = nextSlot(slot, text.charCodeAt(at));
    return slot;
}
// Five bits of each of the last four: letters are their own, in either case.
function nextSlot(slot, code) {
    const bits = code >= 64 && code < 128 ? code & 31 : (code ^ (code >> 5)) & 31;
    return ((slot << 5) | bits) & (slots - 1);
}

;// CONCATENATED MODULE: ./src/plan/folders.ts
/** Where the agent's home is: in memory, gone with the bottle. */
const home = '/home/bottle';
/** Where the run's own read-only folder appears inside the bottle. */
const ownFolder = '/bottle';
/** Folders of the steps of a job in the run's own folder: scripts, read-only inside; and what each step may write to. */
const stepsFolder = 'steps';
const jobFolder = 'job';
/** What a bottle of a whole job keeps for its steps below the run's folder, out of the bottle's sight. */
const shellFolder = 'shell';
const stepsFile = 'steps.jsonl';
const variablesFile = 'variables.jsonl';
/** Where a step's own folder of writable files appears inside. */
function stepFolder(step) {
    return `${ownFolder}/${jobFolder}/${step}`;
}
/** Where a step's script appears inside. */
function stepScript(step) {
    return `${ownFolder}/${stepsFolder}/${step}/script`;
}

;// CONCATENATED MODULE: ./src/plan/shell.ts
// What GitHub runs for `shell:` (runner, ScriptHandlerHelpers.cs), with the script's path at {0}.
const known = {
    bash: 'bash --noprofile --norc -eo pipefail {0}',
    sh: 'sh -e {0}',
    python: 'python {0}',
    node: 'node {0}',
};
// No shell named: bash where the image has it, else sh, decided inside, as the runner does on its host.
const either = 'if command -v bash >/dev/null 2>&1; then exec bash -e "$0"; else exec sh -e "$0"; fi';
/**
 * The argument vector that runs a later step's `script`: `words` is what stood behind `bottle` in its `shell:`, with
 * the script's path inside already in its place. Alone it is run by the spec's shell, or as the runner runs bash.
 */
function stepCommand(words, script, shell, hasBash) {
    const [first = '', ...rest] = words;
    if (words.length === 1 && first === script)
        return shellCommand(shell ?? (hasBash ? 'bash' : 'sh'), script);
    // `bottle bash {0}` means what `bash` alone means to the runner.
    if (rest.length === 1 && rest[0] === script && Object.hasOwn(known, first))
        return shellCommand(first, script);
    return [...words];
}
/** The argument vector that runs `script` (a path inside the bottle) with the spec's `shell`, or with the default. */
function shellCommand(shell, script) {
    if (shell === undefined)
        return ['/bin/sh', '-c', either, script];
    return (known[shell] ?? shell).split(/\s+/).map(word => word.replaceAll('{0}', script));
}

;// CONCATENATED MODULE: ./src/shell/call.ts
/**
 * One call of the engine: HTTP/1.1 on the bare connection, as little as the engine's API needs, since loading a client of
 * HTTP would take a step longer than its calls. The request is on its way when this returns its promise. The connection
 * may be asked again when the whole body was read. Rejects when the engine closes without an answer.
 */
async function call(connection, method, path, body) {
    const text = body === undefined ? '' : JSON.stringify(body);
    const head = [
        `${method} ${path} HTTP/1.1`,
        'Host: docker',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(text)}`,
    ];
    connection.write(`${head.join('\r\n')}\r\n\r\n${text}`);
    const { headers, status, rest } = await readHead(connection);
    // One in between may not keep connections, whatever the engine does.
    if (/^HTTP\/1\.0 |^connection:\s*close$/im.test(headers))
        connection.closing();
    if (/^transfer-encoding:\s*chunked$/im.test(headers))
        return { status, body: chunks(rest, connection) };
    const length = /^content-length:\s*(\d+)$/im.exec(headers)?.[1];
    return { status, body: length === undefined ? toTheEnd(rest, connection) : exactly(Number(length), rest, connection) };
}
/** The same for a call whose answer is one JSON value; undefined when it is empty. Throws with the engine's words. */
async function ask(connection, method, path, body) {
    const answer = await call(connection, method, path, body);
    const text = await textOf(answer);
    if (answer.status >= 400)
        throw refusal(answer.status, text);
    return text.trim() === '' ? undefined : JSON.parse(text);
}
/** The engine's refusal as an error with its own words. */
function refusal(statusCode, text) {
    let words = text.trim();
    try {
        words = JSON.parse(text).message ?? words;
    }
    catch {
        // It was no JSON: its text is what there is.
    }
    return Object.assign(new Error(words || `HTTP ${statusCode}`), { statusCode });
}
/** All of an answer's body. */
async function textOf({ body }) {
    const parts = [];
    for await (const part of body)
        parts.push(part);
    return Buffer.concat(parts).toString('utf8');
}
const longestHead = 64 * 1024;
async function readHead(connection) {
    let data = Buffer.alloc(0);
    for (;;) {
        // Much of the body may have come with it.
        const end = data.indexOf('\r\n\r\n');
        if (end >= 0) {
            const headers = data.toString('latin1', 0, end);
            const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(headers)?.[1]);
            if (Number.isNaN(status))
                break;
            return { headers, status, rest: data.subarray(end + 4) };
        }
        const next = data.length < longestHead ? await connection.next() : undefined;
        if (next === undefined)
            break;
        data = Buffer.concat([data, next]);
    }
    throw new Error('the engine closed the connection without an answer');
}
async function* toTheEnd(rest, connection) {
    if (rest.length > 0)
        yield rest;
    for (let next = await connection.next(); next !== undefined; next = await connection.next())
        yield next;
}
async function* exactly(length, rest, connection) {
    let left = length;
    for (let data = rest; left > 0; data = await more(connection)) {
        const part = data.subarray(0, left);
        left -= part.length;
        if (part.length > 0)
            yield part;
        if (left === 0)
            return;
    }
}
// A size in hex, that many bytes, and a line end; the size 0 is the last (RFC 9112, section 7.1).
async function* chunks(rest, connection) {
    let data = rest;
    for (;;) {
        let end = data.indexOf('\r\n');
        while (end < 0) {
            data = Buffer.concat([data, await more(connection)]);
            end = data.indexOf('\r\n');
        }
        const size = Number.parseInt(data.toString('latin1', 0, end), 16);
        const whole = end + 2 + Math.max(size, 0) + 2;
        while (data.length < whole)
            data = Buffer.concat([data, await more(connection)]);
        if (!(size > 0))
            return;
        yield data.subarray(end + 2, end + 2 + size);
        data = data.subarray(whole);
    }
}
async function more(connection) {
    const next = await connection.next();
    if (next === undefined)
        throw new Error('the engine closed the connection within its answer');
    return next;
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = require("node:net");
;// CONCATENATED MODULE: ./src/shell/connection.ts



/** Dials the engine. Rejects when nobody answers, or with the words of TLS. */
async function dial(address) {
    if (address.kind === 'ssh')
        throw new Error('a bottle for the whole job is not raised behind ssh');
    const tls = address.kind === 'tcp' ? address.tls : undefined;
    const socket = address.kind === 'socket'
        ? (0,external_node_net_namespaceObject.connect)({ path: address.path })
        : tls === undefined
            ? (0,external_node_net_namespaceObject.connect)({ host: address.host, port: address.port })
            : await secured(address.host, address.port, tls);
    await new Promise((resolve, reject) => {
        socket.once(tls === undefined ? 'connect' : 'secureConnect', resolve).once('error', reject);
    });
    return read(socket);
}
async function secured(host, port, folder) {
    const tls = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 692, 23));
    const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map(name => (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, name)));
    return tls.connect({ host, port, ...(ca && cert && key ? { ca, cert, key } : {}) });
}
// So many pieces wait to be taken before the engine is held back.
const mostWaiting = 16;
// A stream's own iterator does the same and more, and its first use costs a step a millisecond.
function read(socket) {
    const waiting = [];
    let isOpen = true;
    let isOver = false;
    let broken;
    let wake;
    const close = (error) => {
        isOpen = false;
        isOver = true;
        broken ??= error;
        wake?.();
    };
    socket.on('error', close);
    socket.on('end', close);
    socket.on('close', () => close());
    socket.on('data', data => {
        if (waiting.push(data) >= mostWaiting)
            socket.pause();
        wake?.();
    });
    return {
        get isOpen() {
            return isOpen;
        },
        closing() {
            isOpen = false;
        },
        write: text => void socket.write(text),
        async next() {
            while (waiting.length === 0) {
                if (broken)
                    throw broken;
                if (isOver)
                    return undefined;
                await new Promise(resolve => {
                    wake = resolve;
                });
            }
            const data = waiting.shift();
            if (waiting.length === 0 && socket.isPaused())
                socket.resume();
            return data;
        },
    };
}

;// CONCATENATED MODULE: ./src/shell/engine.ts


// A step begins with two calls at once: its exec is made, and its sidecar is looked at.
const atOnce = 2;
/** The engine of a bottle that is up, dialled. Connections are kept for the next call. */
async function dialEngine({ engine, apiVersion, bottle }) {
    const idle = await Promise.all(Array.from({ length: atOnce }, () => dial(engine)));
    const at = (path) => `/v${apiVersion}${path}`;
    const taken = () => {
        let one = idle.pop();
        while (one && !one.isOpen)
            one = idle.pop();
        return one;
    };
    const asked = async (method, path, body) => {
        const connection = taken() ?? (await dial(engine));
        const answer = await ask(connection, method, at(path), body);
        idle.push(connection);
        return answer;
    };
    return {
        async state(container) {
            const { State, Config } = (await asked('GET', `/containers/${container}/json`));
            return { running: State.Running, paused: State.Paused, env: Config.Env ?? [] };
        },
        stopped: container => asked('POST', `/containers/${container}/wait`),
        async create({ command, env, workdir }) {
            const { Id } = (await asked('POST', `/containers/${bottle}/exec`, {
                Cmd: command,
                Env: env,
                AttachStdin: false,
                AttachStdout: true,
                AttachStderr: true,
                Tty: false,
                ...(workdir === undefined ? {} : { WorkingDir: workdir }),
            }));
            return Id;
        },
        async start(exec) {
            const connection = taken() ?? (await dial(engine));
            const answer = await call(connection, 'POST', at(`/exec/${exec}/start`), { Detach: false, Tty: false });
            if (answer.status >= 400)
                throw refusal(answer.status, await textOf(answer));
            // Its end will be asked for; a connection for that is dialled while nothing else is to be done.
            dial(engine).then(one => idle.push(one), () => { });
            return answer;
        },
        async end(exec) {
            const { Running, ExitCode } = (await asked('GET', `/exec/${exec}/json`));
            return { running: Running, exitCode: ExitCode ?? -1 };
        },
    };
}

;// CONCATENATED MODULE: ./src/shell/environment.ts
/** The variable that tells a step's processes, and no others, from all that runs in the bottle. */
const environment_mark = 'BOTTLE_STEP';
const otherwise = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/**
 * The environment of a step, over the bottle's own: what earlier steps set inside, then what this one brings along of
 * what the spec names, then where its files are. Nothing else of the runner's environment goes in. `own` is the
 * bottle's, as `NAME=value`.
 */
function stepEnvironment({ job, env }, step, given, { set, path }, own, files) {
    const brought = job.env.flatMap(name => (given[name] === undefined ? [] : [[name, given[name]]]));
    const all = new Map([...Object.entries(env), ...set, ...brought, ...Object.entries(files), [environment_mark, step]]);
    if (path.length > 0) {
        const before = all.get('PATH') ?? own.find(one => one.startsWith('PATH='))?.slice(5) ?? otherwise;
        all.set('PATH', [...path, before].join(':'));
    }
    return [...all].map(([name, value]) => `${name}=${value}`);
}

;// CONCATENATED MODULE: ./src/shell/files.ts



const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_WRONLY, O_CREAT, O_EXCL } = external_node_fs_.constants;
/** The files with which a step talks to the runner, by the variable that leads to each, and their names inside. */
const names = {
    GITHUB_OUTPUT: 'output',
    GITHUB_ENV: 'env',
    GITHUB_PATH: 'path',
    GITHUB_STEP_SUMMARY: 'summary',
    GITHUB_STATE: 'state',
};
/** The most that is read of each, in bytes. */
const longestFile = 64 * 1024;
/** The variables that lead to a step's files, inside. */
function fileVariables(step) {
    const paths = Object.entries(names).map(([variable, name]) => [variable, `${stepFolder(step)}/${name}`]);
    return Object.fromEntries(paths);
}
/**
 * Makes a step's script, which the bottle sees read-only, and its files, which the step may write to. Everything in
 * their folder is the agent's by then, who may have put links or pipes there: outside, they are made and read through
 * the folder that was opened when it was new, and no link is ever followed.
 */
function makeFiles(scratch, step, script) {
    const own = (0,external_node_path_.join)(scratch, 'inside', stepsFolder, step);
    (0,external_node_fs_.mkdirSync)(own, { mode: 0o755 });
    (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(own, 'script'), script, { mode: 0o644, flag: 'wx' });
    const folder = (0,external_node_path_.join)(scratch, jobFolder, step);
    (0,external_node_fs_.mkdirSync)(folder, { mode: 0o755 });
    const opened = (0,external_node_fs_.openSync)(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    // There is no openat in Node; this is the kernel's own way to the folder behind a descriptor (proc(5)).
    const at = (name) => `/proc/self/fd/${opened}/${name}`;
    for (const name of Object.values(names)) {
        const file = (0,external_node_fs_.openSync)(at(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
        // Whoever the agent runs as.
        (0,external_node_fs_.fchmodSync)(file, 0o666);
        (0,external_node_fs_.closeSync)(file);
    }
    return {
        read: variable => readSmall(at(names[variable])),
        anyWritten: () => Object.values(names).some(name => {
            const about = (0,external_node_fs_.lstatSync)(at(name), { throwIfNoEntry: false });
            return !about?.isFile() || about.size > 0;
        }),
        close: () => (0,external_node_fs_.closeSync)(opened),
    };
}
// Opened without following a link or waiting for a pipe; what it is and how long is asked of what was opened.
function readSmall(path) {
    let file;
    try {
        file = (0,external_node_fs_.openSync)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    }
    catch {
        return { wrong: 'is no longer a file' };
    }
    try {
        const about = (0,external_node_fs_.fstatSync)(file);
        if (!about.isFile())
            return { wrong: 'is no longer a file' };
        if (about.size > longestFile)
            return { wrong: `holds ${about.size} bytes, more than ${longestFile}` };
        // Something that a step left running may be writing to it at this moment.
        const data = Buffer.alloc(about.size);
        return { text: data.toString('utf8', 0, (0,external_node_fs_.readSync)(file, data, 0, about.size, 0)) };
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}

// EXTERNAL MODULE: ./src/evidence/token-shape.ts
var token_shape = __nccwpck_require__(376);
;// CONCATENATED MODULE: ./src/evidence/outputs.ts
/** The most that is taken, all outputs together, in bytes. */
const longestOutputs = (/* unused pure expression or super */ null && (64 * 1024));
const mostSentences = 10;
/**
 * Reads what an agent wrote to its output file: `name=value` lines and `name<<DELIMITER` blocks, as in GITHUB_OUTPUT
 * (facts/platform §2.2). Only declared names are taken, the last value of each, without control characters; a value
 * that holds a secret is refused. A file that breaks off or is no such list is taken as far as it can be read.
 */
async function agentOutputs(text, declared, redactor) {
    const values = {};
    const refused = new Set();
    const { pairs, broken } = pairsOf(text);
    for (const [name, written] of pairs) {
        const value = written.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g, '');
        if (!declared.includes(name))
            refused.add(`${JSON.stringify(name.slice(0, 60))} is not one of \`outputs\``);
        else if (await redactor.holds(value)) {
            refused.add(`the value of ${name} holds a secret`);
            delete values[name];
        }
        else
            values[name] = value;
    }
    if (broken)
        refused.add(broken);
    return { values, refused: [...refused].slice(0, mostSentences) };
}
/** The pairs of such a file, as far as it can be read, and where it breaks off. */
function pairsOf(text) {
    const pairs = [];
    const lines = text.split(/\r?\n/);
    for (let at = 0; at < lines.length; at++) {
        const line = lines[at] ?? '';
        if (line === '')
            continue;
        const [, name = '', sign, rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
        if (!sign)
            return { pairs, broken: `line ${at + 1} is neither name=value nor name<<DELIMITER` };
        if (sign === '=')
            pairs.push([name, rest]);
        else {
            const end = lines.indexOf(rest, at + 1);
            if (end < 0 || rest === '')
                return { pairs, broken: `the block that begins on line ${at + 1} does not end` };
            pairs.push([name, lines.slice(at + 1, end).join('\n')]);
            at = end;
        }
    }
    return { pairs };
}

;// CONCATENATED MODULE: ./src/shell/handed-out.ts


const handed_out_mostSentences = 10;
const outputName = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;
const variableName = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
// Variables that change what programs of later steps load, run or trust, or where they send things. Out of the bottle
// none of them goes, whatever the spec says: by name, or by the beginning of a name, whatever the case.
const commanding = new RegExp(`^(${[
    'PATH|HOME|SHELL|USER|LOGNAME|PWD|OLDPWD|IFS|CDPATH|ENV|PS[0-4]|TMPDIR|TMP|TEMP|TZDIR|TERMINFO.*|TERMCAP',
    'BASH.*|SHELLOPTS|PROMPT_COMMAND|ZDOTDIR|FPATH|GLOBIGNORE|EDITOR|VISUAL|PAGER|MANPAGER|BROWSER|LESS.*',
    'LD_.*|DYLD_.*|GLIBC_.*|MALLOC_.*|GCONV_PATH|LOCPATH|NLSPATH|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|NIX_.*',
    'GITHUB_.*|RUNNER_.*|ACTIONS_.*|INPUT_.*|STATE_.*|BOTTLE_.*|CI|AGENT_.*|SYSTEM_.*',
    'NODE_.*|NODE|NPM_.*|YARN_.*|PNPM_.*|COREPACK_.*|BUN_.*|DENO_.*|TS_NODE_.*|BABEL_.*',
    'PYTHON.*|PIP_.*|PIPX_.*|UV_.*|VIRTUAL_ENV|CONDA_.*|POETRY_.*|PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|PHP.*|COMPOSER_.*|LUA_.*|R_.*',
    'JAVA_.*|_JAVA_OPTIONS|JDK_.*|CLASSPATH|MAVEN_.*|MVN_.*|GRADLE_.*|SBT_.*|KOTLIN_.*|DOTNET_.*|NUGET_.*|MSBUILD.*|COR_.*|CORECLR_.*',
    'GO.*|CGO_.*|CARGO.*|RUST.*|CC|CXX|CPP|AR|AS|LD|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|CMAKE_.*|MAKE.*|MFLAGS|PKG_CONFIG.*',
    'GIT_.*|SSH_.*|GPG_.*|GNUPGHOME|GH_.*|HUB_.*|SVN_.*|HG.*|SUDO_.*|DBUS_.*|XDG_.*',
    'DOCKER_.*|COMPOSE_.*|BUILDKIT_.*|CONTAINER_.*|PODMAN_.*|KUBE.*|HELM_.*|TF_.*|TERRAFORM_.*|ANSIBLE_.*|VAULT_.*',
    'AWS_.*|AZURE_.*|ARM_.*|GOOGLE_.*|GCLOUD_.*|CLOUDSDK_.*',
    '.*_PROXY|SSL_.*|OPENSSL_.*|CURL_.*|WGETRC|REQUESTS_CA_BUNDLE|.*_CA_BUNDLE|.*_CERT_FILE|SSLKEYLOGFILE|KRB5.*',
].join('|')})$`, 'i');
/** Is this a variable that no step inside may set for the steps outside? */
function commandsOthers(name) {
    return commanding.test(name);
}
/** Reads what a step wrote to GITHUB_OUTPUT: hostile text that becomes outputs of the step, by name. */
function handedOutputs(wrote, rules) {
    return handedOut(wrote, 'GITHUB_OUTPUT', rules, name => {
        if (!outputName.test(name))
            return 'is not the name of an output';
        return rules.any || rules.declared.includes(name) ? undefined : 'is not one of `outputs`';
    });
}
/** Reads what a step wrote to GITHUB_ENV: hostile text that becomes variables of the steps outside, by name. */
function handedVariables(wrote, rules) {
    return handedOut(wrote, 'GITHUB_ENV', rules, name => {
        if (!variableName.test(name))
            return 'is not the name of a variable';
        if (commandsOthers(name))
            return 'stays in the bottle: it would command the steps outside';
        return rules.any || rules.declared.includes(name) ? undefined : 'stays in the bottle: it is not one of `outputs`';
    });
}
async function handedOut(wrote, file, { holdsSecret }, wrongName) {
    if ('wrong' in wrote)
        return { pairs: [], refused: [`${file} ${wrote.wrong}`] };
    const taken = new Map();
    const refused = new Set();
    const { pairs, broken } = pairsOf(wrote.text);
    for (const [name, written] of pairs) {
        const wrong = wrongName(name);
        const value = withoutControl(written);
        if (wrong)
            refused.add(`${JSON.stringify(name.slice(0, 60))} ${wrong}`);
        else if (await holdsSecret(value)) {
            refused.add(`the value of ${name} holds a secret`);
            taken.delete(name);
        }
        else
            taken.set(name, value);
    }
    if (broken)
        refused.add(`${file}: ${broken}`);
    return { pairs: [...taken], refused: [...refused].slice(0, handed_out_mostSentences) };
}
/** What a step set for the later steps inside: variables, and folders in front of PATH. Its own business, as it is. */
function keptInside(env, path) {
    const pairs = 'text' in env ? pairsOf(env.text).pairs : [];
    const lines = 'text' in path ? path.text.split(/\r?\n/) : [];
    return {
        variables: pairs.filter(([name, value]) => variableName.test(name) && !value.includes('\0')),
        path: lines.filter(line => line.startsWith('/') && !/[\0:]/.test(line)),
    };
}
/**
 * A pair as the runner reads it back from its files: a block whose delimiter nobody can guess, so that no line of the
 * value ends it and begins a pair of its own. `name` has been judged.
 */
function block(name, value, delimiter) {
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
// A lone return would be a line's end to the runner too, and inside a block that changes nothing; elsewhere it might.
function withoutControl(text) {
    return text.slice(0, longestFile).replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g, '');
}

;// CONCATENATED MODULE: ./src/shell/variables.ts



const longestVariables = 4 * 1024 * 1024;
/** Reads what earlier steps set, out of a file that the bottle does not see. */
function readVariables(scratch) {
    const set = new Map();
    const path = [];
    for (const line of linesOf((0,external_node_path_.join)(scratch, variablesFile))) {
        const one = JSON.parse(line);
        if (one.folder !== undefined)
            path.unshift(one.folder);
        else if (one.name !== undefined)
            set.set(one.name, one.value ?? '');
    }
    return { set, path: [...new Set(path)] };
}
/** Adds what a step set: whole lines at the end, since two steps of a job may run at once. */
function addVariables(scratch, variables, path) {
    const lines = [
        ...variables.map(([name, value]) => JSON.stringify({ name, value })),
        ...path.map(folder => JSON.stringify({ folder })),
    ];
    if (lines.length > 0)
        (0,external_node_fs_.appendFileSync)((0,external_node_path_.join)(scratch, variablesFile), lines.map(line => `${line}\n`).join(''), { mode: 0o600 });
}
function linesOf(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8').slice(0, longestVariables).split('\n').slice(0, -1);
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./src/shell/hand-out.ts





async function holdsToken(text) {
    const search = await __nccwpck_require__.e(/* import() */ 299).then(__nccwpck_require__.bind(__nccwpck_require__, 299));
    return search.holdsToken(text);
}
/**
 * Takes what a step that has ended wrote to its files: outputs and variables to the runner's own files, as far as the
 * spec lets them out; variables and PATH for the later steps inside; its summary as text. Returns what was not taken,
 * a sentence each.
 */
async function handOut({ job, outputs, scratch }, files, known, env) {
    const rules = {
        declared: outputs,
        any: job.files,
        holdsSecret: async (text) => known(text) !== text || ((0,token_shape/* mayHoldToken */.u)(text) && (await holdsToken(text))),
    };
    const variables = files.read('GITHUB_ENV');
    const kept = keptInside(variables, files.read('GITHUB_PATH'));
    addVariables(scratch, kept.variables, kept.path);
    const given = [
        [env.GITHUB_OUTPUT, await handedOutputs(files.read('GITHUB_OUTPUT'), rules)],
        [env.GITHUB_ENV, await handedVariables(variables, rules)],
    ];
    for (const [file, { pairs }] of given) {
        const text = pairs.map(([name, value]) => block(name, value, `bottle_${freshToken()}`)).join('');
        if (file && text !== '')
            (0,external_node_fs_.appendFileSync)(file, text);
    }
    const refused = given.flatMap(([, one]) => one.refused);
    const summary = files.read('GITHUB_STEP_SUMMARY');
    if ('wrong' in summary)
        return [...refused, `GITHUB_STEP_SUMMARY ${summary.wrong}`];
    if (summary.text.trim() === '')
        return refused;
    if (!job.files)
        return [...refused, 'GITHUB_STEP_SUMMARY stays in the bottle without `job-files: true`'];
    const { quotedSummary } = await __nccwpck_require__.e(/* import() */ 532).then(__nccwpck_require__.bind(__nccwpck_require__, 532));
    if (env.GITHUB_STEP_SUMMARY)
        (0,external_node_fs_.appendFileSync)(env.GITHUB_STEP_SUMMARY, quotedSummary(known(summary.text)));
    return refused;
}

;// CONCATENATED MODULE: ./src/shell/record.ts



/** Adds a line to the record, which the bottle does not see. Never throws: no step is red for it. */
function record(scratch, line) {
    try {
        (0,external_node_fs_.appendFileSync)((0,external_node_path_.join)(scratch, stepsFile), `${JSON.stringify(line)}\n`, { mode: 0o600 });
    }
    catch { }
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = require("node:timers/promises");
;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = require("node:string_decoder");
;// CONCATENATED MODULE: ./src/docker/lines.ts

/** The longest line handed on in one piece, in characters; what is longer continues on the next line. */
const longestLine = 64 * 1024;
/**
 * Splits one stream of bytes into lines as the runner does (.NET ReadLine): `\n`, `\r\n` and a lone `\r` all end a line
 * (facts/platform §2.3). `push` returns the lines that are complete, `end` what is left.
 */
function lineSplitter(longest = longestLine) {
    const decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
    let rest = '';
    let afterReturn = false;
    const split = (text) => {
        // A `\r` at the end of one piece and a `\n` at the start of the next are one line end.
        const fresh = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
        if (text !== '')
            afterReturn = text.endsWith('\r');
        // A gate's log has no returns, and a million lines a second deserve the shorter way.
        const lines = (rest + fresh).split(text.includes('\r') || rest.includes('\r') ? /\r\n|\n|\r/ : '\n');
        rest = lines.pop() ?? '';
        while (rest.length > longest) {
            lines.push(rest.slice(0, longest));
            rest = rest.slice(longest);
        }
        return lines.some(line => line.length > longest) ? lines.flatMap(line => cut(line, longest)) : lines;
    };
    return {
        push: data => split(decoder.write(data)),
        end() {
            const lines = split(decoder.end());
            if (rest !== '')
                lines.push(rest);
            rest = '';
            return lines;
        },
    };
}
function cut(line, longest) {
    if (line.length <= longest)
        return [line];
    const parts = [];
    for (let at = 0; at < line.length; at += longest)
        parts.push(line.slice(at, at + longest));
    return parts;
}

;// CONCATENATED MODULE: ./src/docker/output.ts
const header = 8;
/**
 * Takes the engine's framing apart: 8 bytes of header (stream, 0, 0, 0, length as u32be), then the payload.
 * Frames are joined per chunk, never recursed over, and the source is read only as fast as the pieces are taken,
 * so hostile output (millions of one-byte frames) costs constant memory. dockerode's own overflows the stack on it.
 */
async function* demultiplex(source) {
    let begun;
    let stream = 'stdout';
    let left = 0;
    for await (const chunk of source) {
        const fresh = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        const data = begun ? Buffer.concat([begun, fresh]) : fresh;
        begun = undefined;
        // The payloads of a chunk one behind the other: a view of each would be garbage, and a line is often a frame.
        let joined = Buffer.allocUnsafe(data.length);
        let length = 0;
        let of = stream;
        for (let at = 0; at < data.length;) {
            if (left === 0) {
                if (data.length - at < header) {
                    begun = data.subarray(at);
                    break;
                }
                stream = data[at] === 2 ? 'stderr' : 'stdout';
                left = data.readUInt32BE(at + 4);
                at += header;
                continue;
            }
            if (length > 0 && of !== stream) {
                yield { stream: of, data: joined.subarray(0, length) };
                joined = joined.subarray(length);
                length = 0;
            }
            of = stream;
            const part = Math.min(left, data.length - at);
            data.copy(joined, length, at, at + part);
            length += part;
            at += part;
            left -= part;
        }
        if (length > 0)
            yield { stream: of, data: joined.subarray(0, length) };
    }
}

;// CONCATENATED MODULE: ./src/run/deadline.ts
/** Resolves to `late` after `ms` unless the promise settles first; the timer never outlives it. */
async function within(ms, promise, late) {
    let timer;
    const timeout = new Promise(resolve => {
        timer = setTimeout(resolve, ms, late);
    });
    try {
        return await Promise.race([promise, timeout]);
    }
    finally {
        clearTimeout(timer);
    }
}
/** Rejects with the signal's reason when it aborts before the promise settles. */
async function unlessAborted(signal, promise) {
    signal.throwIfAborted();
    let stop;
    const aborted = new Promise((_, reject) => {
        stop = () => reject(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
    });
    try {
        return await Promise.race([promise, aborted]);
    }
    finally {
        if (stop)
            signal.removeEventListener('abort', stop);
    }
}

;// CONCATENATED MODULE: ./src/run/drained.ts

/**
 * Waits for a stream of which the writer has ended, as long as pieces go on coming: what the engine still holds of a long
 * output can take a slow reader longer than any fixed time. `count` says how many pieces came so far. Returns whether the
 * stream came to its end.
 */
async function drained(ended, count, { next, whole }) {
    const limit = performance.now() + whole;
    for (;;) {
        const before = count();
        if (await within(Math.min(next, limit - performance.now()), ended.then(() => true), false))
            return true;
        if (count() === before || performance.now() >= limit)
            return false;
    }
}

;// CONCATENATED MODULE: ./src/shell/stop.ts



// For every process that carries the step's mark. `grep` reads what a shell could not: an environment has no line ends.
const inside = `for d in /proc/[0-9]*; do
  if grep -qs "${environment_mark}=$1" "$d/environ"; then kill -s "$2" "\${d#/proc/}" 2>/dev/null; fi
done`;
/**
 * Sends a signal to the processes of one step in a bottle and to no others. Those of this host are signalled from here,
 * which needs no process more in a bottle that may have no room for one; whoever cannot be reached so is signalled by
 * an exec of the bottle's own user.
 */
async function signalStep(engine, bottle, step, signal) {
    if (signalHere(bottle, step, signal))
        return;
    const exec = await engine.create({ command: ['/bin/sh', '-c', inside, 'sh', step, signal], env: [] });
    await textOf(await engine.start(exec));
}
// True when every process of the bottle could be looked at, and each of the step's was signalled.
function signalHere(bottle, step, signal) {
    const processes = (0,external_node_fs_.readdirSync)('/proc').filter(name => /^\d+$/.test(name) && stop_read(name, 'cgroup')?.includes(bottle));
    if (processes.length === 0)
        return false;
    let all = true;
    for (const pid of processes) {
        const environment = stop_read(pid, 'environ');
        // One that has ended since is no loss; one that may not be read is.
        if (environment === undefined)
            all &&= stop_read(pid, 'cgroup') === undefined;
        else if (`\0${environment}`.includes(`\0${environment_mark}=${step}\0`))
            all &&= send(Number(pid), signal);
    }
    return all;
}
function send(pid, signal) {
    try {
        process.kill(pid, `SIG${signal}`);
        return true;
    }
    catch (error) {
        return error.code === 'ESRCH';
    }
}
function stop_read(pid, what) {
    try {
        return (0,external_node_fs_.readFileSync)(`/proc/${pid}/${what}`, 'latin1');
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/shell/step.ts





// The runner sends INT, TERM after 7.5 s, and kills what is left after 2.5 s more, us too (facts/platform §1.4): by then
// the step must have ended inside. After TERM alone there are those 2.5 s.
const graces = { INT: 3000, TERM: 1200, KILL: 3000 };
const betweenLooks = [250, 500, 1000];
// What a step has said is taken as fast as the runner reads; something that it leaves running may hold its output open,
// and say more. The runner waits five seconds for that.
const lastWords = { next: 1000, whole: 5000 };
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
/** Runs an exec that was made for a step, to its end or to what ends it. Only the step's own processes are ever killed. */
async function runStep(engine, wish) {
    const stopped = firstStop(wish);
    const early = await Promise.race([stopped.first, undefined]);
    if (early) {
        stopped.end();
        return { exitCode: early.exitCode, reason: early.reason };
    }
    const starting = engine.start(wish.exec);
    stopped.when(wish.begun());
    const { body } = await starting;
    let count = 0;
    let silent = false;
    const streamed = stream(body, async (texts) => {
        await wish.lines(texts);
        count += texts.length;
    }).then(() => {
        silent = true;
    });
    // A step that is silent by the time it has ended, as nearly all are, waits for nothing more.
    const rest = async () => silent || drained(streamed, () => count, lastWords);
    const over = new AbortController();
    const exited = ended(engine, wish.exec, streamed, () => silent, over.signal);
    try {
        const first = await Promise.race([exited, stopped.first]);
        if (typeof first === 'number') {
            await rest();
            return { exitCode: first };
        }
        await stop(engine, wish, exited, first.gently, stopped.hurry);
        await rest();
        return { exitCode: first.exitCode, reason: first.reason };
    }
    finally {
        stopped.end();
        over.abort();
    }
}
function firstStop({ cancelled, timeoutMs }) {
    const { promise: first, resolve } = Promise.withResolvers();
    const { promise: hurry, resolve: hurryUp } = Promise.withResolvers();
    let signals = 0;
    cancelled(signal => {
        if (++signals > 1)
            hurryUp();
        const gently = signal === 'SIGINT' ? 'INT' : 'TERM';
        resolve({ exitCode: codes[signal] ?? 1, reason: `The step was cancelled (${signal}).`, gently });
    });
    const timer = setTimeout(() => {
        const reason = `The step was stopped after ${timeoutMs / 1000} s (limits.timeout).`;
        resolve({ exitCode: 124, reason, gently: 'TERM' });
    }, timeoutMs);
    const when = (lost) => void lost.then(why => resolve({ exitCode: 1, reason: `The step was stopped: ${why}.`, gently: 'KILL' }));
    return { first, hurry, when, end: () => clearTimeout(timer) };
}
async function stop(engine, { bottle, step }, exited, gently, hurry) {
    const signals = ['INT', 'TERM', 'KILL'].slice(['INT', 'TERM', 'KILL'].indexOf(gently));
    for (const signal of signals) {
        // What the step left in the background is the step's too, so the last signal is sent whatever its shell did.
        await signalStep(engine, bottle, step, signal).catch(() => { });
        if (signal === 'KILL')
            await signalStep(engine, bottle, step, signal).catch(() => { });
        else
            await Promise.race([exited, hurry, (0,promises_namespaceObject.setTimeout)(graces[signal])]);
    }
    await Promise.race([exited, (0,promises_namespaceObject.setTimeout)(graces.KILL)]);
}
// The end of the output is the end of the step, unless something it left running holds the output open.
async function ended(engine, exec, streamed, isSilent, over) {
    for (let look = 0;; look++) {
        const wait = betweenLooks[Math.min(look, betweenLooks.length - 1)];
        await Promise.race([streamed, (0,promises_namespaceObject.setTimeout)(wait, undefined, { signal: over }).catch(() => { })]);
        if (over.aborted)
            return -1;
        const end = await engine.end(exec);
        if (!end.running)
            return end.exitCode;
        if (isSilent())
            await (0,promises_namespaceObject.setTimeout)(wait);
    }
}
async function stream(body, say) {
    const splitters = { stdout: lineSplitter(), stderr: lineSplitter() };
    try {
        for await (const { stream: name, data } of demultiplex(body))
            await say(splitters[name].push(data));
    }
    catch {
        // It is cut when the step ends before its output; what was said until then stands.
    }
    for (const name of ['stdout', 'stderr'])
        await say(splitters[name].end());
}

;// CONCATENATED MODULE: ./src/shell/where.ts



/** Where in the words behind `bottle` the runner put the script's path: the last one that is a file of this host. */
function scriptAt(words) {
    const found = words.findLastIndex(word => (0,external_node_path_.isAbsolute)(word) && isFile(word));
    if (found >= 0)
        return found;
    throw new BottleError('No script is named behind `bottle`.', 'Write `shell: bottle {0}`, or with a program of the image: `shell: bottle python {0}`.');
}
/**
 * The folder a step starts in, inside: where it would start outside, when that is in the workspace, and where the spec
 * says when it names none of its own. Throws a BottleError for a folder that is not in the bottle.
 */
function folderInside({ workspace, job }, outside, root) {
    const path = (0,external_node_path_.relative)(real(workspace ?? root), real(outside));
    if (path === '')
        return job.workdir;
    if (workspace !== undefined && !path.startsWith('..') && !(0,external_node_path_.isAbsolute)(path))
        return `${workspace}/${path}`;
    throw new BottleError(`The working directory ${outside} is not in the bottle.`, workspace === undefined
        ? 'The bottle does not see the workspace (`workspace: none`): take `working-directory` out.'
        : `Name a folder of the workspace ${workspace} as \`working-directory\`.`);
}
function isFile(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}
function real(path) {
    try {
        return external_node_fs_.realpathSync.native(path);
    }
    catch {
        return path;
    }
}

;// CONCATENATED MODULE: ./src/shell/words.ts

/** An error in words for whoever reads the log. The engine's "no" is not a bug of ours: its own words, and no stack. */
function wordsOf(error) {
    if (error instanceof BottleError)
        return explain(error);
    if (!(error instanceof Error))
        return String(error);
    const status = error.statusCode;
    return status === undefined && !('code' in error) ? explain(error) : error.message.trim();
}

;// CONCATENATED MODULE: ./src/shell/inside.ts















const nothingWritten = { read: () => ({ text: '' }) };
/**
 * Runs one step in the bottle and takes what it hands out; `words` are what stood behind `bottle` in `shell:`. A user
 * waits for every step: whatever need not be done before the engine is asked is done while it is at work. Returns how
 * the step ended, and what it handed out that was not taken, a sentence each. Throws when there is nothing to run or
 * nothing to run it in.
 */
async function runInside(state, words, { ready, lines }, cancelled) {
    // Not performance.now(), which Node loads for whoever asks first.
    const startedAt = Date.now();
    const dialled = dialEngine(state);
    dialled.catch(() => { });
    const step = freshToken().slice(0, 24);
    const at = scriptAt(words);
    // Bash takes the return before a line's end for a part of the line's last word.
    const script = (0,external_node_fs_.readFileSync)(words[at] ?? '', 'utf8').replaceAll('\r\n', '\n');
    const workdir = folderInside(state, process.cwd(), process.env.GITHUB_WORKSPACE ?? '');
    const command = stepCommand(words.with(at, stepScript(step)), stepScript(step), state.job.shell, state.hasBash);
    const variables = readVariables(state.scratch);
    const engine = await dialled;
    const isPathLonger = variables.path.length > 0;
    const looked = Promise.all([
        // Whether the bottle runs is told when the step's exec is made: its environment is asked for when it is needed.
        isPathLonger || state.secrets.length > 0 ? standing(engine, state.bottle, 'bottle') : [],
        standing(engine, state.sidecar, 'sidecar'),
    ]);
    looked.catch(() => { });
    const [before] = isPathLonger ? await looked : [[]];
    const env = stepEnvironment(state, step, process.env, variables, before, fileVariables(step));
    const made = engine.create({ command, env, workdir }).catch(notStanding);
    made.catch(() => { });
    const files = makeFiles(state.scratch, step, script);
    try {
        const [exec, [own]] = await Promise.all([made, looked]);
        let mask;
        const known = (text) => {
            mask ??= maskKnown(secretsOf(state, own));
            return mask(text);
        };
        const name = process.env.GITHUB_ACTION ?? 'a step';
        const end = await runStep(engine, {
            exec,
            step,
            bottle: state.bottle,
            timeoutMs: state.timeoutMs,
            cancelled,
            lines: texts => lines(texts.map(known)),
            begun() {
                const lost = lossOf(engine, state.sidecar);
                record(state.scratch, { id: step, step: name, at: new Date().toISOString() });
                // The first run of anything takes Node several times as long as the second, and the engine takes its time to
                // start a step: what comes after one is run meanwhile, on nothing.
                ready();
                known('');
                void handOut(state, nothingWritten, known, {});
                return lost;
            },
        });
        const now = new Date();
        const durationMs = now.getTime() - startedAt;
        record(state.scratch, { id: step, step: name, at: now.toISOString(), exitCode: end.exitCode, durationMs });
        return { end, refused: files.anyWritten() ? await handOut(state, files, known, process.env) : [] };
    }
    finally {
        files.close();
    }
}
/** Throws unless a container of the run runs; returns its environment. */
async function standing(engine, id, what) {
    const { running, paused, env } = await engine.state(id);
    if (running && !paused)
        return env;
    throw noLonger(what, running ? 'paused' : 'no longer running');
}
// The engine makes no exec in a container that does not run (404, 409).
function notStanding(error) {
    const status = error.statusCode;
    throw status === 404 || status === 409 ? noLonger('bottle', 'no longer running') : error;
}
function noLonger(what, how) {
    return new BottleError(`The ${what} of this job is ${how}.`, 'Something in the job, or in the bottle, has stopped it; run the job again.');
}
function lossOf(engine, sidecar) {
    return engine.stopped(sidecar).then(() => 'its sidecar has stopped', error => `the engine lost sight of its sidecar (${wordsOf(error)})`);
}
// The bottle's own variables hold them; they are in no file.
function secretsOf({ secrets }, own) {
    return own.filter(one => secrets.includes(one.slice(0, one.indexOf('=')))).map(one => one.slice(one.indexOf('=') + 1));
}

;// CONCATENATED MODULE: ./src/shell/state.ts

/** Its file, beside the folder of the program. */
const stateFile = 'state.json';
/** Reads what main wrote. Throws when the bottle is gone with its folder. */
function readState(path) {
    return JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
}

;// CONCATENATED MODULE: ./src/shell/shell.ts





/**
 * Runs one step of a job inside the bottle that an earlier step left up, and returns its exit code. `statePath` is what
 * that step wrote; `words` are what stood behind `bottle` in `shell:`. Never throws.
 */
async function runShell(statePath, words) {
    const signals = listen();
    const output = fenced();
    try {
        const state = stateAt(statePath);
        const { end, refused } = await runInside(state, words, output, signals.each);
        output.close();
        for (const text of refused)
            command('warning', `This step handed something out that was not taken: ${text}.`);
        if (end.reason !== undefined)
            command('error', end.reason);
        return end.exitCode;
    }
    catch (error) {
        output.close();
        command('error', wordsOf(error));
        return 1;
    }
}
function stateAt(path) {
    try {
        return readState(path);
    }
    catch (cause) {
        throw new BottleError('There is no bottle up in this job.', 'Put `uses: OWNER/bottle@v1` without `run` before this step.', { cause });
    }
}
// Heard from the first moment on: a step that is cancelled before it began inside does not begin.
function listen() {
    const heard = [];
    let tell;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.on(signal, () => {
            heard.push(signal);
            tell?.(signal);
        });
    return {
        each(wanted) {
            tell = wanted;
            for (const signal of heard)
                wanted(signal);
        },
    };
}
// What a step says is no command to the runner; a step that says nothing has no fence. Both streams go one way: on two
// pipes a line could overtake the command that stops commands.
function fenced() {
    let fence;
    let over = false;
    return {
        // Node makes the stream when it is asked for, which takes a millisecond.
        ready: () => void process.stdout,
        async lines(texts) {
            if (over || texts.length === 0)
                return;
            fence ??= openFence(process.stdout);
            await fence.lines(texts);
        },
        close() {
            over = true;
            fence?.close();
        },
    };
}
// The runner's escapes for a command's text (toolkit, command.ts).
function command(name, text) {
    const escaped = neutralise(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
    process.stdout.write(`::${name}::${escaped}\n`);
}

;// CONCATENATED MODULE: ./src/shell/main.ts



// What start.cjs runs, as `bottle` on the PATH of a job's later steps: the words are those of `shell:`, the state is beside
// the program's folder.
const [, program = '', ...words] = process.argv;
const state = (0,external_node_path_.join)((0,external_node_path_.dirname)(program), '..', stateFile);
// Standard output is a pipe, which Node writes to at once; a connection that nobody needs must not hold the step.
// Not awaited at the top: this is bundled as a script, which Node has loaded sooner than a module.
void runShell(state, words).then(code => process.exit(code));

module.exports = __webpack_exports__;
/******/ })()
;