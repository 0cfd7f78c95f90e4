export const id = 610;
export const ids = [610];
export const modules = {

/***/ 610:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openZip: () => (/* binding */ openZip)
/* harmony export */ });
/* harmony import */ var yauzl__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(663);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);


// The evidence has some ten files; what holds more is something else.
const mostEntries = 1000;
// All of them unpacked: the stated size of an artifact, many times over, and what one can wait for.
const mostBytes = 4 * 1024 ** 3;
const symlink = 0o120000;
const fileType = 0o170000;
/**
 * Opens an artifact as it is downloaded, a zip of evidence files. Nothing is unpacked to disk. The archive may be
 * anyone's: names that lead out, links, encryption, names that are there twice, and sizes that are not true are refused
 * with a BottleError, and no more than was declared is ever inflated.
 */
async function openZip(path) {
    const zip = await (0,yauzl__WEBPACK_IMPORTED_MODULE_0__/* .openPromise */ .sO)(path, {
        lazyEntries: true,
        strictFileNames: true,
        validateEntrySizes: true,
        autoClose: false,
    }).catch(refused(path));
    try {
        return sourceOf(path, zip, await entriesOf(path, zip));
    }
    catch (error) {
        zip.close();
        throw error;
    }
}
async function entriesOf(path, zip) {
    if (zip.entryCount > mostEntries)
        throw wrong(path, `it has ${zip.entryCount} entries`);
    const entries = new Map();
    let bytes = 0;
    try {
        for await (const entry of zip.eachEntry()) {
            const { fileName, uncompressedSize, externalFileAttributes } = entry;
            if (((externalFileAttributes >>> 16) & fileType) === symlink)
                throw wrong(path, `${quoted(fileName)} is a link`);
            if (entry.isEncrypted())
                throw wrong(path, `${quoted(fileName)} is encrypted`);
            if (entries.has(fileName))
                throw wrong(path, `${quoted(fileName)} is in it twice`);
            bytes += uncompressedSize;
            if (bytes > mostBytes)
                throw wrong(path, 'it unpacks to more than 4 GiB');
            if (!fileName.endsWith('/'))
                entries.set(fileName, entry);
        }
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BottleError */ .nN)
            throw error;
        return refused(path)(error);
    }
    return entries;
}
function sourceOf(path, zip, entries) {
    return {
        path,
        names: [...entries.keys()],
        size: name => entries.get(name)?.uncompressedSize,
        stream: async (name) => zip.openReadStreamPromise(entries.get(name)),
        async [Symbol.asyncDispose]() {
            zip.close();
        },
    };
}
function refused(path) {
    return cause => {
        throw wrong(path, cause instanceof Error ? cause.message : String(cause), cause);
    };
}
function wrong(path, what, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BottleError */ .nN(`${path} is no artifact that can be read: ${what}.`, 'Name the .zip of an artifact as it was downloaded, or the folder it was unpacked to.', { cause });
}
function quoted(name) {
    return JSON.stringify(name.slice(0, 100));
}


/***/ })

};
