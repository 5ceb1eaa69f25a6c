import type { PageProps } from '../router/page-props.ts'
import { EditSetting } from '../settings/edit-setting.tsx'
import { emailDelivery } from '../settings/email-delivery.tsx'
import { passkeys } from '../settings/passkeys.tsx'
import { passwordPolicy } from '../settings/password-policy.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'
import { smsDelivery } from '../settings/sms-delivery.tsx'

const path = 'user-pools/:poolId/authentication-methods'
const settings = [emailDelivery, smsDelivery, passkeys, passwordPolicy]

const help = {
  title: 'Authentication methods',
  body: <p>What users prove themselves with: codes by email and SMS, passkeys and passwords.</p>,
}

/** What users of a pool prove themselves with. */
export const AuthenticationMethodsPage = ({ params }: PageProps) => (
  <SettingsPage title="Authentication methods" help={help} params={params} settings={settings} path={path} />
)

/** The form of one of its settings. */
export const EditAuthenticationMethodPage = ({ params }: PageProps) => <EditSetting params={params} settings={settings} path={path} />
