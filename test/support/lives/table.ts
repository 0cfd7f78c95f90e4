/** How somebody cancels a stage: once, or again while what was begun is being removed, or at once again. */
export const ways = [
  { way: 'SIGINT', signal: 'SIGINT' },
  { way: 'SIGTERM', signal: 'SIGTERM' },
  { way: 'SIGINT, then SIGTERM in teardown', signal: 'SIGINT', again: { at: 'DELETE ', signal: 'SIGTERM' } },
  { way: 'SIGTERM, and again 30 ms later', signal: 'SIGTERM', again: { at: 30, signal: 'SIGTERM' } },
] as const

/** The phases of main's life, each with the engine call at which it is cancelled. */
export const phasesOfMain: Readonly<Record<string, string>> = {
  'it asks what the engine is': 'GET /version #1',
  'it looks for the images': 'GET /images/the gate/json #1',
  'it sweeps': 'GET /containers/json #1',
  'it makes networks': 'POST /networks/create #2',
  'it makes containers': 'POST /containers/create/bottle #1',
  'it hands the gate its configuration': 'PUT /containers/sidecar/archive #1',
  'the sidecar starts': 'POST /containers/sidecar/start #1',
  'the containment is checked': 'POST /containers/probe/exec #2',
  'the agent starts': 'POST /containers/bottle/start #1',
  'the gate is told to end': 'POST /containers/sidecar/kill #1',
  'containers are removed': 'DELETE /containers/sidecar #1',
  'networks are removed': 'DELETE /networks/inside #1',
}

/** The phases of post after a main that was killed. */
export const phasesOfPost: Readonly<Record<string, string>> = {
  'it looks for the sidecar': 'GET /containers/json #1',
  'the gate is told to end': 'POST /containers/sidecar/kill #1',
  'it reads the log': 'GET /containers/sidecar/logs #2',
  'containers are removed': 'DELETE /containers/sidecar #1',
  'networks are removed': 'DELETE /networks/inside #1',
  'it looks once more': 'GET /containers/json #3',
}

/** The answers that an engine takes ten seconds for, one in a life. */
export const slowAnswers: readonly string[] = [
  'GET /version #1',
  'GET /images/the gate/json #1',
  'GET /containers/json #1',
  'POST /networks/create #1',
  'POST /containers/create/sidecar #1',
  'POST /containers/create/bottle #1',
  'PUT /containers/sidecar/archive #1',
  'POST /networks/inside/connect #1',
  'POST /containers/sidecar/start #1',
  'POST /containers/sidecar/wait #1',
  'GET /events #1',
  'POST /containers/probe/exec #1',
  'POST /exec/*/start #2',
  'POST /containers/bottle/attach #1',
  'POST /containers/bottle/start #1',
  'POST /containers/bottle/wait #1',
  'POST /containers/sidecar/kill #1',
  'GET /containers/json #2',
  'DELETE /containers/sidecar #1',
  'DELETE /networks/inside #1',
]

/** What a later step can make of post's environment, through GITHUB_ENV or the like. */
export const hostileEnvironments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PATH: { PATH: '/nowhere' },
  DOCKER_HOST: { DOCKER_HOST: 'unix:///nowhere.sock', DOCKER_CONTEXT: 'nowhere', DOCKER_CONFIG: '/nowhere' },
  'DOCKER_HOST over TLS': {
    DOCKER_HOST: 'tcp://engine.example:2376',
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CERT_PATH: '/nowhere',
  },
  NODE_OPTIONS: { NODE_OPTIONS: '--disable-proto=throw --throw-deprecation --max-old-space-size=64' },
  HTTPS_PROXY: {
    HTTPS_PROXY: 'http://127.0.0.1:1',
    HTTP_PROXY: 'http://127.0.0.1:1',
    ALL_PROXY: 'http://127.0.0.1:1',
    NODE_USE_ENV_PROXY: '1',
  },
  TMPDIR: { TMPDIR: '/nowhere', HOME: '/nowhere', RUNNER_TEMP: '/nowhere', GITHUB_WORKSPACE: '/nowhere' },
}

/** Where the table stands in the documents. */
export const page = 'docs/leaves-nothing.md'

/** The table's lines as Markdown. */
export function documentedLives(): string[] {
  const signals = ways.map(one => one.way).join('; ')
  const environments = Object.keys(hostileEnvironments).join(', ')
  const rows = [
    ['SIGKILL of main', 'every engine call: before, during, after, and when its answer was read', 'post'],
    ['SIGKILL of post, main having been killed', 'every other engine call, in the same four ways', 'the next run'],
    [signals, `main: ${Object.keys(phasesOfMain).join('; ')}`, 'main'],
    [signals, `post: ${Object.keys(phasesOfPost).join('; ')}`, 'post'],
    [
      '500, 409, or half an answer',
      'every kind of engine call of main, before and after it took effect',
      'main, else post',
    ],
    ['500, 409, or half an answer', 'every engine call of post', 'post'],
    ['an engine that refuses to remove or to list', 'as long as main lives', 'post'],
    ['the same', 'as long as main and post live; post is red', 'the next run'],
    ['ten seconds for an answer', `${slowAnswers.length} engine calls of main`, 'main'],
    ['half a second for each answer', 'every engine call of main and post', 'main, post'],
    [`post with another ${environments}`, 'main was killed', 'post'],
    ['post twice', 'main was killed', 'the first'],
    ['no post, or one that cannot start', 'main was killed', 'the next run'],
  ]
  return [
    '| what befalls the run | at | removed by |',
    '| --- | --- | --- |',
    ...rows.map(row => `| ${row.join(' | ')} |`),
  ]
}
