import type { Input, SchemaAttributeType, VerifiedAttributeType } from '../../../../src/model/types.gen.ts'
import type { FormFault } from '../../api/form-fault.ts'
import { type ClientKind, type NewClient, returnUrlFault } from '../../api/new-client.ts'
import { domainNameFault } from '../../api/new-domain.ts'
import { clientNameFault, poolNameFault } from '../../api/resource-name.ts'

/** What somebody chooses to make a user pool. */
export interface NewPool {
  readonly type: ClientKind
  readonly clientName: string
  readonly poolName: string
  readonly email: boolean
  readonly phone: boolean
  readonly username: boolean
  readonly selfRegistration: boolean
  /** Names of attributes that everybody has to give, beside those that the sign-in options need. */
  readonly required: readonly string[]
  readonly returnUrl: string
  readonly prefix: string
}

/** The feature plan that a new pool gets. */
export const poolTier = 'ESSENTIALS'

/** The form as it begins. */
export const noPool: NewPool = {
  type: 'web',
  clientName: '',
  poolName: '',
  email: true,
  phone: false,
  username: false,
  selfRegistration: true,
  required: [],
  returnUrl: '',
  prefix: '',
}

/** The application types in the console's words, with the name that is suggested for the application. */
export const applicationTypes: Readonly<Record<ClientKind, { readonly text: string; readonly name: string; readonly about: string }>> = {
  web: {
    text: 'Traditional web application',
    name: 'My web app',
    about: 'Runs on a server, which keeps the client secret, and redirects between pages.',
  },
  spa: {
    text: 'Single-page application (SPA)',
    name: 'My SPA app',
    about: 'Runs in the browser and has no secret: React, Angular, Vue.',
  },
  mobile: { text: 'Mobile app', name: 'My mobile app', about: 'Runs on a device and has no secret: Android, iOS, Flutter.' },
  machine: {
    text: 'Machine-to-machine application',
    name: 'My M2M app',
    about: 'Calls an API with its own credentials; no user signs in.',
  },
}

/** The name of the application: the suggested one where none was typed. */
export const clientNameOf = ({ clientName, type }: NewPool): string => clientName.trim() || applicationTypes[type].name

/** The app client of the form. */
export const clientOf = (form: NewPool): NewClient => ({
  kind: form.type,
  name: clientNameOf(form),
  returnUrl: form.returnUrl,
  scopes: [],
})

/** The name of the pool: made from the application's where none was typed. */
export const poolNameOf = (form: NewPool): string => form.poolName.trim() || `User pool - ${clientNameOf(form)}`

/** The attributes that the sign-in options need anyway. */
export const impliedAttributes = ({ email, phone }: NewPool): readonly VerifiedAttributeType[] => [
  ...(email ? (['email'] as const) : []),
  ...(phone ? (['phone_number'] as const) : []),
]

/** What is missing or would be refused when half of the parts are made, in the order of the form. */
export const newPoolFault = (form: NewPool): FormFault | undefined => {
  const clientName = clientNameFault(clientNameOf(form))
  if (clientName !== undefined) return { field: 'clientName', says: clientName }
  const poolName = poolNameFault(poolNameOf(form))
  if (poolName !== undefined) return { field: 'poolName', says: poolName }
  const isForPeople = form.type !== 'machine'
  if (isForPeople && !form.email && !form.phone && !form.username) return 'Choose at least one option for sign-in identifiers.'
  const returnUrl = isForPeople ? returnUrlFault(form.returnUrl) : undefined
  if (returnUrl !== undefined) return { field: 'returnUrl', says: returnUrl }
  const prefix = domainNameFault('cognito', form.prefix.trim())
  return prefix === undefined ? undefined : { field: 'prefix', says: prefix }
}

const allRequired = (form: NewPool): readonly string[] => [...new Set([...impliedAttributes(form), ...form.required])]

const passwordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
}

/** How users name themselves: aliases beside a user name, or the addresses instead of one. */
const naming = (form: NewPool): Pick<Input<'CreateUserPool'>, 'AliasAttributes' | 'UsernameAttributes'> => {
  const addresses = impliedAttributes(form)
  if (addresses.length === 0) return {}
  return form.username ? { AliasAttributes: [...addresses] } : { UsernameAttributes: [...addresses] }
}

/**
 * The pool of the form, with every default of the AWS console said, because the API's differ: names are not case sensitive, the pool can't be
 * deleted, addresses are verified. The account's id names the role that the console would make for SMS.
 * guess: the console keeps an address until the new one was verified, as it recommends.
 */
export const newPoolInput = (form: NewPool, accountId: string): Input<'CreateUserPool'> => {
  const isMachine = form.type === 'machine'
  const whole: NewPool = isMachine ? { ...form, email: false, phone: false, username: true, required: [] } : form
  const required = allRequired(whole)
  const verified = (['email', 'phone_number'] as const).filter((name) => required.includes(name))
  const schema = required.map((Name): SchemaAttributeType => ({ Name, Required: true, Mutable: true }))
  return {
    PoolName: poolNameOf(form),
    UserPoolTier: poolTier,
    DeletionProtection: 'ACTIVE',
    MfaConfiguration: 'OFF',
    UsernameConfiguration: { CaseSensitive: false },
    ...naming(whole),
    ...(schema.length > 0 && { Schema: schema }),
    Policies: { PasswordPolicy: passwordPolicy, SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } },
    AutoVerifiedAttributes: verified,
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: verified },
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: isMachine || !form.selfRegistration },
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    ...(verified.includes('phone_number') && {
      SmsConfiguration: {
        SnsCallerArn: `arn:aws:iam::${accountId}:role/service-role/CognitoIdpSNSServiceRole`,
        ExternalId: 'poolhouse-console',
      },
    }),
    AccountRecoverySetting: {
      RecoveryMechanisms: [
        { Name: 'verified_email', Priority: 1 },
        { Name: 'verified_phone_number', Priority: 2 },
      ],
    },
  }
}
