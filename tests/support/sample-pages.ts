import { plainLook } from '../../src/domain/look.ts'
import { checkbox } from '../../src/pages/components/checkbox.ts'
import { choiceList } from '../../src/pages/components/choice-list.ts'
import { codeField } from '../../src/pages/components/code-field.ts'
import { divider } from '../../src/pages/components/divider.ts'
import { form } from '../../src/pages/components/form.ts'
import { link } from '../../src/pages/components/link.ts'
import { linkButton } from '../../src/pages/components/link-button.ts'
import { otherWays } from '../../src/pages/components/other-ways.ts'
import { primaryButton } from '../../src/pages/components/primary-button.ts'
import { secondaryButton } from '../../src/pages/components/secondary-button.ts'
import { text, value } from '../../src/pages/components/text.ts'
import { html } from '../../src/pages/html.ts'
import { type PageParts, pageLayout } from '../../src/pages/layout.ts'
import { fill, fillHtml } from '../../src/pages/strings/fill.ts'
import { type Strings, stringsFor } from '../../src/pages/strings/strings.ts'

type Sample = (strings: Strings) => Partial<PageParts> & Pick<PageParts, 'heading' | 'body'>

const account = 'ana.martins@example.com'
const token = { _csrf: 'f0a1b2c3d4e5f60718293a4b5c6d7e8f', step: 'k1.'.padEnd(600, 'Q0FGRUJBQkU') }

const samples = {
  code: (strings) => ({
    heading: strings.mfa.emailTitle,
    alert: { kind: 'success', text: strings.code.resent },
    body: html`${form({
      action: '/login',
      hidden: token,
      body: [
        text(fillHtml(strings.code.sentByEmail, { destination: value('a***@e***.com') })),
        codeField({ label: strings.code.label, autofocus: true }),
        checkbox({ name: 'remember', label: strings.mfa.rememberDevice }),
        primaryButton({ text: strings.mfa.submit }),
      ],
    })}${otherWays([
      form({ action: '/resendcode', hidden: token, body: linkButton({ text: strings.code.resend }) }),
      link({ text: strings.common.backToSignIn, href: '/login' }),
    ])}`,
  }),
  'mfa-radios': (strings) => ({
    heading: strings.mfa.selectTitle,
    body: form({
      action: '/login',
      hidden: token,
      body: [
        choiceList({
          name: 'factor',
          legend: strings.mfa.selectTitle,
          as: 'radios',
          choices: [
            { value: 'SMS_MFA', title: strings.mfa.sms, text: fill(strings.mfa.smsText, { destination: '+*******4567' }) },
            { value: 'SOFTWARE_TOKEN_MFA', title: strings.mfa.totp, text: strings.mfa.totpChoiceText },
          ],
        }),
        primaryButton({ text: strings.common.continue }),
      ],
    }),
  }),
  'select-account': (strings) => ({
    heading: strings.selectAccount.title,
    body: form({
      action: '/login',
      hidden: token,
      body: [
        text(strings.selectAccount.text),
        primaryButton({ text: fill(strings.selectAccount.continueAs, { account }) }),
        divider(strings.common.or),
        secondaryButton({ text: strings.selectAccount.other, href: '/login' }),
      ],
    }),
  }),
} satisfies Record<string, Sample>

/** The names of pages that show the components which no page of ours has yet. */
export const sampleNames = Object.keys(samples) as (keyof typeof samples)[]

/** A page with every part in its usual place, as a person gets it. */
export const samplePage = (name: keyof typeof samples): string => {
  const strings = stringsFor('en')
  const sample = (samples[name] as Sample)(strings)
  return pageLayout({
    root: '',
    languages: { action: '/login', hidden: { client_id: 'abc' } },
    language: 'en',
    strings,
    look: plainLook(2),
    ...sample,
  })
}
