import { expect, it } from 'vitest'
import { mintId, type DeviceId } from '../model/ids.ts'
import { ticketMs, Tickets } from './tickets.ts'

const session = () => mintId<DeviceId>((bytes) => crypto.getRandomValues(bytes))

it('a ticket stands for its session once', () => {
  const tickets = new Tickets(() => 0)
  const sofie = session()
  const ticket = tickets.issue(sofie)
  expect(tickets.redeem(ticket)).toBe(sofie)
  expect(tickets.redeem(ticket)).toBeUndefined()
})

it('a ticket that is as old as its minute stands for nothing', () => {
  let nowMs = 0
  const tickets = new Tickets(() => nowMs)
  const young = tickets.issue(session())
  nowMs = ticketMs - 1
  expect(tickets.redeem(young)).toBeDefined()
  const old = tickets.issue(session())
  nowMs += ticketMs
  expect(tickets.redeem(old)).toBeUndefined()
})

it('a ticket that nobody issued stands for nothing', () => {
  expect(new Tickets(() => 0).redeem('made up')).toBeUndefined()
})

it('a device that asks without end loses its own oldest tickets and nobody else’s', () => {
  const tickets = new Tickets(() => 0)
  const bram = session()
  const ofBram = tickets.issue(bram)
  const greedy = session()
  const asked = Array.from({ length: 100 }, () => tickets.issue(greedy))
  expect(tickets.redeem(asked[0] ?? '')).toBeUndefined()
  expect(tickets.redeem(asked[99] ?? '')).toBe(greedy)
  expect(tickets.redeem(ofBram)).toBe(bram)
})
