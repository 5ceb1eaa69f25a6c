import type { ReactNode } from 'react'
import { Loaded } from '../components/loaded.tsx'
import { Page, type PageHead } from '../components/page.tsx'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import type { Now, Setting } from './setting.ts'
import { SettingContainer } from './setting-container.tsx'
import { useNow } from './use-now.ts'

/** A page of settings. */
export interface SettingsPageProps extends PageHead, PageProps {
  readonly settings: readonly Setting[]
  /** The page's address; a form's stands below. */
  readonly path: string
  readonly before?: (now: Now) => ReactNode
  readonly after?: (now: Now) => ReactNode
}

/** Groups of settings one below the other, each with its Edit button. */
export const SettingsPage = ({ settings, path, params, before, after, ...head }: SettingsPageProps) => {
  const load = useNow(params['poolId'] ?? '')
  return (
    <Page {...head} onReload={load.reload}>
      <Loaded load={load}>
        {(now) => (
          <>
            {before?.(now)}
            {settings.map((setting) => (
              <SettingContainer key={setting.id} setting={setting} now={now} href={hrefOf(`${path}/${setting.id}`, params)} />
            ))}
            {after?.(now)}
          </>
        )}
      </Loaded>
    </Page>
  )
}
