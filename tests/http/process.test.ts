import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { PageAnswer, SignedIn, SpaceAnswer, TicketAnswer } from '../../model/api.ts'
import { newDataDir, runToEnd, startProcess, type RunningProcess } from './support/server-process.ts'

// A process takes two seconds to start on a busy machine; deadlines have tenfold room.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const running = new Set<RunningProcess>()
afterEach(async () => {
  for (const server of running) await server.stop('SIGKILL')
  running.clear()
})

async function start(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<RunningProcess> {
  const server = await startProcess(['--port', '0', ...args], env)
  running.add(server)
  return server
}

async function post<T>(url: string, body: object | undefined, token?: string): Promise<T> {
  const headers = {
    ...(body && { 'content-type': 'application/json' }),
    ...(token && { authorization: `Bearer ${token}` }),
  }
  const response = await fetch(url, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) })
  expect(response.status).toBe(201)
  return (await response.json()) as T
}

const password = 'drie blauwe fietsen'
const founding = { name: 'De Werf', personName: 'Sofie', email: 'sofie@example.org', password }

describe('a start', () => {
  it('prints one line when it is ready and logs to stderr as JSON, with the setup code', async () => {
    const server = await start(['--data', newDataDir()])
    expect(server.lines).toEqual([`Plein is ready at ${server.url}`])
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    const line = await server.errorLine(/setup code/)
    expect(JSON.parse(line)).toMatchObject({ msg: expect.stringMatching(/setup code [a-z2-7]{26}$/) })
    expect(server.errorLines.every((each) => each.startsWith('{'))).toBe(true)
  })

  it('on a taken port ends with a sentence and takes no other', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((settle) => other.once('listening', settle))
    const { port } = other.address() as AddressInfo
    const { code, stdout, stderr } = await runToEnd('main.ts', ['--port', String(port), '--data', newDataDir()])
    other.close()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`Port ${port} is taken by another program`)
    expect(stderr).toContain('--port')
  })

  it('with a bad flag, or an address for all without TLS, ends with a sentence before it touches anything', async () => {
    const dataDir = join(newDataDir(), 'new')
    for (const [args, sentence] of [
      [['--prot', '1'], /Unknown option '--prot'.*Flags:/s],
      [['--host', '0.0.0.0'], /--public-url https:/],
    ] as const) {
      const { code, stdout, stderr } = await runToEnd('main.ts', [...args, '--data', dataDir])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(sentence)
    }
    expect(existsSync(dataDir)).toBe(false)
  })

  it('with a file in place of the data folder says so', async () => {
    const file = join(newDataDir(), 'file')
    writeFileSync(file, '')
    for (const path of [file, join(file, 'below')]) {
      const { code, stderr } = await runToEnd('main.ts', ['--port', '0', '--data', path])
      expect(code).toBe(1)
      expect(stderr).toContain(`${path} is not a folder. Choose another one with --data.`)
    }
  })

  it('in the folder of another server ends with a sentence, and the other goes on', async () => {
    const dataDir = newDataDir()
    const first = await start(['--data', dataDir])
    const { code, stderr } = await runToEnd('main.ts', ['--port', '0', '--data', dataDir])
    expect(code).toBe(1)
    expect(stderr).toContain(`Another Plein server is using ${dataDir}`)
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  })

  it('after a kill -9 finds its folder free and everything in it', async () => {
    const dataDir = newDataDir()
    const first = await start(['--data', dataDir])
    const { token } = await post<SignedIn>(`${first.url}/api/organisation`, founding)
    await first.stop('SIGKILL')
    const second = await start(['--data', dataDir])
    const answer = await fetch(`${second.url}/api/spaces`, { headers: { authorization: `Bearer ${token}` } })
    expect(((await answer.json()) as { spaces: SpaceAnswer[] }).spaces).toHaveLength(3)
    const signedIn = await post<SignedIn>(`${second.url}/api/sessions`, { email: founding.email, password })
    expect(signedIn.person.name).toBe('Sofie')
  })
})

