"use strict";
exports.id = 299;
exports.ids = [299];
exports.modules = {

/***/ 299:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  holdsToken: () => (/* binding */ holdsToken),
  loadTokenSearch: () => (/* binding */ loadTokenSearch)
});

;// CONCATENATED MODULE: ./src/gate/program/vendor-tokens.ts
// Name, needle (lower case), pattern, what confirmed it, page; two spaces and more between. What a megabyte of random
// base64url would hold by chance may not follow a letter of it.
const table = String.raw `
AWS access key id          akia                     (?-i:AKIA[A-Z0-9]{16})|(?<![a-z0-9+/])akia[a-z0-9]{16}(?![a-z0-9+/=])  rules  docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
AWS temporary key id       asia                     (?<![a-z0-9+/])ASIA(?=[A-Z]*[0-9])[A-Z0-9]{16}(?![a-z0-9+/=])  rules  docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
AWS unique id              a                        (?<![a-z0-9])(?:A3T[A-Z0-9]|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)(?=[A-Z]*[0-9])[A-Z0-9]{16}(?![a-z0-9])  rules  docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
AWS secret access key      secret                   secret.{0,3}access.{0,3}key[\s"'=:]{1,8}[A-Za-z0-9/+]{40}  rules  docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
GitHub token               gh                       (?-i:gh[pousr]_[A-Za-z0-9]{36})|(?<![a-z0-9_-])gh[pousr]_[A-Za-z0-9_]{30}  vendor  github.blog/changelog/2021-03-31-authentication-token-format-updates-are-generally-available
GitHub fine-grained token  github_pat_              github_pat_[A-Za-z0-9_]{30}  rules  docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
GitLab token               gl                       gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[A-Za-z0-9_-]{20}  vendor  about.gitlab.com/blog/2025/02/25/the-ultimate-guide-to-token-management-at-gitlab
Slack token                xox                      xox[abeoprs](?:\.xox[bp])?-[0-9A-Za-z-]{15}  rules  docs.slack.dev/authentication/tokens
Slack app token            xapp-                    xapp-[0-9]+-[A-Za-z0-9_]+-[0-9]+-[a-f0-9]{16}  rules  docs.slack.dev/authentication/tokens
Slack webhook              hooks.slack              hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{30}  rules  docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
npm token                  npm_                     npm_[A-Za-z0-9]{30}  vendor  github.blog/2021-09-23-announcing-npms-new-access-token-format/
PyPI token                 pypi-                    pypi-[A-Za-z0-9_-]{40}  rules  pypi.org/help/#apitoken
RubyGems token             rubygems_                rubygems_[a-f0-9]{40}  rules  guides.rubygems.org/api-key-scopes/
Anthropic key              sk-ant-                  sk-ant-[A-Za-z0-9_-]{20}  rules  platform.claude.com/docs/en/api/getting-started
OpenAI key                 sk-                      sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20}|t3blbkfj  rules  platform.openai.com/docs/api-reference/authentication
OpenRouter key             sk-or-                   sk-or-v1-[a-f0-9]{32}  rules  openrouter.ai/docs/api-reference/authentication
Google API key             aiza                     (?<![a-z0-9_-])AIza[0-9A-Za-z_-]{35}  rules  cloud.google.com/docs/authentication/api-keys
Google OAuth secret        gocspx-                  GOCSPX-[A-Za-z0-9_-]{24}  rules  developers.google.com/identity/protocols/oauth2
Google OAuth token         ya29.                    ya29\.[A-Za-z0-9_-]{20}  rules  developers.google.com/identity/protocols/oauth2
Google OAuth client id     .apps.googleusercontent  [0-9]{6,30}-[0-9a-z_]{32}\.apps\.googleusercontent\.com  rules  developers.google.com/identity/protocols/oauth2
Stripe key                 k                        [sr]k[_-](?:live|test)[_-][A-Za-z0-9]{20}  rules  docs.stripe.com/keys
Stripe webhook secret      whsec_                   whsec_[A-Za-z0-9+/=_-]{24}  vendor  docs.stripe.com/webhooks/signature
SendGrid key               sg.                      SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}  rules  www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
Mailgun key                key-                     (?<![a-z0-9_-])key-[0-9a-f]{32}(?![0-9a-f])  rules  documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt
Mailchimp key              -us                      (?<![0-9a-f])[0-9a-f]{32}-us[0-9]{1,2}(?![0-9])  rules  mailchimp.com/developer/marketing/guides/quick-start/
Twilio key                 sk                       (?-i:SK[0-9a-f]{32})|(?<![a-z0-9])sk[0-9a-f]{32}(?![0-9a-f])  rules  www.twilio.com/docs/iam/api-keys
Hugging Face token         hf_                      (?<![a-z0-9_-])hf_[A-Za-z0-9]{30}  rules  huggingface.co/docs/hub/security-tokens
Databricks token           dapi                     dapi[0-9a-f]{32}  rules  docs.databricks.com/aws/en/dev-tools/auth/pat
DigitalOcean token         _v1_                     do[opr]_v1_[0-9a-f]{64}  rules  docs.digitalocean.com/reference/api/create-personal-access-token/
Vault token                hv                       hv[sbr]\.[A-Za-z0-9_-]{24}  rules  developer.hashicorp.com/vault/docs/concepts/tokens
Terraform Cloud token      .atlasv1.                [A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40}  rules  developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens
Vercel token               vc                       (?<![a-z0-9_-])vc[piark]_[A-Za-z0-9]{24}  vendor  vercel.com/changelog/new-token-formats-and-secret-scanning
Vercel Blob token          vercel_blob_rw_          vercel_blob_rw_[A-Za-z0-9]{10,30}_[A-Za-z0-9]{20}  nothing  vercel.com/docs/vercel-blob
Netlify token              nf                       (?<![a-z0-9_-])nf[pcoub]_[A-Za-z0-9]{36}  rules  docs.netlify.com/api/get-started/
Supabase key               sb                       (?:sb_secret_[A-Za-z0-9_-]{20}|sbp_[0-9a-f]{40})  rules  supabase.com/docs/guides/api/api-keys
PlanetScale token          pscale_                  pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32}  rules  planetscale.com/docs/concepts/service-tokens
Linear key                 lin_                     lin_(?:api|oauth)_[A-Za-z0-9]{32}  rules  linear.app/developers/graphql
Notion token               ntn_                     (?<![a-z0-9_-])ntn_[A-Za-z0-9]{40}  rules  developers.notion.com/docs/authorization
Sentry token               sntry                    sntry[su]_[A-Za-z0-9+/=_]{40}  rules  docs.sentry.io/account/auth-tokens/
Discord bot token          .                        (?<![a-z0-9])[MNO][A-Za-z0-9_-]{22,28}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}  rules  discord.com/developers/docs/reference#authentication
Discord webhook            discord                  discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60}  rules  discord.com/developers/docs/resources/webhook
Telegram bot token         :aa                      (?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}  rules  core.telegram.org/bots/features#botfather
Shopify token              shp                      shp(?:at|ca|pa|ss)_[0-9a-f]{32}  rules  shopify.dev/docs/apps/build/authentication-authorization
Square token               eaaa                     (?<![a-z0-9])EAAA[A-Za-z0-9_-]{60}  rules  developer.squareup.com/docs/build-basics/access-tokens
Square secret              sq0                      sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22}  rules  developer.squareup.com/docs/build-basics/access-tokens
Docker token               dckr_                    dckr_(?:pat|oat)_[A-Za-z0-9_-]{24}  rules  docs.docker.com/security/access-tokens/
Heroku token               hrku-                    HRKU-[A-Za-z0-9_-]{36}  rules  devcenter.heroku.com/articles/platform-api-quickstart
Cloudflare token           cf                       (?:cfk|cfut|cfat)_[A-Za-z0-9]{40}  vendor  developers.cloudflare.com/fundamentals/api/get-started/token-formats/
Grafana token              gl                       gl(?:sa_[A-Za-z0-9]{32}_[0-9a-f]{8}|c_[A-Za-z0-9+/]{32})  rules  grafana.com/docs/grafana/latest/administration/service-accounts/
New Relic key              nr                       NR(?:AK|AA|JS|SP|II)-[A-Za-z0-9]{19}  rules  docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
Groq key                   gsk_                     gsk_[A-Za-z0-9]{40}  rules  console.groq.com/docs/quickstart
xAI key                    xai-                     (?<![a-z0-9_-])xai-[A-Za-z0-9_-]{60}  rules  docs.x.ai/docs/tutorial
Replicate token            r8_                      (?<![a-z0-9_-])r8_[A-Za-z0-9]{30}  rules  replicate.com/docs/topics/security/api-tokens
Perplexity key             pplx-                    pplx-[A-Za-z0-9]{40}  rules  docs.perplexity.ai/guides/getting-started
Fireworks key              fw_                      (?<![a-z0-9_-])fw_[A-Za-z0-9]{22}  nothing  docs.fireworks.ai/api-reference/create-api-key
Pinecone key               pcsk_                    pcsk_[A-Za-z0-9_]{36}  rules  docs.pinecone.io/guides/projects/manage-api-keys
LangSmith key              lsv2_                    lsv2_(?:pt|sk)_[0-9a-f]{32}  rules  docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key
NVIDIA key                 nvapi-                   nvapi-[A-Za-z0-9_-]{60}  rules  docs.api.nvidia.com/nim/docs/api-quickstart
Together key               tok                      (?<![a-z0-9])(?:tgp_v1_[A-Za-z0-9_-]{40}|tok_[a-z0-9]{40})  nothing  docs.together.ai/docs/api-keys-authentication
Resend key                 re_                      re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}  nothing  resend.com/docs/api-reference/introduction
Postman key                pmak-                    PMAK-[0-9a-f]{24}-[0-9a-f]{34}  rules  learning.postman.com/docs/developer/postman-api/authentication/
Pulumi token               pul-                     pul-[0-9a-f]{40}  rules  www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/
Doppler token              dp.                      (?<![a-z0-9])dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9_.-]{40}  rules  docs.doppler.com/reference/auth-token-formats
Fly.io token               f                        (?:fm2|fm1[ar])_[A-Za-z0-9+/=_-]{60}|(?<![a-z0-9_-])fo1_[A-Za-z0-9_-]{43}  rules  fly.io/docs/security/tokens/
Atlassian token            at                       (?:ATATT3xFfGF0|ATCTT3xFfGN0|(?<![a-z0-9+/_-])(?-i:ATBB))[A-Za-z0-9_=-]{24}  rules  support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
Figma token                fig                      fig[dourp]_[A-Za-z0-9_-]{36}  rules  developers.figma.com/docs/rest-api/authentication/
Airtable token             pat                      (?<![a-z0-9])pat[A-Za-z0-9]{14}\.[0-9a-f]{64}  rules  airtable.com/developers/web/api/authentication
Sonar token                sq                       sq[pua]_[0-9a-f]{40}|(?<![a-z0-9_-])sqco_[A-Za-z0-9]{59}  rules  docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/
Buildkite token            bk                       bk(?:ua|aj|ct)_[0-9a-f]{40}  vendor  buildkite.com/docs/platform/security/tokens
CircleCI token             ccipat_                  CCIPAT_[A-Za-z0-9]{22}_[0-9a-f]{40}  rules  circleci.com/docs/managing-api-tokens/
Tailscale key              tskey-                   tskey-[a-z]+-[A-Za-z0-9_-]{20}  rules  tailscale.com/kb/1085/auth-keys
1Password token            ops_                     (?<![a-z0-9])ops_eyJ[A-Za-z0-9_-]{100}  rules  developer.1password.com/docs/service-accounts/security/
Dropbox token              sl.                      (?<![a-z0-9])sl\.(?:u\.)?[A-Za-z0-9_-]{130}  rules  developers.dropbox.com/oauth-guide
Azure storage key          accountkey               AccountKey=[A-Za-z0-9+/]{86}  rules  learn.microsoft.com/en-us/azure/storage/common/storage-configure-connection-string
Azure SAS                  sig=                     [?&]s[vep]=[^\s"']{1,400}&sig=[A-Za-z0-9+/%]{40}|[?&]sig=[A-Za-z0-9+/%]{40,80}(?:=|%3d)[^\s"']{0,400}&s[vepr]=  rules  learn.microsoft.com/en-us/rest/api/storageservices/create-account-sas
Entra client secret        q~                       (?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}  rules  learn.microsoft.com/en-us/purview/sit-defn-client-secret-api-key
age secret key             age-secret-key-          AGE-SECRET-KEY-1[A-Z0-9]{50}  rules  github.com/FiloSottile/age
JSON Web Token             eyj                      eyJ[A-Za-z0-9_=-]{10,2000}\.eyJ[A-Za-z0-9_=-]{10,4000}\.[A-Za-z0-9_=-]{10}  rules  www.rfc-editor.org/rfc/rfc7519
private key                private                  BEGIN[\s_+-]{1,3}(?:[A-Z0-9]{2,10}[\s_+-]{1,3})?PRIVATE[\s_+-]{1,3}KEY[^]{0,300}?[A-Za-z0-9+/]{24}  rules  www.rfc-editor.org/rfc/rfc7468
PuTTY private key          putty-user-key           PuTTY-User-Key-File-[23]:  nothing  the.earth.li/~sgtatham/putty/0.83/htmldoc/AppendixC.html
credential in a query or form  =                        (?:^|[?&\n])(?:password|passwd|pwd|secret|client_secret|api[_-]?key|access_token|auth_token|token)=(?=[^\s&"']*\d)(?=[^\s&"']*[a-z])[\w+/.~!@#$%^*=-]{8,}(?=[\s&"']|$)  own  cwe.mitre.org/data/definitions/598.html
secret environment variable  =                        (?-i:[A-Z][A-Z0-9]*_(?:SECRET|SECRET_KEY|SECRET_ACCESS_KEY|PASSWORD|PASSWD|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY))["']?\s?[=:]\s?["']?(?=[^\s"']*\d)(?=[^\s"']*[a-z])[\w+/.~!@#%^*=-]{8,}  own  cwe.mitre.org/data/definitions/526.html
`;
/**
 * Formats by their prefix. Looked up on 25 November 2026. `vendor`: the page is the vendor's, and states the prefix. `rules`:
 * a public rule set has it (gitleaks b58d3f1, trufflehog 3ab759f, noseyparker 2e6e7f3 or secretlint), and the page is where
 * the vendor tells of its tokens. `nothing`: neither was found. secretlint's rules find whole tokens in source files: exact
 * length, case and word boundaries. What leaves through a gate is cut, glued or case-folded, and half of these vendors are
 * in no rule set on npm; so here a prefix and enough of what may follow it are a token, in any case.
 */
