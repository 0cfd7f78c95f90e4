import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener } from 'node:http'
import { dirname } from 'node:path'

const root = '/srv/git'

/** A git forge: smart HTTP through git's own CGI program, with one repository, `hello.git`. */
export function serveGit(tell: (fact: object) => void): RequestListener {
  makeRepository('hello', { 'README.md': '# hello\n\nA repository for the agent to work on.\n' })
  return (request, response) => {
    const { method, url, headers } = request
    tell({ kind: 'request', port: request.socket.localPort, method, url, headers })
    const backend = spawn('git', ['http-backend'], { env: cgi(request), stdio: ['pipe', 'pipe', 'inherit'] })
    request.pipe(backend.stdin)
    let head = ''
    const onData = (chunk: Buffer) => {
      head += chunk.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      backend.stdout.off('data', onData)
      for (const line of head.slice(0, end).split('\r\n')) {
        const [name = '', value = ''] = line.split(/:\s*/, 2)
        if (name === 'Status') response.statusCode = Number.parseInt(value, 10)
        else response.setHeader(name, value)
      }
      response.write(Buffer.from(head.slice(end + 4), 'latin1'))
      backend.stdout.pipe(response)
    }
    backend.stdout.on('data', onData)
  }
}

function cgi(request: IncomingMessage): NodeJS.ProcessEnv {
  const url = new URL(request.url ?? '/', 'http://forge')
  return {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: request.method,
    PATH_INFO: url.pathname,
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    REMOTE_ADDR: request.socket.remoteAddress,
    REMOTE_USER: 'agent',
  }
}

/** Makes the forge's repository `NAME.git`, with one commit that holds these files. */
export function makeRepository(name: string, files: Readonly<Record<string, string>>): void {
  const work = `/tmp/${name}`
  mkdirSync(root, { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(`${work}/${path}`), { recursive: true })
    writeFileSync(`${work}/${path}`, text)
  }
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: work, stdio: 'ignore', env: { ...process.env, ...author } })
  git('init', '--initial-branch=main')
  git('add', '.')
  git('commit', '-m', 'Say hello')
  git('clone', '--bare', work, `${root}/${name}.git`)
}

const author = {
  HOME: '/tmp',
  GIT_AUTHOR_NAME: 'Forge',
  GIT_AUTHOR_EMAIL: 'forge@forge.test',
  GIT_COMMITTER_NAME: 'Forge',
  GIT_COMMITTER_EMAIL: 'forge@forge.test',
}
