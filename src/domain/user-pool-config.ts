import type {
  AccountRecoverySettingType,
  CreateUserPoolRequest,
  DeviceConfigurationType,
  LambdaConfigType,
  RecoveryOptionType,
  UpdateUserPoolRequest,
  UserPoolPolicyType,
} from '../model/types.gen.ts'
import { acrConfigurationFault, renamesLevels } from './acr-configuration.ts'
import { schemaFrom } from './attribute-schema.ts'
import { storedRegistration } from './dynamic-registration.ts'
import { templateFault } from './messages.ts'
import { firstFactorCodesFault, letsPasskeysPassAlone, smsSenderFault } from './mfa-config.ts'
import { defaultPasswordPolicy } from './password-policy.ts'
import { managedLogin, usesManagedLogin } from './pool-domain.ts'
import { tracksSessions } from './session-settings.ts'
import { tierFault } from './tier-fault.ts'
import type { UserPool } from './user-pool.ts'
import { isEmail } from './username.ts'

/** The members of a pool that requests set; an absent one is there as undefined, so that spreading over a pool clears it. */
export type UserPoolSettings = Pick<
  UserPool,
  | 'Name'
  | 'Policies'
  | 'DeletionProtection'
  | 'LambdaConfig'
  | 'SchemaAttributes'
  | 'AutoVerifiedAttributes'
  | 'AliasAttributes'
  | 'UsernameAttributes'
  | 'SmsVerificationMessage'
  | 'EmailVerificationMessage'
  | 'EmailVerificationSubject'
  | 'VerificationMessageTemplate'
  | 'SmsAuthenticationMessage'
  | 'UserAttributeUpdateSettings'
  | 'MfaConfiguration'
  | 'DeviceConfiguration'
  | 'EmailConfiguration'
  | 'SmsConfiguration'
  | 'UserPoolTags'
  | 'AdminCreateUserConfig'
  | 'UserPoolAddOns'
  | 'UsernameConfiguration'
  | 'AccountRecoverySetting'
  | 'UserPoolTier'
  | 'KeyConfiguration'
  | 'IssuerConfiguration'
  | 'DcrConfiguration'
  | 'AcrConfiguration'
>

type Input = CreateUserPoolRequest | UpdateUserPoolRequest

// A policy that is given at all leaves out what it does not ask for; zero days and no history are what is not asked for (API_PasswordPolicyType).
const policies = (input: Input, tier: string): UserPoolPolicyType => {
  const unused = input.AdminCreateUserConfig?.UnusedAccountValidityDays
  const asked = input.Policies?.PasswordPolicy
  const days = asked?.TemporaryPasswordValidityDays || unused || defaultPasswordPolicy.TemporaryPasswordValidityDays
  const signIn = input.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? (tier === 'LITE' ? undefined : ['PASSWORD' as const])
  return {
    PasswordPolicy: {
      MinimumLength: asked?.MinimumLength ?? defaultPasswordPolicy.MinimumLength,
      RequireUppercase: asked ? (asked.RequireUppercase ?? false) : true,
      RequireLowercase: asked ? (asked.RequireLowercase ?? false) : true,
      RequireNumbers: asked ? (asked.RequireNumbers ?? false) : true,
      RequireSymbols: asked ? (asked.RequireSymbols ?? false) : true,
      ...(asked?.PasswordHistorySize ? { PasswordHistorySize: asked.PasswordHistorySize } : {}),
      TemporaryPasswordValidityDays: days,
    },
    ...(signIn === undefined ? {} : { SignInPolicy: { AllowedFirstAuthFactors: signIn } }),
  }
}

