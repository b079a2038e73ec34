// `npm run build [renderer] [electron] [sync-server]`: builds all or the named targets into dist/, changed or not.
import { buildApp, builtFolder, type Target } from './build-app.ts'

const all: readonly Target[] = ['renderer', 'electron', 'sync-server']
const named = all.filter((target) => process.argv.includes(target))
const unknown = process.argv.slice(2).filter((argument) => !all.some((target) => target === argument))

if (unknown.length > 0) {
  console.error(`There is no build target "${unknown.join(' ')}". Choose from: ${all.join(', ')}.`)
  process.exitCode = 1
} else {
  try {
    const built = await buildApp(named.length > 0 ? named : all, { force: true })
    for (const target of built) console.log(`Built ${target} into ${builtFolder(target)}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
