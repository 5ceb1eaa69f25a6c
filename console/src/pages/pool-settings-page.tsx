import type { PageProps } from '../router/page-props.ts'
import { EditSetting } from '../settings/edit-setting.tsx'
import { deletionProtection, featurePlan, poolName } from '../settings/pool-general.tsx'
import { poolTags } from '../settings/pool-tags.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'

const path = 'user-pools/:poolId/settings'
const settings = [poolName, featurePlan, deletionProtection, poolTags]

const help = {
  title: 'Settings',
  body: <p>What a user pool is called, which features it may use, and whether it can be deleted.</p>,
}

/** Name, plan, protection and tags of a pool. */
export const PoolSettingsPage = ({ params }: PageProps) => (
  <SettingsPage title="Settings" help={help} params={params} settings={settings} path={path} />
)

/** The form of one of them. */
export const EditPoolSettingPage = ({ params }: PageProps) => <EditSetting params={params} settings={settings} path={path} />
