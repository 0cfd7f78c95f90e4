/** One host of a list: an allowlist entry, and why it is there. */
export interface ListedHost {
  readonly host: string
  readonly why: string
  /** Anyone can publish or store something there, so it is also a way out: said in the plan. */
  readonly shared?: true
}

/** A dated list of hosts, and the public page it was made from. */
export interface HostList {
  readonly about: string
  readonly page: string
  /** The day (ISO 8601) on which the list was last compared with what is public; do so again when that is long ago. */
  readonly written: string
  /**
   * Where its hosts were found named on that day: by the page itself, by the tool's or others' public source or documents,
   * or nowhere, since the page could not be read. It is about the list as a whole; a host found nowhere keeps its reason.
   */
  readonly found: 'page' | 'elsewhere' | 'nowhere'
  readonly hosts: readonly ListedHost[]
}

const own = (host: string, why: string): ListedHost => ({ host, why })
const shared = (host: string, why: string): ListedHost => ({ host, why, shared: true })
const written = '2026-11-25'

/** What every bottle may reach unless it says `defaults: false`: what an agent runs on, and nothing others write to. */
export const defaultList: HostList = {
  about: 'the model an agent runs on',
  page: 'https://code.claude.com/docs/en/network-config',
  written,
  found: 'elsewhere',
  hosts: [own('api.anthropic.com', 'the model'), own('platform.claude.com', 'signing in with an API account')],
}

