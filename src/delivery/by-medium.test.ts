import { describe, expect, it } from 'vitest'
import { createAdjustableClock } from '../clock.ts'
import { createDeliveryByMedium } from './by-medium.ts'
import { createMailbox } from './mailbox.ts'

const mailbox = () => createMailbox({ clock: createAdjustableClock() })
const message = (medium: 'EMAIL' | 'SMS', destination: string) => ({ medium, destination, subject: '', body: 'Hello' })

describe('createDeliveryByMedium', () => {
  it('hands each medium to its own delivery', async () => {
    const email = mailbox()
    const sms = mailbox()
    const delivery = createDeliveryByMedium({ email, sms })
    await delivery.deliver(message('EMAIL', 'ana@example.org'))
    await delivery.deliver(message('SMS', '+15555550100'))
    expect(email.messages().map(({ destination }) => destination)).toEqual(['ana@example.org'])
    expect(sms.messages().map(({ destination }) => destination)).toEqual(['+15555550100'])
    await delivery.close()
  })

  it('refuses SMS by name where nothing sends them', async () => {
    const delivery = createDeliveryByMedium({ email: mailbox(), sms: undefined })
    await expect(delivery.deliver(message('SMS', '+15555550100'))).rejects.toThrow('No SMS sender is configured: set sms-url.')
  })
})