const vendorTokens = table
    .split('\n')
    .filter(Boolean)
    .map(line => {
    const [name = '', needle = '', source = '', confirmed = '', page = ''] = line.split(/ {2,}/);
    return {
        name,
        needle,
        pattern: new RegExp(source, 'gi'),
        confirmed: confirmed,
        page: `https://${page}`,
    };
});

;// CONCATENATED MODULE: ./src/gate/program/token-formats.ts

// This rule lets a text declare that it holds no secret ("secretlint-disable"): here the text is the suspect.
const obeysTheText = '@secretlint/secretlint-rule-filter-comments';
// AWS access key ids count as secrets here, as they do for pipelock; secretlint leaves them out unless asked.
const options = { enableIDScanRule: true };
/** Loads secretlint's recommended rules (about 50 ms) and the vendors' formats as one function of a text. */
async function loadTokenFormats() {
    const findByRules = await loadRules();
    return text => [...findByRules(text), ...findByVendor(text)];
}
/**
 * Loads secretlint's recommended rules alone. Each is made once and asked directly: secretlint's own runner makes all of
 * them anew for every text, which takes several times as long as the search.
 */
async function loadRules() {
    const { rules } = await __webpack_require__.e(/* import() */ 577).then(__webpack_require__.bind(__webpack_require__, 577));
    let found = [];
    const scanners = rules
        .filter(rule => rule.meta.id !== obeysTheText)
        .map(rule => {
        const name = nameOf(rule.meta.id);
        const report = ({ range }) => {
            found.push({ rule: name, from: range[0], to: range[1] });
        };
        const context = { sharedOptions: {}, createTranslator: () => noMessage, ignore() { }, report };
        return rule.create(context, options);
    });
    return text => {
        found = [];
        const source = { content: text, filePath: 'text.txt', ext: '.txt', contentType: 'text' };
        for (const scanner of scanners)
            scanner.file?.(source);
        return found;
    };
}
function noMessage() {
    return { message: '', messageId: '' };
}
/** Finds the vendors' formats alone: a text that holds none of their needles costs next to nothing. */
function findByVendor(text) {
    if (!needles.test(text) && !shortOnes.test(text))
        return [];
    const lower = text.toLowerCase();
    return vendorTokens.filter(({ needle }) => lower.includes(needle)).flatMap(format => occurrences(format, text));
}
// Asked one by one, the needles take as long as everything else that is done with a text. Those of one letter or two are in
// every text: there the formats themselves are asked for, all at once.
const isShort = ({ needle }) => needle.length < 3;
const shortOnes = either(vendorTokens.filter(isShort).map(({ pattern }) => pattern.source));
const needles = either(vendorTokens.filter(one => !isShort(one)).map(({ needle }) => RegExp.escape(needle)));
function either(sources) {
    return new RegExp(sources.map(source => `(?:${source})`).join('|'), 'i');
}
function nameOf(ruleId) {
    return ruleId.replace(/^.*secretlint-rule-/, '').replaceAll('-', ' ');
}
const mostOccurrences = 1000;
function occurrences({ name, pattern }, text) {
    const found = [];
    for (const match of text.matchAll(pattern)) {
        if (found.length === mostOccurrences)
            break;
        const token = match[0];
        if (!isPlaceholder(token))
            found.push({ rule: name, from: match.index, to: end(text, match.index + token.length) });
    }
    return found;
}
// `sk-ant-your-key-here` and `ghp_xxxxxxxx…` stand in documents: words only, or hardly any different characters.
function isPlaceholder(token) {
    return !/[0-9A-Z]/.test(token) || new Set(token).size < 7;
}
// A pattern asks for enough of a token; the rest of it goes with it.
function end(text, from) {
    let to = from;
    while (to < text.length && /[A-Za-z0-9_-]/.test(text[to] ?? ''))
        to++;
    return to;
}