/** The lists that `egress.presets` names. */
export const presets: Readonly<Record<string, HostList>> = {
  'claude-code': {
    about: 'Claude Code: the model, signing in, its own updates',
    page: 'https://code.claude.com/docs/en/network-config',
    written,
    found: 'elsewhere',
    hosts: [
      own('api.anthropic.com', 'the model'),
      own('platform.claude.com', 'signing in with an API account'),
      shared('claude.ai', 'signing in with a subscription; people publish pages there'),
      own('downloads.claude.ai', 'its updates and plug-ins'),
    ],
  },
  codex: {
    about: 'Codex: the model and signing in',
    page: 'https://developers.openai.com/codex/auth',
    written,
    found: 'elsewhere',
    hosts: [
      own('api.openai.com', 'the model, with an API key'),
      own('auth.openai.com', 'signing in'),
      shared('chatgpt.com', 'the model, with a subscription; people publish pages there'),
    ],
  },
  gemini: {
    about: 'Gemini CLI: the model and signing in',
    page: 'https://geminicli.com/docs/get-started/authentication',
    written,
    found: 'elsewhere',
    hosts: [
      own('generativelanguage.googleapis.com', 'the model, with an API key'),
      own('cloudcode-pa.googleapis.com', 'the model, signed in'),
      own('aiplatform.googleapis.com', 'the model, on Vertex AI'),
      own('oauth2.googleapis.com', 'signing in'),
      own('accounts.google.com', 'signing in'),
    ],
  },
  copilot: {
    about: 'GitHub Copilot: the model and signing in',
    page: 'https://docs.github.com/en/copilot/reference/copilot-allowlist-reference',
    written,
    found: 'page',
    hosts: [
      own('*.githubcopilot.com', 'the model, by plan'),
      own('copilot-proxy.githubusercontent.com', 'suggestions'),
      own('origin-tracker.githubusercontent.com', 'suggestions'),
      shared('api.github.com', 'who you are and what you may use; anyone can write to gists and issues'),
      shared('github.com', 'signing in; anyone can push to a repository of theirs'),
    ],
  },
  npm: {
    about: 'npm packages',
    page: 'https://docs.npmjs.com/cli/using-npm/registry',
    written,
    found: 'page',
    hosts: [shared('registry.npmjs.org', 'documents and tarballs; anyone can publish')],
  },
  pip: {
    about: 'Python packages',
    page: 'https://docs.pypi.org/api/index-api/',
    written,
    found: 'elsewhere',
    hosts: [own('pypi.org', 'the index'), own('files.pythonhosted.org', 'the files')],
  },
  cargo: {
    about: 'Rust crates',
    page: 'https://doc.rust-lang.org/cargo/reference/registry-index.html',
    written,
    found: 'elsewhere',
    hosts: [
      own('index.crates.io', 'the index'),
      own('static.crates.io', 'the files'),
      shared('crates.io', 'searching; anyone can publish'),
    ],
  },
  go: {
    about: 'Go modules',
    page: 'https://go.dev/ref/mod#environment-variables',
    written,
    found: 'elsewhere',
    hosts: [
      own('proxy.golang.org', 'modules; it fetches what it is asked for'),
      own('sum.golang.org', 'their checksums'),
      own('go.dev', 'toolchains: where they are'),
      own('dl.google.com', 'toolchains: the files'),
    ],
  },
  maven: {
    about: 'Maven artifacts',
    page: 'https://maven.apache.org/ref/current/maven-model-builder/super-pom.html',
    written,
    found: 'elsewhere',
    hosts: [
      own('repo.maven.apache.org', 'Maven Central'),
      own('repo1.maven.org', 'Maven Central, by its other name'),
      own('plugins.gradle.org', "Gradle's plug-ins"),
    ],
  },
  'apt-debian': {
    about: 'Debian packages',
    page: 'https://www.debian.org/mirror/list',
    written,
    found: 'elsewhere',
    hosts: [own('deb.debian.org', 'packages'), own('security.debian.org', 'security updates')],
  },
  'apt-ubuntu': {
    about: 'Ubuntu packages',
    page: 'https://documentation.ubuntu.com/server/how-to/software/package-management/',
    written,
    found: 'elsewhere',
    hosts: [
      own('archive.ubuntu.com', 'packages'),
      own('security.ubuntu.com', 'security updates'),
      own('ports.ubuntu.com', 'packages for arm64'),
      own('azure.archive.ubuntu.com', 'the mirror that hosted runners are set to'),
    ],
  },
  'git-github': {
    about: 'repositories on GitHub over https',
    page: 'https://api.github.com/meta',
    written,
    found: 'elsewhere',
    hosts: [
      shared('github.com', 'clone, fetch, push; anyone can push to a repository of theirs'),
      own('codeload.github.com', 'archives'),
      shared('objects.githubusercontent.com', 'release files and LFS; anyone can upload'),
      shared('raw.githubusercontent.com', 'single files; anyone can publish'),
      shared('release-assets.githubusercontent.com', 'release files; anyone can upload'),
    ],
  },
  'git-gitlab': {
    about: 'repositories on gitlab.com over https',
    page: 'https://docs.gitlab.com/user/gitlab_com/',
    written,
    found: 'nowhere',
    hosts: [
      shared('gitlab.com', 'clone, fetch, push; anyone can push to a repository of theirs'),
      shared('registry.gitlab.com', 'container images; anyone can push'),
    ],
  },
  'docker-hub': {
    about: 'images on Docker Hub',
    page: 'https://docs.docker.com/desktop/setup/allow-list/',
    written,
    found: 'page',
    hosts: [
      shared('registry-1.docker.io', 'manifests; anyone can push'),
      own('auth.docker.io', 'tokens'),
      own('production.cloudflare.docker.com', 'layers'),
      own('production.cloudfront.docker.com', 'layers'),
      own(
        'docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
        'layers, without a paid plan',
      ),
      shared('hub.docker.com', 'searching; anyone can publish'),
    ],
  },
  playwright: {
    about: "Playwright's browsers",
    page: 'https://playwright.dev/docs/browsers',
    written,
    found: 'elsewhere',
    hosts: [
      own('cdn.playwright.dev', 'browsers'),
      own('playwright.download.prss.microsoft.com', 'browsers, the mirror; until 1.57'),
    ],
  },
}
