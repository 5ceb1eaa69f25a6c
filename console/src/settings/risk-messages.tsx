import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Draft } from '../hooks/use-draft.ts'
import { type AdaptiveValues, riskMails } from './adaptive-values.ts'
import { TextAreaField, TextField } from './fields.tsx'

const titles = {
  block: 'Message for blocked sign-ins',
  mfa: 'Message for sign-ins with MFA',
  allow: 'Message for allowed sign-ins',
} as const

/** The sender and the words of the messages that tell users of risky sign-ins. */
export const RiskMessages = ({ draft: { values, set } }: { readonly draft: Draft<AdaptiveValues> }) => (
  <SpaceBetween size="l">
    <TextField
      label="SES identity ARN"
      value={values.sourceArn}
      onChange={(sourceArn) => set({ sourceArn })}
      hint="The API wants one, e.g. arn:aws:ses:us-east-1:000000000000:identity/example.org. How this server sends email is set where it is started."
    />
    <TextField
      label="FROM email address - optional"
      value={values.from}
      onChange={(from) => set({ from })}
      hint="Empty: the pool's address."
    />
    <TextField label="REPLY-TO email address - optional" value={values.replyTo} onChange={(replyTo) => set({ replyTo })} />
    {riskMails.map((mail) => {
      const change = (part: Partial<AdaptiveValues[typeof mail]>) => set((before) => ({ [mail]: { ...before[mail], ...part } }))
      return (
        <ExpandableSection key={mail} headerText={titles[mail]} headingTagOverride="h3">
          <SpaceBetween size="l">
            <TextField label={`${titles[mail]}: subject`} value={values[mail].subject} onChange={(subject) => change({ subject })} />
            <TextAreaField
              label={`${titles[mail]}: text`}
              value={values[mail].text}
              onChange={(text) => change({ text })}
              hint="May contain {username}, {ip-address}, {device-name}, {login-time}, {one-click-link-valid} and {one-click-link-invalid}."
            />
            <TextAreaField
              label={`${titles[mail]}: HTML - optional`}
              value={values[mail].html}
              onChange={(html) => change({ html })}
              hint="With the same placeholders."
            />
          </SpaceBetween>
        </ExpandableSection>
      )
    })}
  </SpaceBetween>
)
