import { expect, it } from 'vitest'
import { runKillRounds, type KillRound } from './server-kill.ts'

it('CO3 a server killed twenty times under write load loses no acknowledged row', async () => {
  const reported: KillRound[] = []
  const rounds = await runKillRounds(20, (round) => reported.push(round))
  console.log(`Rows in flight at each kill: ${reported.map(({ inFlight }) => inFlight).join(', ')}`)
  expect(rounds.length).toBe(20)
  expect(rounds.every(({ inFlight }) => inFlight > 0)).toBe(true)
  expect(rounds.reduce((sum, { lost }) => sum + lost, 0)).toBe(0)
}, 300_000)
