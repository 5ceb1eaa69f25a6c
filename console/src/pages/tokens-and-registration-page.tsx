import type { PageProps } from '../router/page-props.ts'
import { authenticationLevels } from '../settings/authentication-levels.tsx'
import { clientRegistration } from '../settings/client-registration.tsx'
import { EditSetting } from '../settings/edit-setting.tsx'
import { encryptionKey } from '../settings/encryption-key.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'
import { tokenIssuer } from '../settings/token-issuer.tsx'

const path = 'user-pools/:poolId/tokens-and-registration'
const settings = [tokenIssuer, authenticationLevels, clientRegistration, encryptionKey]

const help = {
  title: 'Tokens and registration',
  body: (
    <p>
      What tokens say of their issuer and of how strongly a user signed in, and whether applications make app clients of their own. Names of
      levels and registration need the Essentials plan.
    </p>
  ),
}

/** Issuer, authentication levels, dynamic client registration and key of a pool. */
export const TokensAndRegistrationPage = ({ params }: PageProps) => (
  <SettingsPage title="Tokens and registration" help={help} params={params} settings={settings} path={path} />
)

/** The form of one of them. */
export const EditTokensAndRegistrationPage = ({ params }: PageProps) => <EditSetting params={params} settings={settings} path={path} />
