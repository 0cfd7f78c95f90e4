/**
 * Hosts whose ordinary traffic is known to fail when pipelock looks into it, measured on 2.3.0 and said by pipelock's own
 * guide (docs/guides/tls-interception.md). They are warned about and never passed through silently: a user who asked for
 * inspection is not to believe that these hosts are inspected when they are not.
 */
export const brokenByInspection = {
  written: '2026-11-24',
  why: 'prompts that read like seed phrases, tokens and signed addresses that are meant for them, large or compressed answers',
  hosts: [
    'api.anthropic.com',
    'api.openai.com',
    'generativelanguage.googleapis.com',
    'github.com',
    'api.github.com',
    'codeload.github.com',
    'objects.githubusercontent.com',
    'raw.githubusercontent.com',
    'release-assets.githubusercontent.com',
    'registry.npmjs.org',
    'pypi.org',
    'files.pythonhosted.org',
    'proxy.golang.org',
    'static.crates.io',
  ],
} as const