// EXTERNAL MODULE: ./src/evidence/token-shape.ts
var token_shape = __webpack_require__(376);
;// CONCATENATED MODULE: ./src/evidence/token-search.ts


// What a text must hold for one of secretlint's rules to find something. Asking them all takes ten times as long.
const token_search_needles = /A3T|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA|secret|account|-----BEGIN|authToken|npm_|xox|xapp-|hooks\.slack|@|sk-|gsk_|hf_|lin_|ntn_|SG\.|shp|[sr]k_|gh[pousr]_|github_pat|glpat|gl[cs]|ops_|mongodb|mysql|postgres|hv[sbr]\.|vc[piark]_|dapi|dckr_|figd_|cf[ku]|cfat|tskey/i;
// A variable that is called a secret: the gate wants its value to look like one, here its name is enough.
const assigned = /[A-Z][A-Z0-9]*_(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)["']?\s?[=:]\s?["']?[^\s"'&]{8,}/g;
// The domain of a text that is a host with a token in front: some formats may hold dots, and would take it along.
const endOfHost = /(?<=^[^\s/]+)\.[a-z][a-z-]{0,20}\.[a-z]{2,12}(?::\d{1,5})?$/;
// All of a private key: the gate's search is content with its beginning.
const privateKey = /BEGIN[\s_+%-]{1,3}(?:[A-Z0-9]{2,10}[\s_+%-]{1,3}){0,3}PRIVATE[\s_+%-]{1,3}KEY[\s\S]*?(?:END[\s_+%-]{1,3}(?:[A-Z0-9]{2,10}[\s_+%-]{1,3}){0,3}PRIVATE[\s_+%-]{1,3}KEY|$)/g;
/** Is something of a token's format in a text? Loads the rules, which takes a while, only for a text that may hold one. */
async function holdsToken(text) {
    if (!(0,token_shape/* mayHoldToken */.u)(text))
        return false;
    if (!token_search_needles.test(text) && !/_(?:SECRET|PASS|TOKEN|API|ACCESS|PRIVATE)|PRIVATE/.test(text))
        return findByVendor(text).length > 0;
    return (await loadTokenSearch())(text).length > 0;
}
/** Loads the search for token formats that redaction uses: it finds what the gate's finds, and passes by what is none sooner. */
async function loadTokenSearch() {
    const findByRules = await loadRules();
    return text => {
        if (!(0,token_shape/* mayHoldToken */.u)(text))
            return [];
        const found = token_search_needles.test(text) ? [...findByRules(text), ...findByVendor(text)] : findByVendor(text);
        const more = /_(?:SECRET|PASS|TOKEN|API|ACCESS|PRIVATE)/.test(text) ? [...text.matchAll(assigned)] : [];
        if (text.includes('PRIVATE'))
            more.push(...text.matchAll(privateKey));
        const spans = [
            ...found.map(({ from, to }) => [from, to]),
            ...more.map(({ 0: { length }, index }) => [index, index + length]),
        ];
        const domain = spans.length > 0 ? (endOfHost.exec(text)?.index ?? text.length) : 0;
        return spans.map(([from, to]) => [from, from < domain ? Math.min(to, domain) : to]);
    };
}


/***/ })

};
;