// The three legacy members and the template are two views of the same messages.
const messages = (input: Input): Partial<UserPoolSettings> => {
  const template = input.VerificationMessageTemplate ?? {}
  const sms = template.SmsMessage ?? input.SmsVerificationMessage
  const email = template.EmailMessage ?? input.EmailVerificationMessage
  const subject = template.EmailSubject ?? input.EmailVerificationSubject
  return {
    SmsVerificationMessage: sms,
    EmailVerificationMessage: email,
    EmailVerificationSubject: subject,
    VerificationMessageTemplate: {
      ...template,
      ...(sms === undefined ? {} : { SmsMessage: sms }),
      ...(email === undefined ? {} : { EmailMessage: email }),
      ...(subject === undefined ? {} : { EmailSubject: subject }),
      DefaultEmailOption: template.DefaultEmailOption ?? 'CONFIRM_WITH_CODE',
    },
  }
}

/** Any value switches tracking on, none leaves it off (API_DeviceConfigurationType). guess: a half of DeviceConfiguration that is left out counts as false. */
const deviceTracking = (given: DeviceConfigurationType | undefined): DeviceConfigurationType | undefined =>
  Object.values(given ?? {}).some((value) => value !== undefined)
    ? { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: false, ...given }
    : undefined

/** PreTokenGeneration and PreTokenGenerationConfig are two views of one function (measured on AWS); `triggerFault` finds where they differ. */
const triggers = (config: LambdaConfigType | undefined): LambdaConfigType => {
  const arn = config?.PreTokenGenerationConfig?.LambdaArn ?? config?.PreTokenGeneration
  if (!arn) return config ?? {}
  const versioned = config?.PreTokenGenerationConfig ?? { LambdaVersion: 'V1_0', LambdaArn: arn }
  return { ...config, PreTokenGeneration: arn, PreTokenGenerationConfig: versioned }
}

type Changeable = Omit<UserPoolSettings, 'Name' | 'SchemaAttributes' | 'AliasAttributes' | 'UsernameAttributes' | 'UsernameConfiguration'>

const changeable = (input: Input): Changeable => {
  const tier = input.UserPoolTier ?? 'ESSENTIALS'
  const made = policies(input, tier)
  return {
    Policies: made,
    DeletionProtection: input.DeletionProtection ?? 'INACTIVE',
    LambdaConfig: triggers(input.LambdaConfig),
    AutoVerifiedAttributes: input.AutoVerifiedAttributes,
    ...messages(input),
    SmsAuthenticationMessage: input.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: input.UserAttributeUpdateSettings,
    MfaConfiguration: input.MfaConfiguration ?? 'OFF',
    DeviceConfiguration: deviceTracking(input.DeviceConfiguration),
    EmailConfiguration: {
      ...input.EmailConfiguration,
      EmailSendingAccount: input.EmailConfiguration?.EmailSendingAccount ?? 'COGNITO_DEFAULT',
    },
    SmsConfiguration: input.SmsConfiguration,
    UserPoolTags: input.UserPoolTags,
    AdminCreateUserConfig: {
      ...input.AdminCreateUserConfig,
      AllowAdminCreateUserOnly: input.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
      UnusedAccountValidityDays: made.PasswordPolicy?.TemporaryPasswordValidityDays,
    },
    UserPoolAddOns: input.UserPoolAddOns,
    AccountRecoverySetting: input.AccountRecoverySetting,
    UserPoolTier: tier,
    KeyConfiguration: input.KeyConfiguration,
    IssuerConfiguration: input.IssuerConfiguration,
    DcrConfiguration: storedRegistration(input.DcrConfiguration),
    AcrConfiguration: input.AcrConfiguration,
  }
}

const defaultRecovery: AccountRecoverySettingType = {
  RecoveryMechanisms: [
    { Priority: 1, Name: 'verified_email' },
    { Priority: 2, Name: 'verified_phone_number' },
  ],
}

