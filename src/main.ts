import { main } from './action/main-step.ts'

await main()