describe('what is no request', () => {
  it.each([
    ['nonsense', 'NONSENSE\r\n\r\n', 400, 'bad-input'],
    ['headers without end', `GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 413, 'too-large'],
    [
      'two lengths',
      'POST /api/sessions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
      400,
      'bad-input',
    ],
  ])('such as %s is answered with a problem, and the server goes on', async (_name, bytes, status, reason) => {
    const server = await start(['--data', newDataDir()])
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write(bytes)
    const answer = await text(socket)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toContain('content-type: application/problem+json')
    expect(answer).toContain(`"reason":"${reason}"`)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
})

const mayMount = canMount()

describe.runIf(mayMount)('a full disk', () => {
  it('keeps the server from starting, with a sentence', async () => {
    await onSmallDisk(async (disk) => {
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(1024 * 1024 - 20 * 1024))
      const { code, stderr } = await runToEnd('main.ts', ['--port', '0', '--data', join(disk, 'data')])
      expect(code).toBe(1)
      expect(stderr).toMatch(/disk of the data folder .* is full\. Make some room/)
    })
  })
})

function canMount(): boolean {
  try {
    const dir = mkdtempSync(join(tmpdir(), 'plein-mount-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'ignore' })
    execFileSync('umount', [dir])
    return true
  } catch {
    return false
  }
}

async function onSmallDisk(use: (disk: string) => Promise<void>): Promise<void> {
  const disk = mkdtempSync(join(tmpdir(), 'plein-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
  try {
    await use(disk)
  } finally {
    execFileSync('umount', [disk])
  }
}

describe('the end', () => {
  it('on SIGTERM is in order: sockets hear why, requests that hang are cut, and the exit code is 0', async () => {
    const server = await start(['--data', newDataDir()])
    const { token } = await post<SignedIn>(`${server.url}/api/organisation`, founding)
    const { ticket } = await post<TicketAnswer>(`${server.url}/api/tickets`, undefined, token)
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/connect`, ['plein', `plein.ticket.${ticket}`])
    const closed = new Promise<number>((settle) => socket.once('close', settle))
    await new Promise((settle) => socket.once('open', settle))
    const hanging = connect(Number(new URL(server.url).port), '127.0.0.1')
    hanging.on('error', () => {})
    // The server says `100 Continue` when it has begun with the request; then the rest never comes.
    const begun = new Promise((settle) => hanging.once('data', settle))
    hanging.write(
      'POST /api/sessions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 100\r\n\r\n',
    )
    await begun
    hanging.write('{')
    const cut = new Promise((settle) => hanging.once('close', settle))
    // 0 also says that it was done in 4.5 s: past that the process gives up with 1.
    expect(await server.stop()).toBe(0)
    expect(await closed).toBe(4500)
    await cut
  })

  it('after an error that nobody caught is in order too, but with exit code 1 and a line in the log', async () => {
    const trap = encodeURIComponent(`process.once('SIGUSR2', () => { throw new Error('out of the blue') })`)
    const server = await start(['--data', newDataDir()], { NODE_OPTIONS: `--import=data:text/javascript,${trap}` })
    expect(await server.stop('SIGUSR2')).toBe(1)
    expect(JSON.parse(await server.errorLine(/out of the blue/))).toMatchObject({
      level: 60,
      err: { message: 'out of the blue' },
    })
  })

  it('on a second SIGTERM is the same end', async () => {
    const server = await start(['--data', newDataDir()])
    server.child.kill('SIGTERM')
    expect(await server.stop('SIGINT')).toBe(0)
  })
})

describe('--demo', () => {
  it('fills a sample once, prints one line per account at every start, and each can sign in', async () => {
    const dataDir = newDataDir()
    const first = await start(['--data', dataDir, '--demo'])
    const accounts = first.lines.slice(1).map((line) => line.split(' '))
    expect(accounts.map(([word, role]) => `${word} ${role}`)).toEqual([
      'sign-in administrator',
      'sign-in community-manager',
      'sign-in member',
      'sign-in guest',
    ])
    for (const [, role, email, secret] of accounts) {
      const signedIn = await post<SignedIn>(`${first.url}/api/sessions`, { email, password: secret })
      expect(signedIn.person.role).toBe(role)
    }
    expect(statSync(join(dataDir, 'demo-accounts.json')).mode & 0o777).toBe(0o600)
    const pages = await samplePages(first)
    expect(pages.length).toBeGreaterThanOrEqual(20)
    expect(await first.stop()).toBe(0)
    const second = await start(['--data', dataDir, '--demo'])
    expect(second.lines.slice(1)).toEqual(first.lines.slice(1))
    expect(await samplePages(second)).toHaveLength(pages.length)
  })

  it('leaves the folder of a real organisation alone', async () => {
    const dataDir = newDataDir()
    const first = await start(['--data', dataDir])
    await post<SignedIn>(`${first.url}/api/organisation`, founding)
    await first.stop()
    const second = await start(['--data', dataDir, '--demo'])
    expect(second.lines).toHaveLength(1)
    expect(await second.errorLine(/--demo leaves this data folder alone/)).toContain('--data')
  })
})

