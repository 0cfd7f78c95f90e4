export const id = 285;
export const ids = [285,584];
export const modules = {

/***/ 32285:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readRun: () => (/* binding */ readRun)
});

// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(83916);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(38816);
;// CONCATENATED MODULE: ./src/evidence/schema.ts

const count = schemas/* int */.Whr().nonnegative();
const kind = schemas/* enum */.k5n(['not-allowed', 'secret', 'heuristic', 'private-address', 'protocol', 'rate'])
    .describe('What kind of refusal it is.');
// Absent, not null, where the request named none.
const port = schemas/* int */.Whr().min(0).max(65535).optional();
const limit = schemas/* enum */.k5n(['oom', 'pids', 'disk']);
const end = schemas/* discriminatedUnion */.gMt('kind', [
    schemas/* object */.Ikc({ kind: schemas/* literal */.euz('exited'), code: schemas/* int */.Whr() }),
    schemas/* object */.Ikc({ kind: schemas/* literal */.euz('timed-out'), afterMs: schemas/* number */.aig() }),
    schemas/* object */.Ikc({ kind: schemas/* literal */.euz('cancelled'), signal: schemas/* string */.YjP() }),
    schemas/* object */.Ikc({ kind: schemas/* literal */.euz('refused'), reason: schemas/* string */.YjP() }),
    schemas/* object */.Ikc({ kind: schemas/* literal */.euz('failed'), reason: schemas/* string */.YjP() }),
])
    .describe('How the run ended. `refused`: the containment check found a leak, so the agent did not run.');
const failOn = schemas/* enum */.k5n(['never', 'dlp', 'any-block'])
    .default('never')
    .describe('Which blocks made the step fail, those that are expected left out.');
const direct = schemas/* discriminatedUnion */.gMt('observed', [
    schemas/* object */.Ikc({
        observed: schemas/* literal */.euz(true),
        count: count.describe('All attempts; of most of them nobody knows whom they were for.'),
        attempts: schemas/* array */.YOg(schemas/* object */.Ikc({ host: schemas/* string */.YjP(), port, count, first: schemas/* string */.YjP(), last: schemas/* string */.YjP() }))
            .describe('Those whose target was seen, most first. Times are the clock of the runner.'),
        lookups: count.describe('Questions, in packets, to the resolver that is not there.'),
    }),
    schemas/* object */.Ikc({ observed: schemas/* literal */.euz(false), reason: schemas/* string */.YjP().describe('Why nobody could see it. Never 0.') }),
])
    .default({ observed: false, reason: 'the evidence is of a Bottle that did not look yet' })
    .describe('Connection attempts that ignored the gate, of which it knows nothing. None got out.');
