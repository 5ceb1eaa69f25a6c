import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'
import { srpAnswerScript, srpBeginScript } from '../scripts/srp.ts'

const named = { USERNAME: '{{practice_username}}' }
const password = { ...named, PASSWORD: '{{practice_password}}' }
const session = { practice_session: 'Session' }
const temporary = { Password: 'Temporary-{{first_password}}', Permanent: false }

const keepRefresh = { practice_refresh_token: 'AuthenticationResult.RefreshToken' }
const keepDevice = { ...keepRefresh, device_key: 'AuthenticationResult.NewDeviceMetadata.DeviceKey' }

const challenge = {
  srp_b: 'ChallengeParameters.SRP_B',
  srp_salt: 'ChallengeParameters.SALT',
  srp_secret_block: 'ChallengeParameters.SECRET_BLOCK',
  user_id_for_srp: 'ChallengeParameters.USER_ID_FOR_SRP',
}

const firstPassword = (Password: string) => ({
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
  ChallengeResponses: { ...named, NEW_PASSWORD: Password },
  Session: '{{practice_session}}',
})

/** Operations that sign in, refresh and sign out. */
export const authenticationFolder = ({ practice, signIn }: ResourceCalls): Folder => ({
  name: 'Authentication',
  item: [
    practice('GetUserAuthFactors'),
    practice('AdminGetUserAuthFactors'),
    practice(
      'InitiateAuth',
      { AuthFlow: 'USER_SRP_AUTH', AuthParameters: { ...named, SRP_A: '{{srp_a}}' } },
      { title: 'SRP', before: [srpBeginScript], keeps: challenge },
    ),
    practice(
      'RespondToAuthChallenge',
      {
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: {
          USERNAME: '{{user_id_for_srp}}',
          PASSWORD_CLAIM_SECRET_BLOCK: '{{srp_secret_block}}',
          PASSWORD_CLAIM_SIGNATURE: '{{srp_signature}}',
          TIMESTAMP: '{{srp_timestamp}}',
        },
      },
      { title: 'PASSWORD_VERIFIER', before: [srpAnswerScript('practice_password', 'practice_pool_id')], keeps: keepRefresh },
    ),
    practice(
      'InitiateAuth',
      { AuthFlow: 'USER_AUTH', AuthParameters: named },
      {
        title: 'choice',
        keeps: session,
        tests: ["pm.test('there is a choice', () => pm.expect(body.AvailableChallenges).to.include('PASSWORD'))"],
      },
    ),
    practice(
      'RespondToAuthChallenge',
      {
        ChallengeName: 'SELECT_CHALLENGE',
        ChallengeResponses: { ...password, ANSWER: 'PASSWORD' },
        Session: '{{practice_session}}',
      },
      { title: 'SELECT_CHALLENGE', keeps: keepRefresh },
    ),
    practice('AdminInitiateAuth', { AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: password }, { keeps: keepDevice }),
    practice('GetTokensFromRefreshToken', { RefreshToken: '{{practice_refresh_token}}', DeviceKey: '{{device_key}}' }),
    practice('RevokeToken', { Token: '{{practice_refresh_token}}' }),
    practice('AdminSetUserPassword', temporary, { title: 'temporary' }),
    practice(
      'AdminInitiateAuth',
      { AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { ...named, PASSWORD: temporary.Password } },
      { title: 'temporary password', keeps: session },
    ),
    practice('AdminRespondToAuthChallenge', firstPassword('{{practice_password}}'), { title: 'NEW_PASSWORD_REQUIRED' }),
    practice('AdminUserGlobalSignOut'),
    signIn('to sign out everywhere'),
    practice('GlobalSignOut'),
    signIn('after signing out'),
  ],
})
