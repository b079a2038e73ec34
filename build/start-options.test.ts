import { expect, test } from 'vitest'
import { parseStartOptions } from './start-options.ts'

test('npm start without flags opens Electron on port 4680', () => {
  expect(parseStartOptions([])).toMatchObject({ open: 'electron', port: 4680, demo: false, allowOrigins: [] })
})

test('--headless wins over --browser', () => {
  expect(parseStartOptions(['--browser', '--headless'])).toMatchObject({ open: 'nothing' })
})

test('every flag of the public interface is taken', () => {
  const args =
    '--browser --demo --port 0 --host ::1 --public-url https://p.example --allow-origin a --allow-origin b --data d'
  expect(parseStartOptions(args.split(' '))).toEqual({
    open: 'browser',
    port: 0,
    host: '::1',
    publicUrl: 'https://p.example',
    allowOrigins: ['a', 'b'],
    dataDir: 'd',
    demo: true,
  })
})

test.each(['70000', 'abc', '-1', '1e3', '', '4680 '])('port "%s" is refused with a sentence', (port) => {
  expect(parseStartOptions([`--port=${port}`])).toEqual({
    problem: `--port takes a number from 0 to 65535, not "${port}".`,
  })
})

test('an unknown flag is named together with the usage', () => {
  const result = parseStartOptions(['--prot', '1'])
  expect(result).toHaveProperty('problem', expect.stringMatching(/--prot.*Usage: npm start/))
})