const blockGroup = schemas/* object */.Ikc({
    host: schemas/* string */.YjP(),
    port,
    method: schemas/* string */.YjP(),
    kind,
    reason: schemas/* string */.YjP().describe("The gate's words for the first of them."),
    secrets: schemas/* array */.YOg(schemas/* string */.YjP())
        .optional()
        .describe('Of the kind `secret`: what was found where, such as `AWS Access ID in the body`; the first few.'),
    expected: schemas/* literal */.euz(true).optional().describe('They are meant to be blocked (egress.expected-blocks).'),
    count: count.describe('How many.'),
    first: schemas/* string */.YjP().describe("When the first was, by the gate's clock (RFC 3339)."),
    last: schemas/* string */.YjP(),
});
/** summary.json, for whoever writes a schema of it or reads one that somebody else may have written. */
const summarySchema = schemas/* object */.Ikc({
    version: schemas/* literal */.euz(1).describe('The version of all the evidence files. It goes up when a field changes or goes.'),
    bottle: schemas/* string */.YjP().describe('The id of the run.'),
    verdict: schemas/* string */.YjP().describe('What happened, in a sentence.'),
    enforced: schemas/* boolean */.zMY()
        .describe('True only when the containment check passed before the agent started, and the allowlist was enforced.'),
    whole: schemas/* boolean */.zMY()
        .describe("False when the gate's log lacks its first or last line: every count is then what is known, and there may be more."),
    outcome: schemas/* object */.Ikc({
        end,
        limits: schemas/* object */.Ikc({ exceeded: schemas/* array */.YOg(limit), unobserved: schemas/* array */.YOg(limit) })
            .describe('Limits that were exceeded, and those of which nobody could see whether they were.'),
        startedAt: schemas/* string */.YjP(),
        endedAt: schemas/* string */.YjP(),
    }),
    gate: schemas/* object */.Ikc({ name: schemas/* string */.YjP(), version: schemas/* string */.YjP().optional(), image: schemas/* string */.YjP() }),
    engine: schemas/* string */.YjP().describe("The engine's version."),
    image: schemas/* string */.YjP().describe('The image the agent ran in.'),
    imageIds: schemas/* object */.Ikc({ agent: schemas/* string */.YjP(), gate: schemas/* string */.YjP() })
        .optional()
        .describe("The engine's ids of the images that ran; there when receipts were asked for."),
    mode: schemas/* enum */.k5n(['enforce', 'learn']).describe('In `learn` the allowlist refused nothing.'),
    failOn,
    allowlist: schemas/* array */.YOg(schemas/* string */.YjP()).describe('The effective allowlist.'),
    policyDigest: schemas/* string */.YjP().describe("The sha256 of the gate's configuration."),
    specDigest: schemas/* string */.YjP().describe('The same for runs that were asked for the same: the output `policy-digest`.'),
    containment: schemas/* array */.YOg(schemas/* object */.Ikc({ probe: schemas/* string */.YjP(), target: schemas/* string */.YjP(), leaked: schemas/* boolean */.zMY(), detail: schemas/* string */.YjP() }))
        .describe('What each probe of the containment check found.'),
    counts: schemas/* object */.Ikc({
        allowed: count,
        blocked: count.describe('Refused requests: the kinds, and the groups with `ungrouped`, add up to it; blocked.jsonl lists them all unless `truncated` says otherwise.'),
        dlp: count.describe('Blocks of the kind `secret`.'),
        expected: count.default(0).describe('Blocks that are meant (egress.expected-blocks).'),
        warnings: count.describe('Warnings of the gate, which refuse nothing.'),
        gateErrors: count.describe('Names that did not resolve, hosts that did not answer: no blocks.'),
        unreadable: count.describe("Lines of the gate's log that are no JSON object."),
        byKind: schemas/* partialRecord */.jgl(kind, count),
        ungrouped: count.describe('Blocks beyond the groups that are kept apart.'),
    })
        .describe('Everything counted.'),
    blocks: schemas/* array */.YOg(blockGroup).describe('Blocks of the same host, port, method and kind, most first.'),
    reached: schemas/* array */.YOg(schemas/* object */.Ikc({ host: schemas/* string */.YjP(), count })).describe('Hosts that were let through, most used first.'),
    tls: schemas/* object */.Ikc({ inspected: schemas/* boolean */.zMY(), passthrough: schemas/* array */.YOg(schemas/* string */.YjP()) })
        .describe('Whether the gate looked inside TLS, and at which hosts it did not.'),
    distrust: schemas/* array */.YOg(schemas/* object */.Ikc({ host: schemas/* string */.YjP(), by: schemas/* enum */.k5n(['client', 'gate']), count }))
        .describe("Certificates that were refused: the gate's by a client, or a host's by the gate."),
    direct,
    services: schemas/* array */.YOg(schemas/* object */.Ikc({
        name: schemas/* string */.YjP(),
        ports: schemas/* array */.YOg(schemas/* int */.Whr()),
        use: schemas/* object */.Ikc({
            connections: count,
            failed: count.describe('Connections that did not get to the service.'),
            sent: count.describe('Bytes to the service.'),
            received: count.describe('Bytes from it.'),
            whole: schemas/* boolean */.zMY().describe('False when its relay ended early: there may have been more.'),
        })
            .optional()
            .describe('Absent when the relay could not be asked.'),
    }))
        .optional()
        .describe('Services of the job that the bottle was joined to; absent without.'),
    timeline: schemas/* object */.Ikc({
        start: schemas/* number */.aig(),
        widthMs: schemas/* number */.aig(),
        allowed: schemas/* array */.YOg(count),
        blocked: schemas/* array */.YOg(count),
        dlp: schemas/* array */.YOg(count),
    })
        .optional()
        .describe('Requests over time: bucket i begins at `start + i * widthMs`, in epoch milliseconds. Absent without a request.'),
    blockedHosts: schemas/* array */.YOg(schemas/* string */.YjP()),
    planted: schemas/* object */.Ikc({ repositories: schemas/* array */.YOg(schemas/* string */.YjP()), files: schemas/* array */.YOg(schemas/* string */.YjP()), count, complete: schemas/* boolean */.zMY() })
        .optional()
        .describe('What the agent left that tools of later steps obey; absent when the workspace was not writable.'),
    durationMs: schemas/* number */.aig(),
    job: schemas/* object */.Ikc({
        inside: schemas/* array */.YOg(schemas/* object */.Ikc({
            step: schemas/* string */.YjP(),
            startedAt: schemas/* string */.YjP(),
            exitCode: schemas/* int */.Whr().optional(),
            durationMs: schemas/* number */.aig().optional(),
        }))
            .describe("Steps that ran inside; without an exit code, a step's end was not seen."),
        count: count.describe('How many ran inside; the list holds at most 500.'),
        outside: schemas/* array */.YOg(schemas/* object */.Ikc({ step: schemas/* string */.YjP(), kind: schemas/* enum */.k5n(['run', 'uses']), file: schemas/* string */.YjP(), line: schemas/* int */.Whr().positive() }))
            .optional()
            .describe('Later steps of the job that do not use the bottle; absent when the workflow could not be read.'),
    })
        .optional()
        .describe('There when the bottle stayed up for its job: which of the steps were inside, and which were not.'),
    truncated: schemas/* array */.YOg(schemas/* object */.Ikc({ file: schemas/* string */.YjP(), lines: count, written: count }))
        .optional()
        .describe('Files that hold a part of their lines: how many there were, and how many are written. Counts are exact all the same.'),
})
    .describe('summary.json of a bottle’s evidence, version 1. All strings may hold what the agent wrote: hostile text.');
