import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const now = (variable: string) => [`pm.environment.set('practice_password', pm.variables.get('${variable}'))`]
const confirmation = { ConfirmationCode: '{{code}}', Password: '{{third_password}}' }

/** Operations on passwords. */
export const passwordsFolder = ({ practice, signIn, code }: ResourceCalls): Folder => ({
  name: 'Passwords',
  item: [
    practice(
      'ChangePassword',
      { PreviousPassword: '{{practice_password}}', ProposedPassword: '{{second_password}}' },
      { tests: now('second_password') },
    ),
    practice('ForgotPassword'),
    ...code('practice_email'),
    practice('ConfirmForgotPassword', confirmation, { tests: now('third_password') }),
    practice('AdminResetUserPassword'),
    ...code('practice_email'),
    practice(
      'ConfirmForgotPassword',
      { ...confirmation, Password: '{{second_password}}' },
      { title: 'after a reset', tests: now('second_password') },
    ),
    practice('AdminSetUserPassword', { Password: '{{first_password}}', Permanent: true }, { tests: now('first_password') }),
    signIn('with the new password'),
  ],
})
