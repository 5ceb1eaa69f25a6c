import { describe, expect, it } from 'vitest'
import { riskNotification } from './risk-notification.ts'

const facts = {
  username: 'ana',
  ip: '192.0.2.1',
  deviceName: 'Chrome 125, Windows 10',
  loginTime: 'Thu, 15 Jan 2026 12:00:00 GMT',
  eventId: 'event',
  feedbackToken: 'token',
  links: { valid: 'https://id.example/f?a=1&v=Valid', invalid: 'https://id.example/f?a=1&v=Invalid' },
}

describe('riskNotification', () => {
  it('fills every placeholder in', () => {
    const TextBody =
      '{username} {ip-address} {city} {country} {login-time} {device-name} {event-id} {feedback-token} {one-click-link-valid} {one-click-link-invalid}'
    expect(riskNotification({ Subject: 'For {username}', HtmlBody: '<b>{ip-address}</b>', TextBody }, facts)).toEqual({
      subject: 'For ana',
      body: '<b>192.0.2.1</b>',
      text: 'ana 192.0.2.1 unknown unknown Thu, 15 Jan 2026 12:00:00 GMT Chrome 125, Windows 10 event token https://id.example/f?a=1&v=Valid https://id.example/f?a=1&v=Invalid',
    })
  })

  it('shows what is not known', () => {
    expect(
      riskNotification({ Subject: 's', TextBody: '{ip-address}, {device-name}' }, { ...facts, ip: undefined, deviceName: undefined }).text,
    ).toBe('unknown, unknown')
  })

  it('escapes values in HTML, and fills a value that looks like a placeholder in once', () => {
    const { body } = riskNotification({ Subject: 's', HtmlBody: '<p>{username}</p>' }, { ...facts, username: '<i>{feedback-token}' })
    expect(body).toBe('<p>&lt;i&gt;{feedback-token}</p>')
  })

  it('links to the pages where the user answers', () => {
    const { body } = riskNotification({ Subject: 's', HtmlBody: '<a href="{one-click-link-invalid}">No</a>' }, facts)
    expect(body).toBe('<a href="https://id.example/f?a=1&amp;v=Invalid">No</a>')
  })

  it('makes HTML of a template with text alone, and one line of the subject', () => {
    const message = riskNotification({ Subject: 'a\r\nBcc: b', TextBody: 'one & {username}\ntwo' }, facts)
    expect(message).toEqual({ subject: 'a Bcc: b', body: 'one &amp; ana<br>\ntwo', text: 'one & ana\ntwo' })
  })
})
