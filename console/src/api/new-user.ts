import type { Input } from '../../../src/model/types.gen.ts'
import type { FormFault } from './form-fault.ts'

/** What somebody types to make a user. */
export interface NewUser {
  readonly username: string
  readonly email: string
  readonly emailVerified: boolean
  readonly phone: string
  readonly phoneVerified: boolean
  readonly invitation: 'none' | 'EMAIL' | 'SMS'
  readonly password: 'generate' | 'set'
  readonly temporaryPassword: string
}

/** The empty form. */
export const noUser: NewUser = {
  username: '',
  email: '',
  emailVerified: false,
  phone: '',
  phoneVerified: false,
  invitation: 'none',
  password: 'generate',
  temporaryPassword: '',
}

/** What is missing; `namedBy` are the pool's UsernameAttributes. */
export const newUserFault = (user: NewUser, namedBy: readonly string[]): FormFault | undefined => {
  if (namedBy.length === 0 && user.username === '') return { field: 'username', says: 'The user needs a name.' }
  if (namedBy.length > 0 && user.email === '' && user.phone === '') {
    return { field: namedBy.includes('email') ? 'email' : 'phone', says: 'The user needs an address to sign in with.' }
  }
  if (user.invitation === 'EMAIL' && user.email === '') return { field: 'email', says: 'The invitation needs an email address.' }
  if (user.invitation === 'SMS' && user.phone === '') return { field: 'phone', says: 'The invitation needs a phone number.' }
  if (user.password === 'set' && user.temporaryPassword === '') {
    return { field: 'temporaryPassword', says: 'Enter the temporary password, or let one be generated.' }
  }
  return undefined
}

/** The call that makes the user; a pool whose users sign in with an address gets that for a name. */
export const newUserInput = (UserPoolId: string, user: NewUser, namedBy: readonly string[]): Input<'AdminCreateUser'> => {
  const address = namedBy.includes('email') && user.email !== '' ? user.email : user.phone
  const attributes = [
    ...(user.email === ''
      ? []
      : [
          ['email', user.email],
          ['email_verified', String(user.emailVerified)],
        ]),
    ...(user.phone === ''
      ? []
      : [
          ['phone_number', user.phone],
          ['phone_number_verified', String(user.phoneVerified)],
        ]),
  ]
  return {
    UserPoolId,
    Username: namedBy.length === 0 ? user.username : address,
    UserAttributes: attributes.map(([Name = '', Value = '']) => ({ Name, Value })),
    ...(user.password === 'set' && { TemporaryPassword: user.temporaryPassword }),
    ...(user.invitation === 'none' ? { MessageAction: 'SUPPRESS' as const } : { DesiredDeliveryMediums: [user.invitation] }),
  }
}
