import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const another = { SessionId: '{{session_id}}' }
const pick = (own: boolean) => [
  `const other = body.Sessions?.find(({ IsCurrentSession }) => IsCurrentSession === ${own})`,
  "pm.test('there is another session', () => pm.expect(other).to.not.be.undefined)",
  "keep('session_id', other?.SessionId)",
]

/** Operations on the sessions of users, which the practice pool lists. */
export const sessionsFolder = ({ practice, signIn }: ResourceCalls): Folder => ({
  name: 'Sessions',
  item: [
    practice('SetUserPoolSessionConfiguration', { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 20 } }),
    practice('GetUserPoolSessionConfiguration'),
    practice('SetUserPoolClientSessionConfiguration', { SSOSession: { MaxValidityMinutes: 30 } }),
    practice('GetUserPoolClientSessionConfiguration'),
    signIn('one session'),
    signIn('another session'),
    practice('ListUserSessions', {}, { tests: pick(false) }),
    practice('RevokeUserSession', another),
    signIn('a third session'),
    practice('AdminListUserSessions', {}, { tests: pick(false) }),
    practice('AdminRevokeUserSession', another),
    signIn('after the sessions'),
  ],
})
