// `./dev bench` prints what a run costs; `./dev bench NAME` another set of figures.
import { closest } from 'fastest-levenshtein'

const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  lifecycle: () => import('./lifecycle.ts'),
  gate: () => import('./gate.ts'),
  many: () => import('./many.ts'),
  page: () => import('./page.ts'),
  evidence: () => import('./evidence.ts'),
  shell: () => import('./shell.ts'),
  compare: () => import('./compare.ts'),
}

const name = process.argv[2] ?? 'lifecycle'
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench) await bench()
else {
  const names = Object.keys(benches)
  process.stderr.write(
    `There is no bench '${name}'. Type: ./dev bench ${closest(name, names)}   (there are ${names.join(', ')})\n`,
  )
  process.exitCode = 1
}
