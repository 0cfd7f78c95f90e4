export const id = 357;
export const ids = [357];
export const modules = {

/***/ 4357:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   uploadEvidence: () => (/* binding */ uploadEvidence)
/* harmony export */ });
/* harmony import */ var _actions_artifact__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19044);

/**
 * Uploads the evidence files (absolute paths below `folder`) as one artifact. Reached only by `await import()`: the
 * package is large, and a broken import must not keep post from tearing down. A name that is taken (a re-run of the
 * job, another matrix leg) is tried once more with the run's id. Throws what the client throws.
 */
async function uploadEvidence(wish, folder, files, runId, env) {
    const client = new _actions_artifact__WEBPACK_IMPORTED_MODULE_0__/* .DefaultArtifactClient */ .t9();
    const options = wish.retentionDays === undefined ? {} : { retentionDays: wish.retentionDays };
    const send = (name) => client.uploadArtifact(name, [...files], folder, options);
    const { id } = await send(wish.name).catch(error => {
        if (!/already exists|conflict/i.test(String(error)))
            throw error;
        return send(`${wish.name}-${runId}`);
    });
    if (id === undefined)
        throw new Error('the service gave the artifact no id');
    const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env;
    return { id, url: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/artifacts/${id}` };
}


/***/ })

};
