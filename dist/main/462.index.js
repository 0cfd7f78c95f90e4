export const id = 462;
export const ids = [462];
export const modules = {

/***/ 462:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   buildContext: () => (/* binding */ buildContext)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _balena_dockerignore__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(44158);
/* harmony import */ var _balena_dockerignore__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(_balena_dockerignore__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var tar_fs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35645);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(83916);
/* harmony import */ var _plan_digest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(31147);







// What is a function is typed as a module that holds one.
const dockerignore = (_balena_dockerignore__WEBPACK_IMPORTED_MODULE_3___default());
/**
 * Looks at what a build would be made of: the context's files as `.dockerignore` leaves them, the Dockerfile, arguments
 * and target. `.git` is never part of it: a checkout may keep credentials there. Throws a BottleError for a context or a
 * Dockerfile that is not in the workspace.
 */
async function buildContext(workspace, build, place) {
    const folder = folderOf(workspace, build, place);
    const isIgnored = ignoreOf(folder, build.dockerfile);
    const tar = () => (0,tar_fs__WEBPACK_IMPORTED_MODULE_4__.pack)(folder, {
        ignore: (path) => isIgnored(path.slice(folder.length + 1)),
        map: alike,
        sort: true,
    });
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update((0,_plan_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .digestOf */ .o)(build));
    for await (const chunk of tar())
        hash.update(chunk);
    return { image: `bottle-build:${hash.digest('hex').slice(0, 16)}`, tar };
}
function folderOf(workspace, { context, dockerfile }, place) {
    const wrong = (what) => new _errors_js__WEBPACK_IMPORTED_MODULE_5__/* .BottleError */ .nN(`${place}: ${what}.`, 'Name a folder of the checkout, and a Dockerfile inside it.');
    const root = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(workspace);
    let folder;
    try {
        folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(workspace, context));
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(folder).isDirectory())
            throw wrong(`build.context ${context} is not a folder`);
    }
    catch (cause) {
        if (cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_5__/* .BottleError */ .nN)
            throw cause;
        throw wrong(`build.context ${context} does not exist`);
    }
    const isInside = (path, of) => path === of || path.startsWith(`${of}/`);
    if (!isInside(folder, root))
        throw wrong(`build.context ${context} leads out of the workspace`);
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, dockerfile);
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(file))
        throw wrong(`build.dockerfile ${dockerfile} does not exist in ${context}`);
    if (!isInside((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(file), folder))
        throw wrong(`build.dockerfile ${dockerfile} leads out of its context`);
    return folder;
}
// As Docker reads it: the Dockerfile's own list of exceptions comes before the folder's, and is never left out itself.
function ignoreOf(folder, dockerfile) {
    const list = [`${dockerfile}.dockerignore`, '.dockerignore'].map(name => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name)).find(node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync);
    const rules = dockerignore({ ignorecase: false });
    const text = list ? (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(list, 'utf8') : '';
    rules.add(text);
    // An exception may lie in a folder that is left out: then every folder is walked through.
    const excepts = /^\s*!/m.test(text);
    const kept = [dockerfile, '.dockerignore', `${dockerfile}.dockerignore`];
    return path => {
        if (path === '.git' || path.startsWith('.git/') || path.endsWith('/.git') || path.includes('/.git/'))
            return true;
        // A folder that leads to the Dockerfile is walked through whatever the list says of it.
        if (kept.some(one => one === path || one.startsWith(`${path}/`)))
            return false;
        return (path !== '' &&
            rules.ignores(path) &&
            !(excepts && (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, path), { throwIfNoEntry: false })?.isDirectory()));
    };
}
// The same files are the same image, whoever owns them and whenever they were checked out.
function alike(header) {
    return { ...header, uid: 0, gid: 0, mtime: new Date(0) };
}


/***/ })

};
