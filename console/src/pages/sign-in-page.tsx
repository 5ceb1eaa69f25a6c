import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { TextList } from '../components/text-list.tsx'
import type { PageProps } from '../router/page-props.ts'
import { accountRecovery } from '../settings/account-recovery.tsx'
import { choiceSignIn } from '../settings/choice-sign-in.tsx'
import { deviceTracking } from '../settings/device-tracking.tsx'
import { EditSetting } from '../settings/edit-setting.tsx'
import { multiFactor } from '../settings/multi-factor.tsx'
import type { Now } from '../settings/setting.ts'
import { SettingsPage } from '../settings/settings-page.tsx'
import { signInNames } from '../settings/sign-in-names.ts'

const path = 'user-pools/:poolId/sign-in'
const settings = [choiceSignIn, multiFactor, accountRecovery, deviceTracking]

const help = {
  title: 'Sign-in',
  body: <p>How users name themselves, what they begin a sign-in with, and what they are asked for after it.</p>,
}

const Identifiers = ({ pool }: Now) => (
  <Container header={<Header variant="h2">User pool sign-in options</Header>}>
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'Sign-in options', value: <TextList texts={signInNames(pool)} /> },
        {
          label: 'User name case sensitivity',
          value: pool.UsernameConfiguration?.CaseSensitive === false ? 'Not case sensitive' : 'Case sensitive',
        },
        { label: 'Changes', value: 'A pool keeps these for ever.' },
      ]}
    />
  </Container>
)

/** How users of a pool sign in. */
export const SignInPage = ({ params }: PageProps) => (
  <SettingsPage title="Sign-in" help={help} params={params} settings={settings} path={path} before={(now) => <Identifiers {...now} />} />
)

/** The form of one of its settings. */
export const EditSignInPage = ({ params }: PageProps) => <EditSetting params={params} settings={settings} path={path} />
