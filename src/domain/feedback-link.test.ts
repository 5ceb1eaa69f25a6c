import { expect, it } from 'vitest'
import { samplePool } from '../storage/conformance/samples.ts'
import { feedbackLink } from './feedback-link.ts'

it("leads to the page of the pool's domain where a user judges a sign-in, or of the server", () => {
  const judgeable = { clientId: 'app', user: { username: 'ana+1' }, eventId: 'e-1', token: 'T_-' }
  const query = 'client_id=app&user_name=ana%2B1&event_id=e-1&feedback_token=T_-&feedback_value=Invalid'
  const domains = [{ uid: 'd', Domain: 'shop', ManagedLoginVersion: 1 }]
  expect(feedbackLink('https://id.example.org', samplePool({ domains }), judgeable, 'Invalid')).toBe(
    `https://shop.auth.us-east-1.id.example.org/feedback?${query}`,
  )
  expect(feedbackLink('https://id.example.org', samplePool(), judgeable, 'Invalid')).toBe(`https://id.example.org/feedback?${query}`)
})
