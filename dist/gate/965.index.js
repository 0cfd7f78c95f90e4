export const id = 965;
export const ids = [965];
export const modules = {

/***/ 965:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkedFormats: () => (/* binding */ checkedFormats)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _scure_base__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4929);
/* harmony import */ var _scure_bip39__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(106);
/* harmony import */ var _scure_bip39_wordlists_english_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2057);
/* harmony import */ var card_validator__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7770);
/* harmony import */ var card_validator__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(card_validator__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var ibantools__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6858);






const words = new Set(_scure_bip39_wordlists_english_js__WEBPACK_IMPORTED_MODULE_2__/* .wordlist */ .p);
// Bare, or in the groups that stand on a card; maestro's ranges are too wide to mean anything.
const cardShape = /(?<![\w.-]|\d )(?:\d{14,16}|\d{4}([ -])\d{4}\1\d{4}\1\d{2,4}|\d{4}([ -])\d{6}\2\d{4,5})(?![\w-]|\.\d| \d)/g;
const issuers = /^(visa|mastercard|american-express|discover|diners-club|jcb|unionpay)$/;
// A longer run of list words is a list.
const longestRun = 40;
/** Payment and identity numbers, and keys to money. Each match has to pass its format's own check. */
const checkedFormats = [
    { name: 'payment card number', found: some(cardShape, isCard) },
    { name: 'IBAN', found: some(/(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?/g, isIban) },
    // https://www.ssa.gov/employer/randomization.html: what no area, group or serial is.
    {
        name: 'social security number',
        found: some(/(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-]|\.\d)/g, () => true),
    },
    {
        name: 'Bitcoin private key',
        found: some(/(?<![1-9A-HJ-NP-Za-km-z])[5KL9c][1-9A-HJ-NP-Za-km-z]{50,51}(?![1-9A-HJ-NP-Za-km-z])/g, key),
    },
    {
        name: 'extended private key',
        found: some(/[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{107}/g, text => base58check(text)?.length === 78),
    },
    { name: 'Ethereum private key', found: some(/0x[0-9a-f]{64}(?![0-9a-f])/gi, () => true) },
    { name: 'seed phrase', found: hasSeedPhrase },
    {
        name: 'Bitcoin address',
        found: some(/(?<![1-9A-HJ-NP-Za-km-z])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![1-9A-HJ-NP-Za-km-z])/g, text => base58check(text)?.length === 21),
    },
    { name: 'Bitcoin address', found: some(/(?<![a-z0-9])bc1[02-9ac-hj-np-z]{39,87}(?![a-z0-9])/gi, isSegwit) },
    { name: 'Ethereum address', found: some(/(?<![a-z0-9])0x[0-9a-f]{40}(?![0-9a-z])/gi, () => true) },
];
const mostMatches = 10_000;
function some(pattern, holds) {
    return text => {
        let left = mostMatches;
        for (const [match] of text.matchAll(pattern)) {
            if (holds(match))
                return true;
            if (left-- === 0)
                return false;
        }
        return false;
    };
}
// Luhn and an issuer's range. Repeated digits are placeholders.
function isCard(match) {
    const digits = match.replace(/\D/g, '');
    const { isValid, card } = card_validator__WEBPACK_IMPORTED_MODULE_1___default().number(digits);
    return isValid && issuers.test(card?.type ?? '') && new Set(digits).size > 1;
}
// In running text capital words may follow: take groups away from the end.
function isIban(match) {
    const compact = match.replaceAll(' ', '');
    if ((0,ibantools__WEBPACK_IMPORTED_MODULE_3__/* .isValidIBAN */ .DT)(compact))
        return true;
    for (let at = match.lastIndexOf(' '); at > 12; at = match.lastIndexOf(' ', at - 1)) {
        if ((0,ibantools__WEBPACK_IMPORTED_MODULE_3__/* .isValidIBAN */ .DT)(match.slice(0, at).replaceAll(' ', '')))
            return true;
    }
    return false;
}
function key(text) {
    const data = base58check(text);
    return (data?.length === 33 || data?.length === 34) && (data[0] === 0x80 || data[0] === 0xef);
}
// Base58Check (https://en.bitcoin.it/wiki/Base58Check_encoding): the payload, or undefined when the checksum is wrong.
function base58check(text) {
    const data = _scure_base__WEBPACK_IMPORTED_MODULE_4__/* .base58 */ .tw.decode(text);
    const payload = data.subarray(0, -4);
    const twice = sha256(sha256(payload));
    return twice.subarray(0, 4).equals(data.subarray(-4)) ? payload : undefined;
}
function sha256(data) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest();
}
function isSegwit(text) {
    return [_scure_base__WEBPACK_IMPORTED_MODULE_4__/* .bech32 */ .I, _scure_base__WEBPACK_IMPORTED_MODULE_4__/* .bech32m */ .p2].some(code => code.decodeUnsafe(text.toLowerCase()) !== undefined);
}
/** Twelve to 24 words in a row from BIP-39's English list whose checksum is right; numbers and marks may stand between. */
function hasSeedPhrase(text) {
    let run = [];
    let end = 0;
    for (const match of text.toLowerCase().matchAll(/[a-z]+|$/g)) {
        const [word] = match;
        const goesOn = words.has(word) && match.index - end <= 6;
        if (!goesOn && isSeedPhrase(run))
            return true;
        run = words.has(word) ? [...(goesOn && run.length <= longestRun ? run : []), word] : [];
        end = match.index + word.length;
    }
    return false;
}
function isSeedPhrase(run) {
    if (run.length > longestRun)
        return false;
    for (const length of [12, 15, 18, 21, 24]) {
        for (let at = 0; at + length <= run.length; at++) {
            if ((0,_scure_bip39__WEBPACK_IMPORTED_MODULE_5__/* .validateMnemonic */ .JB)(run.slice(at, at + length).join(' '), _scure_bip39_wordlists_english_js__WEBPACK_IMPORTED_MODULE_2__/* .wordlist */ .p))
                return true;
        }
    }
    return false;
}


/***/ })

};
