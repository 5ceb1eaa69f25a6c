import type { Delivery } from './delivery.ts'

/** E-mail by one delivery, SMS by another; without one for SMS, an SMS is refused. */
export const createDeliveryByMedium = ({ email, sms }: { readonly email: Delivery; readonly sms: Delivery | undefined }): Delivery => ({
  deliver: async (message) => {
    if (message.medium === 'EMAIL') return email.deliver(message)
    if (sms === undefined) throw new Error('No SMS sender is configured: set sms-url.')
    return sms.deliver(message)
  },
  close: async () => {
    await Promise.all([email.close(), sms?.close()])
  },
})
