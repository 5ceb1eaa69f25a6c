import { describe, expect, it } from 'vitest'
import { answerLive, type LiveFacts } from './live-facts.ts'

const message = {
  medium: 'EMAIL',
  destination: 'ada@example.org',
  subject: 'Your code',
  body: '<b>123456</b>',
  code: '123456',
  sentAt: 7,
} as const
const facts: LiveFacts = {
  messages: () => [{ ...message, replyTo: 'x' } as typeof message],
  metrics: () => 'a 1\n',
  history: (span) => [{ at: 7, growth: `${span} 1\n` }],
}
const anybody = { policies: undefined }
const ask = (path: string, headers = {}, operator: Parameters<typeof answerLive>[2] = anybody, from = facts) =>
  answerLive(from, { path: `/console/live/${path}`, headers }, operator)

describe('answerLive', () => {
  it('tells the kept messages, once for as long as they are the same', async () => {
    const first = await ask('mailbox')
    expect([first?.status, JSON.parse(String(first?.body))]).toEqual([200, [message]])
    const etag = first?.headers['etag'] ?? ''
    expect(await ask('mailbox', { 'if-none-match': etag })).toMatchObject({ status: 304, body: '' })
    expect((await ask('mailbox', { 'if-none-match': '"other"' }))?.status).toBe(200)
  })

  it('tells the newest 200 only', async () => {
    const many = { ...facts, messages: () => Array.from({ length: 300 }, (_, at) => ({ ...message, sentAt: at })) }
    const told = JSON.parse(String((await ask('mailbox', {}, anybody, many))?.body)) as { sentAt: number }[]
    expect([told.length, told.at(-1)?.sentAt]).toEqual([200, 199])
  })

  it('tells what was counted', async () => {
    expect(await ask('metrics')).toMatchObject({ status: 200, body: 'a 1\n' })
  })

  it('tells what grew in the last hour and the last day', async () => {
    expect(JSON.parse(String((await ask('hour'))?.body))).toEqual([{ at: 7, growth: 'hour 1\n' }])
    expect(JSON.parse(String((await ask('day'))?.body))).toEqual([{ at: 7, growth: 'day 1\n' }])
    expect(await ask('year')).toBeUndefined()
  })

  it('tells nobody else', async () => {
    for (const path of ['mailbox', 'metrics', 'hour', 'day']) {
      expect((await answerLive(facts, { path: `/console/live/${path}`, headers: {} }, undefined))?.status).toBe(401)
      const bounded = await ask(path, {}, { policies: [] })
      expect([bounded?.status, String(bounded?.body).includes('123456')]).toEqual([403, false])
    }
  })

  it('says where nothing is kept, and leaves other paths alone', async () => {
    expect((await ask('mailbox', {}, anybody, { ...facts, messages: undefined }))?.status).toBe(404)
    expect(await ask('other')).toBeUndefined()
  })
})
