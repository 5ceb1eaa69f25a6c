import { configuredFunction, type TriggerName } from '../../../src/domain/trigger-config.ts'
import type { LambdaConfigType, UserPoolType } from '../../../src/model/types.gen.ts'

/** A trigger as the console of AWS names it, with the versions of its events. */
export interface TriggerKind {
  readonly name: TriggerName
  readonly label: string
  readonly category: 'Sign-up' | 'Authentication' | 'Custom authentication' | 'Messaging'
  readonly says: string
  readonly versions: readonly string[]
}

const kind = (
  name: TriggerName,
  category: TriggerKind['category'],
  label: string,
  says: string,
  versions: readonly string[] = ['V1_0'],
): TriggerKind => ({ name, category, label, says, versions })

/** Every trigger, in the order of the console of AWS (developer guide, "Customizing user pool workflows with Lambda triggers"). */
export const triggerKinds: readonly TriggerKind[] = [
  kind('PreSignUp', 'Sign-up', 'Pre sign-up', 'Accepts or refuses a sign-up, and can confirm it at once.'),
  kind('PostConfirmation', 'Sign-up', 'Post confirmation', 'Hears of new users once they are confirmed.'),
  kind('UserMigration', 'Sign-up', 'Migrate user', 'Brings users along from elsewhere when they sign in or reset a password.'),
  kind('PreAuthentication', 'Authentication', 'Pre authentication', 'Accepts or refuses a sign-in.'),
  kind('PostAuthentication', 'Authentication', 'Post authentication', 'Hears of sign-ins.'),
  kind('PreTokenGeneration', 'Authentication', 'Pre token generation', 'Changes the claims of tokens.', ['V1_0', 'V2_0', 'V3_0']),
  kind('InboundFederation', 'Authentication', 'Inbound federation', 'Changes what an identity provider says of a user.'),
  kind('DefineAuthChallenge', 'Custom authentication', 'Define auth challenge', 'Says which challenge comes next.'),
  kind('CreateAuthChallenge', 'Custom authentication', 'Create auth challenge', 'Makes a challenge.'),
  kind('VerifyAuthChallengeResponse', 'Custom authentication', 'Verify auth challenge response', 'Says whether an answer is right.'),
  kind('CustomMessage', 'Messaging', 'Custom message', 'Writes the messages that carry codes.'),
  kind('CustomSMSSender', 'Messaging', 'Custom SMS sender', 'Sends SMS messages instead of the server.'),
  kind('CustomEmailSender', 'Messaging', 'Custom email sender', 'Sends email messages instead of the server.'),
]

/** The trigger of a name, where there is one. */
export const findTriggerKind = (name: string): TriggerKind | undefined => triggerKinds.find((one) => one.name === name)

/** Whether the function gets codes under a key. */
export const isSender = (name: string): boolean => name === 'CustomSMSSender' || name === 'CustomEmailSender'

/** A trigger with the function that answers it. */
export interface SetTrigger {
  readonly kind: TriggerKind
  readonly arn: string
  readonly version: string
}

/** The triggers that a pool has functions for. */
export const setTriggers = ({ LambdaConfig }: Pick<UserPoolType, 'LambdaConfig'>): SetTrigger[] =>
  triggerKinds.flatMap((one) => {
    const found = configuredFunction({ LambdaConfig: LambdaConfig ?? {} }, one.name)
    return found === undefined ? [] : [{ kind: one, ...found }]
  })

const entryOf = (name: TriggerName, arn: string, version: string): LambdaConfigType => {
  const versioned = { LambdaArn: arn, LambdaVersion: version }
  // Where both spellings are there they have to name the same function, and programs that only know the older one still find it.
  if (name === 'PreTokenGeneration') return { PreTokenGeneration: arn, PreTokenGenerationConfig: versioned } as LambdaConfigType
  return { [name]: isSender(name) || name === 'InboundFederation' ? versioned : arn } as LambdaConfigType
}

/** The triggers without one. */
export const withoutTrigger = (config: LambdaConfigType | undefined, name: TriggerName): LambdaConfigType => {
  const { [name]: _gone, ...rest } = config ?? {}
  if (name !== 'PreTokenGeneration') return rest
  const { PreTokenGenerationConfig: _versioned, ...others } = rest as LambdaConfigType
  return others
}

/** The triggers with a function for one of them; `kmsKey` is sent for those that get codes. */
export const withTrigger = (
  config: LambdaConfigType | undefined,
  { name, arn, version, kmsKey }: { readonly name: TriggerName; readonly arn: string; readonly version: string; readonly kmsKey: string },
): LambdaConfigType => ({
  ...withoutTrigger(config, name),
  ...entryOf(name, arn, version),
  ...(isSender(name) && kmsKey !== '' && { KMSKeyID: kmsKey }),
})

/** What is wrong with the form, as a sentence. */
export const triggerFault = ({ name, arn, kmsKey }: { readonly name: string; readonly arn: string; readonly kmsKey: string }) => {
  if (findTriggerKind(name) === undefined) return 'Choose a trigger.'
  if (!arn.startsWith('arn:')) return 'The function needs an ARN, e.g. arn:aws:lambda:us-east-1:000000000000:function:my-function.'
  return isSender(name) && kmsKey === '' ? 'A custom sender needs the ARN of a KMS key.' : undefined
}
