import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const named = { Username: 'new-{{practice_username}}' }
const other = { Username: 'other-{{practice_username}}' }
const address = 'new_email'

const newAddress = `pm.environment.set('${address}', 'new-' + pm.variables.get('practice_email'))`

const answers = (Username: string, Password: string) => ({
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: Username, PASSWORD: Password },
})

/** Sign-up and its confirmation, and the end of an account. */
export const signUpFolder = ({ practice, code }: ResourceCalls): Folder => ({
  name: 'Sign-up',
  item: [
    practice(
      'SignUp',
      { ...named, Password: '{{first_password}}', UserAttributes: [{ Name: 'email', Value: `{{${address}}}` }] },
      { before: [newAddress] },
    ),
    practice('ResendConfirmationCode', named),
    ...code(address),
    practice('ConfirmSignUp', { ...named, ConfirmationCode: '{{code}}' }),
    practice('InitiateAuth', answers(named.Username, '{{first_password}}'), {
      title: 'who has signed up',
      keeps: { new_access_token: 'AuthenticationResult.AccessToken' },
    }),
    practice('DeleteUser', { AccessToken: '{{new_access_token}}' }),
    practice('SignUp', { ...other, Password: '{{first_password}}' }, { title: 'without an address' }),
    practice('AdminConfirmSignUp', other),
    practice('AdminDeleteUser', other, { title: 'who has signed up' }),
  ],
})
