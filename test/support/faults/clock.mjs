// Preloaded into a program (`node --import`): its clock on the wall is off by as many milliseconds as the file beside this
// one says, from the moment it says so. What counts time otherwise (timers, performance.now) is left alone, as it is when
// a real clock is set.
import { readFileSync } from 'node:fs'

const file = process.env.CLOCK_OFFSET
const RealDate = Date
const now = () => {
  try {
    return RealDate.now() + Number(readFileSync(file, 'utf8'))
  } catch {
    return RealDate.now()
  }
}
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given))
  }
  static now() {
    return now()
  }
}
