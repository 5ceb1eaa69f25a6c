import type { Folder } from '../collection-format.ts'
import { mailboxItems } from '../mailbox-item.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const settings = {
  AccountTakeoverRiskConfiguration: {
    Actions: {
      LowAction: { EventAction: 'NO_ACTION', Notify: true },
      MediumAction: { EventAction: 'NO_ACTION', Notify: true },
      HighAction: { EventAction: 'NO_ACTION', Notify: true },
    },
    NotifyConfiguration: {
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.com',
      NoActionEmail: { Subject: 'A sign-in', TextBody: 'Event {event-id}, token {feedback-token}' },
    },
  },
}

const token = [
  "const [, event, feedback] = /Event ([\\w-]+), token ([\\w-]+)/.exec(message?.body || '') || []",
  "pm.test('the message has a token', () => pm.expect(feedback, message?.body).to.be.a('string'))",
  "keep('event_id', event)",
  "keep('feedback_token', feedback)",
]

/** Operations on risky sign-ins. One that was not the user's own makes the next one from the same place risky, and the user is told. */
export const threatProtectionFolder = ({ practice, signIn, target }: ResourceCalls): Folder => ({
  name: 'Threat protection',
  item: [
    practice('SetRiskConfiguration', settings),
    practice('AdminListUserAuthEvents', { MaxResults: 10 }, { keeps: { event_id: 'AuthEvents[0].EventId' } }),
    practice('AdminUpdateAuthEventFeedback', { EventId: '{{event_id}}', FeedbackValue: 'Invalid' }),
    signIn('a risky one'),
    // The sign-in does not wait for the message.
    practice('DescribeRiskConfiguration'),
    ...mailboxItems(target, { to: 'practice_email', take: token }),
    practice('UpdateAuthEventFeedback', { EventId: '{{event_id}}', FeedbackToken: '{{feedback_token}}', FeedbackValue: 'Valid' }),
  ],
})