/** A new pool's members with every default that DescribeUserPool shows; throws where `userPoolFault` finds a fault in the schema. */
export const newUserPoolSettings = (input: CreateUserPoolRequest): UserPoolSettings => {
  const made = schemaFrom(input.Schema)
  if ('fault' in made) throw new Error(made.fault)
  return {
    Name: input.PoolName,
    SchemaAttributes: made.schema,
    AliasAttributes: input.AliasAttributes,
    UsernameAttributes: input.UsernameAttributes,
    UsernameConfiguration: input.UsernameConfiguration,
    ...changeable(input),
    // Only new pools get these two: UpdateUserPool keeps what it is not told (`withKeptSettings`).
    AccountRecoverySetting: input.AccountRecoverySetting ?? defaultRecovery,
    UserAttributeUpdateSettings: input.UserAttributeUpdateSettings ?? { AttributesRequireVerificationBeforeUpdate: [] },
  }
}

/**
 * A pool's members after UpdateUserPool: what the request leaves out goes back to its default (API_UpdateUserPool), except name, tags,
 * tier and deletion protection, and what can't be changed at all.
 * guess: an UpdateUserPool that leaves out name, tags, tier or deletion protection keeps them.
 */
export const updatedUserPoolSettings = (pool: UserPool, input: UpdateUserPoolRequest): UserPoolSettings => {
  const tier = input.UserPoolTier ?? pool.UserPoolTier
  return {
    Name: input.PoolName ?? pool.Name,
    SchemaAttributes: pool.SchemaAttributes,
    AliasAttributes: pool.AliasAttributes,
    UsernameAttributes: pool.UsernameAttributes,
    UsernameConfiguration: pool.UsernameConfiguration,
    ...changeable({ ...input, UserPoolTier: tier }),
    DeletionProtection: input.DeletionProtection ?? pool.DeletionProtection,
    UserPoolTags: input.UserPoolTags ?? pool.UserPoolTags,
  }
}

const newPoolFault = (input: CreateUserPoolRequest): string | undefined => {
  if (input.AliasAttributes?.length && input.UsernameAttributes?.length)
    return 'Only one of the aliasAttributes or usernameAttributes can be set in a User pool.'
  const made = schemaFrom(input.Schema)
  if ('fault' in made) return made.fault
  // guess: that preferred_username is not both required and an alias is in the guide ("Working with user attributes"); the sentence is ours.
  const required = made.schema.some(({ Name, Required }) => Name === 'preferred_username' && Required)
  return required && input.AliasAttributes?.includes('preferred_username')
    ? 'preferred_username cannot be both a required attribute and an alias.'
    : undefined
}

// A zero means "not set", of the old member too: that is how clients that must send it get past the check.
const validityFault = (input: Input): string | undefined =>
  input.AdminCreateUserConfig?.UnusedAccountValidityDays && input.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays
    ? 'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays'
    : undefined

// The newer spelling comes with the older one where a client sends both, and they name one function (API_LambdaConfigType).
// guess: the sentence about two functions for PreTokenGeneration is our own.
const triggerFault = ({ LambdaConfig: config }: Input): string | undefined =>
  config?.PreTokenGeneration && config.PreTokenGenerationConfig && config.PreTokenGenerationConfig.LambdaArn !== config.PreTokenGeneration
    ? 'PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig must be the same.'
    : undefined

const verificationFault = (input: Input): string | undefined => {
  const verified = input.AutoVerifiedAttributes ?? []
  if (verified.includes('phone_number') && input.SmsConfiguration === undefined)
    return 'SMS configuration is required when phone_number is selected for auto verification'
  const before = input.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? []
  return before.some((attribute) => !verified.includes(attribute))
    ? 'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes'
    : undefined
}

const singlePasskeys = 'WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA'