async function samplePages(server: RunningProcess): Promise<readonly PageAnswer[]> {
  const [, , email, secret] = (server.lines[1] ?? '').split(' ')
  const { token } = await post<SignedIn>(`${server.url}/api/sessions`, { email, password: secret })
  const get = async <T>(path: string) =>
    (await (await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } })).json()) as T
  const { spaces } = await get<{ spaces: SpaceAnswer[] }>('/api/spaces')
  const lists = await Promise.all(spaces.map(({ id }) => get<{ pages: PageAnswer[] }>(`/api/spaces/${id}/pages`)))
  return lists.flatMap(({ pages }) => pages)
}

describe('npm run admin', () => {
  const folder = () => {
    const dir = mkdtempSync(join(tmpdir(), 'plein-import-'))
    mkdirSync(join(dir, 'winter'))
    writeFileSync(join(dir, 'README.md'), '# Handboek\n\nZie [routes](winter/routes.md).\n')
    writeFileSync(join(dir, 'winter/routes.md'), '# Routes\n\nOm **zes** uur.\n')
    writeFileSync(join(dir, 'winter/kapot.md'), Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0xff]))
    writeFileSync(join(dir, 'kaart.png'), Buffer.from('89504e470d0a1a0a', 'hex'))
    return dir
  }
  const create = (dataDir: string) =>
    runToEnd(
      'admin.ts',
      [
        'create-organisation',
        '--data',
        dataDir,
        '--name',
        'De Werf',
        '--email',
        'sofie@example.org',
        '--person-name',
        'Sofie',
        '--password-stdin',
      ],
      { stdin: `${password}\n` },
    )
  const spaceIn = (output: string) => /^([a-z2-7]{26}) {2}team {2}/m.exec(output)?.[1] ?? 'no space'

  it('creates an organisation and imports a folder while the server is stopped', async () => {
    const dataDir = newDataDir()
    const created = await create(dataDir)
    expect(created).toMatchObject({ code: 0, stderr: '' })
    expect(created.stdout).toMatch(/Created De Werf/)
    const imported = await runToEnd('admin.ts', [
      'import-markdown',
      folder(),
      '--data',
      dataDir,
      '--space',
      spaceIn(created.stdout),
      '--as',
      'Sofie@example.org',
    ])
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    expect(imported.stdout.split('\n').slice(0, 3)).toEqual([
      'Imported 2 pages into Algemeen, and 1 for folders.',
      'Not imported: winter/kapot.md (no text in UTF-8)',
      'Not imported: kaart.png (no Markdown, and no page shows it)',
    ])
    const again = await create(dataDir)
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toMatch(/has its organisation already/)
  })

  it('does the same while the server runs, and the pages are there at once', async () => {
    const dataDir = newDataDir()
    const server = await start(['--data', dataDir])
    expect(statSync(join(dataDir, 'control.json')).mode & 0o777).toBe(0o600)
    const created = await create(dataDir)
    expect(created).toMatchObject({ code: 0, stderr: '' })
    const space = spaceIn((await runToEnd('admin.ts', ['list-spaces', '--data', dataDir])).stdout)
    const imported = await runToEnd('admin.ts', [
      'import-markdown',
      folder(),
      '--data',
      dataDir,
      '--space',
      space,
      '--as',
      'sofie@example.org',
    ])
    expect(imported.code).toBe(0)
    const { token } = await post<SignedIn>(`${server.url}/api/sessions`, { email: founding.email, password })
    const answer = await fetch(`${server.url}/api/spaces/${space}/pages`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(((await answer.json()) as { pages: PageAnswer[] }).pages.map(({ title }) => title).toSorted()).toEqual([
      'Handboek',
      'Routes',
      'winter',
    ])
    const invited = await runToEnd('admin.ts', ['invite', '--data', dataDir, '--role', 'guest'])
    expect(invited.stdout).toMatch(new RegExp(`^${server.url}/#/join/[a-z2-7]{26}$`, 'm'))
    expect(await server.stop()).toBe(0)
    expect(existsSync(join(dataDir, 'control.json'))).toBe(false)
  })

  it('exports a space to a zip, which another organisation takes in with its files, running or stopped', async () => {
    const [first, second] = [newDataDir(), newDataDir()]
    const server = await start(['--data', first])
    await create(first)
    const admin = async (dataDir: string, ...args: string[]) => runToEnd('admin.ts', [...args, '--data', dataDir])
    const spaceOf = async (dataDir: string) => spaceIn((await admin(dataDir, 'list-spaces')).stdout)
    const source = folder()
    writeFileSync(join(source, 'met.md'), '# Met kaart\n\n![kaart](kaart.png)\n')
    const space = await spaceOf(first)
    await admin(first, 'import-markdown', source, '--space', space, '--as', 'sofie@example.org')
    const zip = join(newDataDir(), 'uit.zip')
    const exported = await admin(first, 'export-markdown', '--space', space, '--to', zip)
    expect(exported).toMatchObject({ code: 0, stderr: '' })
    expect(exported.stdout).toContain('Exported 4 pages, 1 files and 0 comments of Algemeen')
    expect(await server.stop()).toBe(0)

    await create(second)
    const imported = await admin(
      second,
      'import-markdown',
      zip,
      '--space',
      await spaceOf(second),
      '--as',
      'sofie@example.org',
    )
    expect(imported).toMatchObject({ code: 0, stderr: '', stdout: 'Imported 4 pages into Algemeen, and 1 files.\n' })
    const again = join(newDataDir(), 'map')
    await admin(second, 'export-markdown', '--space', await spaceOf(second), '--to', again)
    expect(readFileSync(join(again, 'winter/Routes.md'), 'utf8')).toContain('# Routes\n\nOm **zes** uur.\n')
    expect(readFileSync(join(again, 'Handboek.md'), 'utf8')).toContain('Zie [routes](winter/Routes.md).')
    const taken = await admin(second, 'export-markdown', '--space', await spaceOf(second), '--to', again)
    expect(taken).toMatchObject({ code: 1, stdout: '' })
    expect(taken.stderr).toMatch(/is not empty/)
  })

  it('keeps imported comments in the ledger, in the name of whoever imports where nobody here said them', async () => {
    const dataDir = newDataDir()
    const space = spaceIn((await create(dataDir)).stdout)
    const [page, act, somebody, acts] = ['p', 'q', 'r', 's'].map((letter) => letter.repeat(26))
    const source = mkdtempSync(join(tmpdir(), 'plein-import-'))
    const said = { kind: 'comment', id: act, counter: 1, atMs: 1, page, anchor: null, text: ['Wie doet dit?'] }
    const comments = {
      plein: 1,
      people: { [String(somebody)]: 'Noor' },
      acts: [{ ref: `${acts}/${act}`, author: somebody, act: said }],
    }
    writeFileSync(join(source, 'Plan.md'), `---\nplein: 1\nid: ${page}\ntitle: "Plan"\n---\n\n# Plan\n\ntekst\n`)
    writeFileSync(join(source, 'plein.json'), JSON.stringify({ plein: 1, space: { name: 'Bouw' }, files: [] }))
    writeFileSync(join(source, 'comments.json'), JSON.stringify(comments))
    const admin = async (...args: string[]) => runToEnd('admin.ts', [...args, '--data', dataDir])
    const imported = await admin('import-markdown', source, '--space', space, '--as', 'sofie@example.org')
    expect(imported.stdout).toBe('Imported 1 pages into Algemeen, and 1 comments.\n')
    const to = join(newDataDir(), 'uit')
    const exported = await admin('export-markdown', '--space', space, '--to', to)
    expect(exported.stdout).toContain('Exported 1 pages, 0 files and 1 comments of Algemeen')
    const again = JSON.parse(readFileSync(join(to, 'comments.json'), 'utf8')) as typeof comments
    expect(again.acts.map((each) => each.act.text)).toEqual([['Noor: ', 'Wie doet dit?']])
    expect(Object.values(again.people)).toEqual(['Sofie'])
  })

  it('gives a forgotten password anew and signs every device of that person out', async () => {
    const dataDir = newDataDir()
    const server = await start(['--data', dataDir])
    const { token } = await post<SignedIn>(`${server.url}/api/organisation`, founding)
    const args = ['set-password', '--data', dataDir, '--email', 'Sofie@example.org', '--password-stdin']
    expect(await runToEnd('admin.ts', args, { stdin: 'kort\n' })).toMatchObject({ code: 1, stdout: '' })
    expect(await runToEnd('admin.ts', args, { stdin: 'vier groene bomen\n' })).toMatchObject({ code: 0, stderr: '' })
    const answer = await fetch(`${server.url}/api/spaces`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(401)
    await post<SignedIn>(`${server.url}/api/sessions`, { email: founding.email, password: 'vier groene bomen' })
  })

  it('backs up a running server, and restores it to an empty folder and to no other', async () => {
    const dataDir = newDataDir()
    await create(dataDir)
    const server = await start(['--data', dataDir])
    const [backup, restored] = [join(newDataDir(), 'backup'), join(newDataDir(), 'restored')]
    const admin = (command: string, ...args: readonly string[]) => runToEnd('admin.ts', [command, ...args])
    const made = await admin('backup', '--data', dataDir, '--to', backup)
    expect(made).toMatchObject({ code: 0, stderr: '' })
    expect(made.stdout).toContain(`Backed up De Werf to ${backup}: 1 person, 3 spaces`)
    expect(await admin('verify', '--from', backup)).toMatchObject({ code: 0, stderr: '' })
    for (const [ended, sentence] of [
      [await admin('backup', '--data', dataDir, '--to', backup), /is there already, and nothing is written over/],
      [await admin('verify', '--data', dataDir), /A Plein server is using .*make a backup, and verify that one/],
      [
        await admin('restore', '--from', backup, '--data', dataDir),
        /A Plein server is using .*restore to an empty one/,
      ],
      [await admin('restore', '--data', restored), /restore needs --from/],
    ] as const) {
      expect(ended).toMatchObject({ code: 1, stdout: '' })
      expect(ended.stderr).toMatch(sentence)
    }
    await server.stop()
    const again = await admin('restore', '--from', backup, '--data', restored)
    expect(again).toMatchObject({ code: 0, stderr: '' })
    expect(again.stdout).toMatch(/comes back by itself.*does not come back.*Look at this before/s)
    writeFileSync(join(restored, 'restore-unfinished'), '')
    const refused = await runToEnd('main.ts', ['--port', '0', '--data', restored])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('Restore it again')
    expect(await admin('restore', '--from', backup, '--data', restored)).toMatchObject({ code: 0 })
    const second = await start(['--data', restored])
    await post<SignedIn>(`${second.url}/api/sessions`, { email: founding.email, password })
  })

  it('ends with 1 and a sentence where it can do nothing', async () => {
    const dataDir = newDataDir()
    const space = spaceIn((await create(dataDir)).stdout)
    const importAs = (dir: string, change: { space?: string; as?: string } = {}) =>
      runToEnd('admin.ts', [
        'import-markdown',
        dir,
        '--data',
        dataDir,
        '--space',
        change.space ?? space,
        '--as',
        change.as ?? 'sofie@example.org',
      ])
    const noMarkdown = mkdtempSync(join(tmpdir(), 'plein-import-'))
    writeFileSync(join(noMarkdown, 'binary.md'), Buffer.from([0, 1, 2]))
    for (const [ended, sentence] of [
      [await importAs(noMarkdown), /Imported 0 pages.*binary\.md \(no text in UTF-8\)/s],
      [await importAs(join(noMarkdown, 'nowhere')), /There is no folder/],
      [await importAs(noMarkdown, { space: 'a'.repeat(26) }), /There is no space/],
      [await importAs(noMarkdown, { as: 'nobody@example.org' }), /There is nobody with the e-mail/],
      [await runToEnd('admin.ts', ['conquer']), /Usage: npm run admin/],
      [
        await runToEnd('admin.ts', ['create-organisation', '--name', 'x', '--email', 'a@b', '--data', dataDir]),
        /--password-stdin/,
      ],
    ] as const) {
      expect(ended).toMatchObject({ code: 1, stdout: '' })
      expect(ended.stderr).toMatch(sentence)
    }
  })

  it('is not answered without the secret of the folder', async () => {
    const dataDir = newDataDir()
    await start(['--data', dataDir])
    const { url } = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as { url: string }
    for (const authorization of ['', 'Bearer ', `Bearer ${'0'.repeat(64)}`]) {
      const answer = await fetch(url, { method: 'POST', headers: { authorization }, body: 'x' })
      expect(await answer.text()).toContain('did not accept')
    }
  })
})
