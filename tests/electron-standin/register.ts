// Loaded before the app's main process (`node --import`): whoever imports `electron` gets the doubles.
import { registerHooks } from 'node:module'

const doubles = new URL('electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: doubles, shortCircuit: true }
      : next(specifier, context),
})
