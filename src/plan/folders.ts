/** Where the agent's home is: in memory, gone with the bottle. */
export const home = '/home/bottle'

/** Where the run's own read-only folder appears inside the bottle. */
export const ownFolder = '/bottle'

/** Folders of the steps of a job in the run's own folder: scripts, read-only inside; and what each step may write to. */
export const stepsFolder = 'steps'
export const jobFolder = 'job'

/** What a bottle of a whole job keeps for its steps below the run's folder, out of the bottle's sight. */
export const shellFolder = 'shell'
export const stepsFile = 'steps.jsonl'
export const variablesFile = 'variables.jsonl'

/** Where a step's own folder of writable files appears inside. */
export function stepFolder(step: string): string {
  return `${ownFolder}/${jobFolder}/${step}`
}

/** Where a step's script appears inside. */
export function stepScript(step: string): string {
  return `${ownFolder}/${stepsFolder}/${step}/script`
}
