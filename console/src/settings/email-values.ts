import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'
import { textOrNone } from './setting-values.ts'

/** How a pool sends e-mail, as it is typed. */
export interface EmailValues {
  readonly account: 'COGNITO_DEFAULT' | 'DEVELOPER'
  readonly sourceArn: string
  readonly from: string
  readonly replyTo: string
  readonly configurationSet: string
}

/** The form of a pool's e-mail. */
export const emailValues = ({ EmailConfiguration: config = {} }: UserPoolType): EmailValues => ({
  account: config.EmailSendingAccount ?? 'COGNITO_DEFAULT',
  sourceArn: config.SourceArn ?? '',
  from: config.From ?? '',
  replyTo: config.ReplyToEmailAddress ?? '',
  configurationSet: config.ConfigurationSet ?? '',
})

/** What changes. */
export const emailChanges = (values: EmailValues): PoolChanges => ({
  EmailConfiguration: {
    EmailSendingAccount: values.account,
    SourceArn: textOrNone(values.sourceArn),
    From: textOrNone(values.from),
    ReplyToEmailAddress: textOrNone(values.replyTo),
    ConfigurationSet: textOrNone(values.configurationSet),
  },
})
