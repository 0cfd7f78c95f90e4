// Files that tools of a later step take orders from, by name, wherever they are.
const names = new Set([
  '.bazelrc',
  '.env',
  '.envrc',
  '.gitattributes',
  '.gitmodules',
  '.lefthook.yml',
  '.mcp.json',
  '.mise.toml',
  '.npmrc',
  '.pnpmfile.cjs',
  '.pre-commit-config.yaml',
  '.tool-versions',
  '.yarnrc',
  '.yarnrc.yml',
  'action.yaml',
  'action.yml',
  'lefthook.yml',
  'mise.toml',
  'pip.conf',
])

// Folders of which every file is one.
const folders = new Set(['.cargo', '.claude', '.devcontainer', '.github', '.husky', '.mvn', '.vscode'])

/** Is this a file (its path, relative to the workspace) from which tools of later steps take orders? */
export function isWatched(path: string): boolean {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  // A link in such a folder's place is told by the folder's name.
  return names.has(name) || parts.some(part => folders.has(part))
}

/** Do these names make their folder a bare repository: HEAD, objects and refs (gitrepository-layout)? */
export function isRepository(entries: readonly string[]): boolean {
  return ['HEAD', 'objects', 'refs'].every(name => entries.includes(name))
}
