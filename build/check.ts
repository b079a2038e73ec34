// `npm run check`: types, lint with the import walls, format and dead code together, with one summary.
import { printChecks, runChecks } from './checks.ts'

const results = await runChecks()
printChecks(results)
process.exitCode = results.every(({ isGreen }) => isGreen) ? 0 : 1
