export const id = 584;
export const ids = [584];
export const modules = {

/***/ 92584:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   linesOf: () => (/* binding */ linesOf),
/* harmony export */   openSource: () => (/* binding */ openSource),
/* harmony export */   readBytes: () => (/* binding */ readBytes),
/* harmony export */   readText: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46193);
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_string_decoder__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(83916);





const fix = 'Name the folder of a run, the folder of a downloaded artifact, or its .zip.';
/**
 * Opens the evidence at a path, whoever wrote it. Links in a folder are not followed, and what is no regular file is not
 * opened. Throws a BottleError when there is nothing that can be read.
 */
async function openSource(path) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path).catch(cause => {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BottleError */ .nN(`${path} does not exist.`, fix, { cause });
    });
    if (found.isDirectory())
        return openFolder(path);
    if (!found.isFile())
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BottleError */ .nN(`${path} is neither a folder nor a file.`, fix);
    const { openZip } = await Promise.all(/* import() */[__webpack_require__.e(663), __webpack_require__.e(610)]).then(__webpack_require__.bind(__webpack_require__, 70610));
    return openZip(path);
}
/** A whole file as text; see `readBytes`. */
async function readText(source, name, most) {
    return (await readBytes(source, name, most)).toString('utf8');
}
/** A whole file. Throws a BottleError when it is not there, cannot be read, or has more than `most` bytes. */
async function readBytes(source, name, most) {
    const size = source.size(name);
    if (size === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BottleError */ .nN(`${source.path} holds no ${name} that can be read.`, fix);
    const chunks = [];
    let bytes = 0;
    // A file in a folder may grow meanwhile; an entry of a zip cannot.
    for await (const chunk of size > most ? [] : bytesOf(source, name)) {
        bytes += chunk.length;
        if (bytes > most)
            break;
        chunks.push(chunk);
    }
    if (Math.max(size, bytes) > most)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BottleError */ .nN(`${name} in ${source.path} has more than ${most / 2 ** 20} MiB.`, 'That is no evidence of a run.');
    return Buffer.concat(chunks);
}
// No line of the evidence is longer (evidence/writer.ts), so no more of one is kept.
const longestLine = 64 * 1024;
/** The lines of a file in constant memory; of one that is too long, the beginning. Nothing when there is no such file. */
async function* linesOf(source, name) {
    if (source.size(name) === undefined)
        return;
    const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_3__.StringDecoder('utf8');
    let rest = '';
    for await (const chunk of bytesOf(source, name)) {
        const parts = decoder.write(chunk).split('\n');
        for (const part of parts.slice(0, -1)) {
            yield `${rest}${part}`.slice(0, longestLine);
            rest = '';
        }
        rest = `${rest}${parts.at(-1)}`.slice(0, longestLine);
    }
    if (rest !== '')
        yield rest;
}
async function* bytesOf(source, name) {
    try {
        for await (const chunk of await source.stream(name))
            yield chunk;
    }
    catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BottleError */ .nN(`${name} in ${source.path} cannot be read: ${why}.`, fix, { cause });
    }
}
async function openFolder(path) {
    const sizes = new Map();
    for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(path)) {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(path, name));
        if (found.isFile())
            sizes.set(name, found.size);
    }
    return {
        path,
        names: [...sizes.keys()],
        size: name => sizes.get(name),
        async stream(name) {
            // What was a file a moment ago may be a link or a pipe by now.
            const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(path, name), node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK);
            if ((await handle.stat()).isFile())
                return handle.createReadStream();
            await handle.close();
            throw new Error('it is no file');
        },
        async [Symbol.asyncDispose]() { },
    };
}


/***/ })

};
