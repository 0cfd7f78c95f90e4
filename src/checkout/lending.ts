import { lchownSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Loan } from '../plan/plan.ts'

const written = 'loan.json'

/**
 * Gives the workspace's own folder to the agent's user for the time of the run. In a job container the steps are root
 * and so are the files they make, but the folder around them is the runner's: root without capabilities, as the agent
 * is, could make nothing in it. Written down first, so that whoever finds the run's folder can give it back.
 */
export function lendWorkspace(scratch: string, loan: Loan): void {
  writeFileSync(join(scratch, written), JSON.stringify(loan), { mode: 0o600, flag: 'wx' })
  lchownSync(loan.path, loan.to.uid, loan.to.gid)
}

/** Gives back what this run was lent, unless it has changed hands since. Idempotent; never throws for what is gone. */
export function returnWorkspace(scratch: string): void {
  const loan = readLoan(scratch)
  if (!loan) return
  const now = lstatSync(loan.path, { throwIfNoEntry: false })
  if (now?.isDirectory() && now.uid === loan.to.uid && now.gid === loan.to.gid)
    lchownSync(loan.path, loan.from.uid, loan.from.gid)
  rmSync(join(scratch, written), { force: true })
}

function readLoan(scratch: string): Loan | undefined {
  try {
    return JSON.parse(readFileSync(join(scratch, written), 'utf8')) as Loan
  } catch {
    return undefined
  }
}
