import { plainLook } from '../../src/domain/look.ts'
import { accountLine } from '../../src/pages/components/account-line.ts'
import { checkbox } from '../../src/pages/components/checkbox.ts'
import { choiceList } from '../../src/pages/components/choice-list.ts'
import { codeField } from '../../src/pages/components/code-field.ts'
import { divider } from '../../src/pages/components/divider.ts'
import { field } from '../../src/pages/components/field.ts'
import { form } from '../../src/pages/components/form.ts'
import { link } from '../../src/pages/components/link.ts'
import { linkButton } from '../../src/pages/components/link-button.ts'
import { otherWays } from '../../src/pages/components/other-ways.ts'
import { passkeyForm } from '../../src/pages/components/passkey-form.ts'
import { passwordField } from '../../src/pages/components/password-field.ts'
import { primaryButton } from '../../src/pages/components/primary-button.ts'
import { qrCode } from '../../src/pages/components/qr-code.ts'
import { secondaryButton } from '../../src/pages/components/secondary-button.ts'
import { secret } from '../../src/pages/components/secret.ts'
import { legalText, text, value } from '../../src/pages/components/text.ts'
import { html } from '../../src/pages/html.ts'
import { type PageParts, pageLayout } from '../../src/pages/layout.ts'
import { passwordRules } from '../../src/pages/password-rules.ts'
import { fill, fillHtml } from '../../src/pages/strings/fill.ts'
import type { Language } from '../../src/pages/strings/languages.ts'
import { type Strings, stringsFor } from '../../src/pages/strings/strings.ts'

type Sample = (strings: Strings) => Partial<PageParts> & Pick<PageParts, 'heading' | 'body'>

const account = 'ana.martins@example.com'
const token = { _csrf: 'f0a1b2c3d4e5f60718293a4b5c6d7e8f', step: 'k1.'.padEnd(600, 'Q0FGRUJBQkU') }

