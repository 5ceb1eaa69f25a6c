import { describe, expect, it } from 'vitest'
import type { Message } from './delivery.ts'
import { createMailbox } from './mailbox.ts'

const mail = (destination: string, code = '123456'): Message => ({
  medium: 'EMAIL',
  destination,
  subject: 'Code',
  body: `It is ${code}`,
  code,
})

describe('createMailbox', () => {
  it('answers messages newest first, with the time they came', async () => {
    let now = 1000
    const mailbox = createMailbox({ clock: { now: () => now++ } })
    await mailbox.deliver(mail('a@example.com'))
    await mailbox.deliver({ ...mail('+15550100'), medium: 'SMS', subject: '' })
    expect(mailbox.messages().map(({ destination, medium, sentAt }) => [destination, medium, sentAt])).toEqual([
      ['+15550100', 'SMS', 1001],
      ['a@example.com', 'EMAIL', 1000],
    ])
  })

  it('compares the whole destination, whatever its case', async () => {
    const mailbox = createMailbox({ clock: { now: () => 0 } })
    await mailbox.deliver(mail('a@example.com', '1'))
    await mailbox.deliver(mail('aa@example.com', '2'))
    await mailbox.deliver(mail('A@example.com', '3'))
    expect(mailbox.messages('a@example.com').map((message) => message.code)).toEqual(['3', '1'])
    expect(mailbox.messages('')).toEqual([])
  })

  it('forgets the oldest beyond its size, and everything when cleared', async () => {
    const mailbox = createMailbox({ clock: { now: () => 0 }, keep: 3 })
    for (const code of ['1', '2', '3', '4', '5']) await mailbox.deliver(mail('a@example.com', code))
    expect(mailbox.messages().map((message) => message.code)).toEqual(['5', '4', '3'])
    mailbox.clear()
    expect(mailbox.messages()).toEqual([])
  })

  it('hands out lists that a reader may change without changing the mailbox', async () => {
    const mailbox = createMailbox({ clock: { now: () => 0 } })
    await mailbox.deliver(mail('a@example.com'))
    mailbox.messages().pop()
    expect(mailbox.messages()).toHaveLength(1)
  })
})