/** One line of blocked.jsonl: a refusal. */
const blockedSchema = schemas/* object */.Ikc({
    at: schemas/* string */.YjP().describe("When, by the gate's clock (RFC 3339)."),
    host: schemas/* string */.YjP().describe('Where to. A long random label is replaced by a fingerprint: `[label-3f2a1b]`.'),
    port,
    method: schemas/* string */.YjP().describe('The method of the request; CONNECT for a tunnel.'),
    kind,
    scanner: schemas/* string */.YjP().describe('The part of the gate that refused it.'),
    reason: schemas/* string */.YjP().describe("The gate's words, redacted."),
    secret: schemas/* object */.Ikc({ what: schemas/* string */.YjP(), where: schemas/* string */.YjP() })
        .optional()
        .describe('Of the kind `secret`: what was found, and where in the request.'),
    expected: schemas/* literal */.euz(true).optional().describe('It is meant to be blocked (egress.expected-blocks).'),
})
    .describe('One line of blocked.jsonl of a bottle’s evidence, version 1. All strings may be hostile text.');
/** The parts of plan.json that every report needs. */
const planPartsSchema = schemas/* object */.Ikc({
    origins: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* array */.YOg(schemas/* string */.YjP())),
    policyAt: schemas/* object */.Ikc({ file: schemas/* string */.YjP(), line: schemas/* int */.Whr().positive().optional() }).optional(),
});
/** What the page shows of plan.json besides. */
const pagePartsSchema = schemas/* object */.Ikc({ policy: schemas/* string */.YjP(), knownSecrets: schemas/* boolean */.zMY() });

// EXTERNAL MODULE: ./src/evidence/source.ts
var evidence_source = __webpack_require__(92584);
;// CONCATENATED MODULE: ./src/evidence/read.ts



// Ten times what a run with every list full writes.
const most = 64 * 2 ** 20;
/**
 * Reads a run's evidence, which anyone may have written: what comes back has the shape of a summary, and every string in
 * it is hostile text. Throws a BottleError that names the first thing which is not as version 1 has it.
 */
async function readRun(source) {
    const value = parsed(await (0,evidence_source.readText)(source, 'summary.json', most), source, 'summary.json');
    checkVersion(value, source);
    const summary = fitting(summarySchema, value, source, 'summary.json');
    if (source.size('plan.json') === undefined)
        return { summary, plan: undefined };
    const plan = parsed(await (0,evidence_source.readText)(source, 'plan.json', most), source, 'plan.json');
    const parts = fitting(planPartsSchema, plan, source, 'plan.json');
    return { summary, plan: { ...parts, page: pagePartsSchema.safeParse(plan).data } };
}
function parsed(text, { path }, name) {
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        throw new errors/* BottleError */.nN(`${name} in ${path} is no JSON.`, 'Download the artifact again.', { cause });
    }
}
function checkVersion(value, { path }) {
    const version = value?.version;
    if (typeof version !== 'number' || version === 1)
        return;
    throw new errors/* BottleError */.nN(`summary.json in ${path} is of version ${version}, and this is a Bottle that reads version 1.`, version > 1 ? 'Read it with the release of Bottle that wrote it, or a newer one.' : 'Run the step again.');
}
function fitting(schema, value, { path }, name) {
    const result = schema.safeParse(value);
    if (result.success)
        return result.data;
    const [first] = result.error.issues;
    const at = first?.path.map(String).join('.').slice(0, 200);
    throw new errors/* BottleError */.nN(`${name} in ${path} is not what a run writes: ${[at, first?.message].filter(Boolean).join(': ')}.`, 'Name the evidence as a run wrote it.', { cause: result.error });
}


/***/ }),

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