const samples = {
  'sign-in-classic': ({ signIn }) => ({
    look: plainLook(1),
    heading: signIn.title,
    body: html`${form({
      action: '/login',
      hidden: token,
      body: [
        field({
          name: 'username',
          label: signIn.username,
          autocomplete: 'username',
          required: true,
          enterkeyhint: 'next',
          autofocus: true,
        }),
        passwordField({ label: signIn.password, strings: stringsFor('en'), enterkeyhint: 'go' }),
        link({ text: signIn.forgotPassword, href: '/forgotPassword' }),
        primaryButton({ text: signIn.submit }),
      ],
    })}${otherWays([html`${signIn.noAccount} ${link({ text: signIn.createAccount, href: '/signup' })}`])}`,
  }),
  'sign-in-identifier': ({ signIn }) => ({
    heading: signIn.title,
    body: html`${form({
      action: '/login',
      hidden: token,
      body: [
        field({
          name: 'username',
          type: 'email',
          label: signIn.email,
          autocomplete: 'username',
          required: true,
          enterkeyhint: 'next',
          autofocus: true,
        }),
        primaryButton({ text: signIn.next }),
      ],
    })}${otherWays([html`${signIn.noAccount} ${link({ text: signIn.createAccount, href: '/signup' })}`])}`,
  }),
  password: (strings) => ({
    heading: strings.signIn.enterPassword,
    alert: { kind: 'error', fields: [{ name: 'password', text: strings.errors.wrongPassword }] },
    body: html`${form({
      action: '/login',
      hidden: token,
      body: [
        accountLine({ account, otherHref: '/login', strings }),
        passwordField({
          label: strings.signIn.password,
          strings,
          error: strings.errors.wrongPassword,
          autofocus: true,
          enterkeyhint: 'go',
        }),
        primaryButton({ text: strings.signIn.submit }),
      ],
    })}${otherWays([
      link({ text: strings.signIn.forgotPassword, href: '/forgotPassword' }),
      form({ action: '/login', hidden: token, body: linkButton({ text: strings.choice.otherWay }) }),
    ])}`,
  }),
  'sign-up': (strings) => ({
    heading: strings.signUp.title,
    body: html`${form({
      action: '/signup',
      hidden: token,
      body: [
        field({
          name: 'requiredAttributes[email]',
          type: 'email',
          label: strings.attributes.email,
          autocomplete: 'email',
          required: true,
          value: 'ana.martins@example',
          error: strings.errors.invalidEmail,
        }),
        field({ name: 'name', label: strings.attributes.name, autocomplete: 'name', optional: strings.common.optional }),
        field({ name: 'phone', type: 'tel', label: strings.attributes.phone_number, hint: strings.signIn.phoneHint, autocomplete: 'tel' }),
        passwordField({ label: strings.signUp.password, strings, isNew: true, rules: passwordRules(undefined, strings) }),
        primaryButton({ text: strings.signUp.submit }),
        legalText(
          fillHtml(strings.signUp.agreeToTerms, {
            terms: link({ text: strings.signUp.termsOfUse, href: 'https://example.com/terms', away: true }),
            privacy: link({ text: strings.signUp.privacyPolicy, href: 'https://example.com/privacy', away: true }),
          }),
        ),
      ],
    })}${otherWays([html`${strings.signUp.haveAccount} ${link({ text: strings.signUp.signIn, href: '/login' })}`])}`,
  }),
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
  'totp-set-up': (strings) => ({
    heading: strings.mfaSetUp.totpTitle,
    body: form({
      action: '/login',
      hidden: token,
      body: [
        text(strings.mfaSetUp.totpScan),
        qrCode({
          text: 'otpauth://totp/Poolhouse:ana.martins%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSW&issuer=Poolhouse',
          label: strings.mfaSetUp.totpQrCode,
        }),
        text(html`${strings.mfaSetUp.totpCannotScan} ${strings.mfaSetUp.totpEnterKey}`),
        secret({ label: strings.mfaSetUp.totpKey, value: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSW', strings }),
        codeField({ label: strings.mfaSetUp.totpCode }),
        primaryButton({ text: strings.mfaSetUp.submit }),
      ],
    }),
  }),
  choice: (strings) => ({
    heading: strings.choice.title,
    body: html`${form({
      action: '/login',
      hidden: token,
      body: [
        accountLine({ account, strings }),
        choiceList({
          name: 'choice',
          legend: strings.choice.title,
          choices: [
            { value: 'WEB_AUTHN', title: strings.choice.passkey, text: strings.choice.passkeyText },
            { value: 'PASSWORD', title: strings.choice.password, text: strings.choice.passwordText },
            { value: 'EMAIL_OTP', title: strings.choice.email, text: fill(strings.choice.emailText, { destination: 'a***@e***.com' }) },
          ],
        }),
      ],
    })}${otherWays([link({ text: strings.common.notYou, href: '/login' })])}`,
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
  passkey: (strings) => ({
    heading: strings.passkey.addTitle,
    body: html`${passkeyForm({
      action: '/passkeys/add',
      hidden: token,
      mode: 'create',
      options: { challenge: 'AAAA', user: { id: 'AAAA', name: account, displayName: account } },
      text: strings.passkey.add,
      strings,
      body: text(strings.passkey.addText),
    })}${otherWays([link({ text: strings.common.skip, href: '/login' })])}`,
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
  'signed-out': ({ signedOut }) => ({
    heading: signedOut.title,
    body: html`${text(signedOut.text)}${otherWays([link({ text: signedOut.signInAgain, href: '/login' })])}`,
  }),
  error: (strings) => ({
    heading: strings.error.title,
    body: text(strings.error.redirectMismatch),
    footer: fill(strings.error.details, { details: 'redirect_mismatch' }),
  }),
} satisfies Record<string, Sample>

/** The names of the pages that show every component at least once. */
export const sampleNames = Object.keys(samples) as (keyof typeof samples)[]

/** A page with every part in its usual place, as a person gets it. */
export const samplePage = (
  name: keyof typeof samples,
  language: Language = 'en',
  mode: 'light' | 'dark' | 'dynamic' = 'dynamic',
): string => {
  const strings = stringsFor(language)
  const { look = plainLook(2), ...sample } = (samples[name] as Sample)(strings)
  return pageLayout({
    root: '',
    languages: { action: '/login', hidden: { client_id: 'abc' } },
    language,
    strings,
    ...sample,
    look: { ...look, mode },
  })
}