const mfaFault = (input: Input, pool: UserPool | undefined): string | undefined => {
  const mode = input.MfaConfiguration ?? 'OFF'
  const other = pool?.mfa.SoftwareTokenMfaConfiguration?.Enabled || pool?.mfa.EmailMfaConfiguration !== undefined
  if (mode !== 'OFF' && input.SmsConfiguration === undefined && !other)
    return 'SMS configuration and Auto verification for phone_number are required when MFA is required/optional'
  const factors = input.Policies?.SignInPolicy?.AllowedFirstAuthFactors
  // guess: the sentence about SOFTWARE_TOKEN, which API_SignInPolicyType calls unsupported as a first factor, is our own.
  if (factors?.includes('SOFTWARE_TOKEN')) return 'SOFTWARE_TOKEN is not supported as an allowed first auth factor.'
  if (factors?.includes('SMS_OTP') && input.SmsConfiguration === undefined)
    return 'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration'
  if (factors && !factors.includes('PASSWORD')) return 'Password should be configured as one of the allowed first auth factors.'
  if (mode !== 'ON') return undefined
  const passkeys = pool?.mfa.WebAuthnConfiguration
  return firstFactorCodesFault(factors) ?? (letsPasskeysPassAlone(factors, passkeys) ? singlePasskeys : undefined)
}

const recoveryFault = (mechanisms: readonly RecoveryOptionType[]): string | undefined => {
  const names = mechanisms.map(({ Name }) => Name)
  const priorities = mechanisms.map(({ Priority }) => Priority)
  if (new Set(names).size < names.length || new Set(priorities).size < priorities.length)
    return 'Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.'
  return names.includes('admin_only') && names.length > 1
    ? 'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.'
    : undefined
}

const emailFault = (input: Input): string | undefined => {
  const { EmailSendingAccount, SourceArn, From } = input.EmailConfiguration ?? {}
  if (EmailSendingAccount === 'DEVELOPER' && SourceArn === undefined) return 'Source ARN is required to use DEVELOPER email sending owner'
  if (From && SourceArn === undefined) return 'Cannot configure From email address for default email configuration'
  // The name in front becomes part of a mail header.
  const address = From && (/^[^<>\r\n]*<([^<>]+)>$/.exec(From)?.[1] ?? From)
  return address !== undefined && !isEmail(address) ? 'Provided From email address is invalid' : undefined
}

/** Why CreateUserPool or, with the `pool`, UpdateUserPool refuses a combination of settings (InvalidParameterException). */
export const userPoolFault = (input: Input, pool?: UserPool): string | undefined =>
  (pool === undefined ? newPoolFault(input as CreateUserPoolRequest) : undefined) ??
  validityFault(input) ??
  triggerFault(input) ??
  smsSenderFault(input.SmsConfiguration) ??
  verificationFault(input) ??
  mfaFault(input, pool) ??
  recoveryFault(input.AccountRecoverySetting?.RecoveryMechanisms ?? []) ??
  emailFault(input) ??
  acrConfigurationFault(input.AcrConfiguration) ??
  templateFault(input)

/**
 * Why the pool's tier does not have what is asked for (FeatureUnavailableInTierException).
 * guess: the names of password history, ACR values, dynamic client registration, session management and threat protection in the tier's
 * refusal are our own.
 */
export const userPoolTierFault = (input: Input, pool?: UserPool): string | undefined => {
  const tier = input.UserPoolTier ?? pool?.UserPoolTier ?? 'ESSENTIALS'
  const features: string[] = []
  if (tier === 'LITE') {
    const trigger = input.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion
    if (input.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.some((factor) => factor !== 'PASSWORD'))
      features.push('Passwordless Sign-In')
    if (trigger && trigger !== 'V1_0') features.push(`Token Customization with Pre-Token Generation Lambda ${trigger}`)
    if (input.Policies?.PasswordPolicy?.PasswordHistorySize) features.push('Password History')
    if (renamesLevels(input.AcrConfiguration)) features.push('Custom ACR Values')
    if (storedRegistration(input.DcrConfiguration)?.EnableStatus === 'Enabled') features.push('Dynamic Client Registration')
    if (pool !== undefined && tracksSessions(pool)) features.push('Session Management')
    if (pool !== undefined && usesManagedLogin(pool)) features.push(managedLogin)
  }
  const threats = input.UserPoolAddOns?.AdvancedSecurityMode
  if (tier !== 'PLUS' && threats && threats !== 'OFF') features.push('Threat Protection')
  return tierFault(tier, features)
}
