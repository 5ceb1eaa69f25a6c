import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { isSame, rebased } from '../api/rebased.ts'
import { ChoiceField, TextAreaField, TextField } from './fields.tsx'
import {
  emailMfaChanges,
  invitationChanges,
  invitationValues,
  mfaMessageFault,
  mfaMessageValues,
  verificationMessageChanges,
  verificationMessageFault,
  verificationMessageValues,
} from './message-values.ts'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { textOrNone } from './setting-values.ts'
import { updateMfa } from './update-mfa.ts'
import { updatePool } from './update-pool.ts'

const orDefault = (text: string): string => text || 'the default message'
const code = 'Must contain {####}, which becomes the code. Empty: the default message.'

/** What users get who verify an address or reset a password. */
export const verificationMessages: Setting = {
  id: 'verification',
  title: 'Verification message',
  description: 'With the code, or the link, that verifies an address, confirms a sign-up or resets a password.',
  items: ({ pool }) => {
    const values = verificationMessageValues(pool)
    const byLink = values.type === 'CONFIRM_WITH_LINK'
    return [
      { label: 'Verification type', value: byLink ? 'Link' : 'Code' },
      { label: 'Email subject', value: orDefault(byLink ? values.linkSubject : values.subject) },
      { label: 'Email message', value: orDefault(byLink ? values.linkMessage : values.message) },
      { label: 'SMS message', value: orDefault(values.sms) },
    ]
  },
  Form: settingForm({
    what: 'verification message',
    read: ({ pool }) => verificationMessageValues(pool),
    fault: verificationMessageFault,
    save: (poolId, edit) => updatePool(poolId, (pool) => verificationMessageChanges(rebased(edit, verificationMessageValues(pool)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <ChoiceField
          label="Verification type"
          value={values.type}
          onChange={(type) => set({ type })}
          items={[
            { value: 'CONFIRM_WITH_CODE', label: 'Code' },
            {
              value: 'CONFIRM_WITH_LINK',
              label: 'Link',
              description: 'Confirms sign-ups by email; needs a domain. Other messages carry a code.',
            },
          ]}
        />
        {values.type === 'CONFIRM_WITH_LINK' && (
          <SpaceBetween size="l">
            <TextField label="Email subject with link" value={values.linkSubject} onChange={(linkSubject) => set({ linkSubject })} />
            <TextAreaField
              label="Email message with link"
              field="linkMessage"
              value={values.linkMessage}
              onChange={(linkMessage) => set({ linkMessage })}
              hint="Must contain {##Verify your email##}, which becomes the link. HTML is allowed. Empty: the default message."
            />
          </SpaceBetween>
        )}
        <TextField label="Email subject" value={values.subject} onChange={(subject) => set({ subject })} />
        <TextAreaField
          label="Email message"
          field="message"
          value={values.message}
          onChange={(message) => set({ message })}
          hint={`HTML is allowed. ${code}`}
        />
        <TextAreaField label="SMS message" field="sms" value={values.sms} onChange={(sms) => set({ sms })} hint={code} />
      </SpaceBetween>
    ),
  }),
}

/** What users get whom an administrator creates. */
export const invitation: Setting = {
  id: 'invitation',
  title: 'Invitation message',
  description: 'With the user name and the temporary password of a user whom an administrator creates.',
  items: ({ pool }) => {
    const values = invitationValues(pool)
    return [
      { label: 'Email subject', value: orDefault(values.subject) },
      { label: 'Email message', value: orDefault(values.message) },
      { label: 'SMS message', value: orDefault(values.sms) },
    ]
  },
  Form: settingForm({
    what: 'invitation message',
    read: ({ pool }) => invitationValues(pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => invitationChanges(rebased(edit, invitationValues(pool)), pool)),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <TextField label="Email subject" value={values.subject} onChange={(subject) => set({ subject })} />
        <TextAreaField
          label="Email message"
          field="message"
          value={values.message}
          onChange={(message) => set({ message })}
          hint="Must contain {username} and {####}, which becomes the password. HTML is allowed. Empty: the default message."
        />
        <TextAreaField
          label="SMS message"
          field="sms"
          value={values.sms}
          onChange={(sms) => set({ sms })}
          hint="Must contain {username} and {####}. Empty: the default message."
        />
      </SpaceBetween>
    ),
  }),
}

/** What users get as their second factor. */
export const mfaMessages: Setting = {
  id: 'mfa',
  title: 'MFA message',
  description: 'With the code of the second factor.',
  items: ({ pool, mfa }) => {
    const values = mfaMessageValues(pool, mfa)
    return [
      { label: 'SMS message', value: orDefault(values.sms) },
      { label: 'Email subject', value: values.hasEmail ? orDefault(values.subject) : '-' },
      { label: 'Email message', value: values.hasEmail ? orDefault(values.message) : '-' },
    ]
  },
  Form: settingForm({
    what: 'MFA message',
    read: ({ pool, mfa }) => mfaMessageValues(pool, mfa),
    fault: mfaMessageFault,
    save: async (poolId, edit) => {
      const { sms } = edit.values
      if (sms !== edit.start.sms) await updatePool(poolId, () => ({ SmsAuthenticationMessage: textOrNone(sms) }))
      if (!isSame({ ...edit.values, sms }, { ...edit.start, sms })) {
        await updateMfa(poolId, (current, pool) => emailMfaChanges(rebased(edit, mfaMessageValues(pool, current)), current))
      }
    },
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <TextAreaField label="SMS message" field="sms" value={values.sms} onChange={(sms) => set({ sms })} hint={code} />
        {!values.hasEmail ? (
          <Alert type="info">The email has no message, because email is no MFA method of this pool: see Sign-in.</Alert>
        ) : (
          <SpaceBetween size="l">
            <TextField label="Email subject" value={values.subject} onChange={(subject) => set({ subject })} />
            <TextAreaField
              label="Email message"
              field="message"
              value={values.message}
              onChange={(message) => set({ message })}
              hint={code}
            />
          </SpaceBetween>
        )}
      </SpaceBetween>
    ),
  }),
}
