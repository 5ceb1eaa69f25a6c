import type { PageProps } from '../router/page-props.ts'
import { EditSetting } from '../settings/edit-setting.tsx'
import { invitation, mfaMessages, verificationMessages } from '../settings/messages.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'

const path = 'user-pools/:poolId/message-templates'
const settings = [verificationMessages, invitation, mfaMessages]

const help = {
  title: 'Message templates',
  body: (
    <p>
      The texts of the messages that users get. {'{####}'} becomes the code or the temporary password, {'{username}'} the user name. A
      custom message trigger replaces them.
    </p>
  ),
}

/** The messages of a pool. */
export const MessageTemplatesPage = ({ params }: PageProps) => (
  <SettingsPage title="Message templates" help={help} params={params} settings={settings} path={path} />
)

/** The form of one of them. */
export const EditMessageTemplatePage = ({ params }: PageProps) => <EditSetting params={params} settings={settings} path={path} />
