import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Grid from '@cloudscape-design/components/grid'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { assetPlaces, type StyleSettings } from '../../../src/domain/login-branding.ts'
import { mergedSettings } from '../../../src/domain/login-branding-rules.ts'
import { managedSheet } from '../../../src/domain/managed-sheet.ts'
import type { ManagedLoginBrandingType, UserPoolClientType } from '../../../src/model/types.gen.ts'
import { ApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { basePath } from '../api/console-url.ts'
import { loginUrl } from '../api/login-url.ts'
import { plural } from '../api/plural.ts'
import { knownBase, publicBase } from '../api/public-base.ts'
import { pagesOfPool } from '../api/quick-links.ts'
import { rebased } from '../api/rebased.ts'
import { replaceStyle } from '../api/replace-style.ts'
import { styleNow } from '../api/style-now.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { RestoredDraft } from '../components/restored-draft.tsx'
import { useAction } from '../hooks/use-action.ts'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import { useLoad } from '../hooks/use-load.ts'
import type { PageProps } from '../router/page-props.ts'
import { onlyAdds, parseStyle, styleText, withSetting } from '../settings/style-values.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { usePool } from '../shell/pool.tsx'
import { useSession } from '../shell/session-gate.tsx'
import { InterruptedStyle } from './style/interrupted-style.tsx'
import { PagePreview } from './style/page-preview.tsx'
import { type StyleDraft, StyleEditor } from './style/style-editor.tsx'
import { StyleImages } from './style/style-images.tsx'

const help = {
  title: 'Style of managed login',
  body: (
    <p>
      How the sign-in pages of one app client look: colours for light and dark mode, corners, places and images. Only managed login shows
      it; the classic hosted UI has its own customization.
    </p>
  ),
}

interface Styled {
  readonly client: UserPoolClientType
  /** Undefined where the client has no style. */
  readonly style: ManagedLoginBrandingType | undefined
}

const loadStyled = async (UserPoolId: string, ClientId: string, signal: AbortSignal): Promise<Styled> => {
  const [client, style] = await Promise.all([
    call('DescribeUserPoolClient', { UserPoolId, ClientId }, signal),
    call('DescribeManagedLoginBrandingByClient', { UserPoolId, ClientId }, signal).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'ResourceNotFoundException') return undefined
      throw error
    }),
  ])
  return { client: client.UserPoolClient ?? {}, style: style?.ManagedLoginBranding }
}

const Preview = ({
  client,
  style,
  draft,
}: {
  readonly client: UserPoolClientType
  readonly style: ManagedLoginBrandingType
  readonly draft: Draft<StyleDraft>
}) => {
  const session = useSession()
  const [mode, setMode] = useState<'light' | 'dark'>('light')
  // The pages of a server in production are on another listener than its console.
  const isHere = session.mode === 'dev'
  const root = basePath.replace(/\/console\/$/, '')
  const found = loginUrl(publicBase(session), client)
  const parsed = parseStyle(draft.values.text)
  const settings = 'settings' in parsed ? parsed.settings : (style.Settings as StyleSettings | undefined)
  const sheet = managedSheet(
    client.ClientId ?? '',
    {
      poolUid: '',
      clientUid: '',
      version: 0,
      UserPoolId: style.UserPoolId ?? '',
      ManagedLoginBrandingId: style.ManagedLoginBrandingId ?? '',
      UseCognitoProvidedValues: false,
      Settings: withSetting(settings ?? {}, 'categories.global.colorSchemeMode', mode.toUpperCase()),
      CreationDate: 0,
      LastModifiedDate: 0,
      images: assetPlaces(style.Assets ?? []),
    },
    root,
  )
  const pool = usePool()?.value
  const shown = pool && loginUrl(pagesOfPool(knownBase(session), pool), client)
  const openPage = shown !== undefined && 'url' in shown && (
    <Button href={shown.url} target="_blank" iconName="external" iconAlign="right">
      View login page
    </Button>
  )
  return (
    <Container
      header={
        <Header variant="h2" actions={openPage}>
          Preview
        </Header>
      }
    >
      <SpaceBetween size="s">
        <SegmentedControl
          label="Colour mode of the preview"
          selectedId={mode}
          onChange={({ detail }) => setMode(detail.selectedId === 'dark' ? 'dark' : 'light')}
          options={[
            { id: 'light', text: 'Light' },
            { id: 'dark', text: 'Dark' },
          ]}
        />
        {'fault' in found ? (
          <Alert type="info">{found.fault}</Alert>
        ) : isHere ? (
          <PagePreview url={found.url} version={String(style.LastModifiedDate)} look={{ mode, sheet }} />
        ) : (
          <Alert type="info">Save, then view the login page in a new tab: it is on another address than the console.</Alert>
        )}
      </SpaceBetween>
    </Container>
  )
}

const Style = ({
  client,
  style,
  onChanged,
}: {
  readonly client: UserPoolClientType
  readonly style: ManagedLoginBrandingType
  readonly onChanged: () => void
}) => {
  const { UserPoolId, ManagedLoginBrandingId } = style
  const flashes = useFlashes()
  const [asked, setAsked] = useState<'reset' | 'delete'>()
  const draft = useDraft<StyleDraft>(`style-${ManagedLoginBrandingId}`, { text: styleText(style.Settings) })
  const save = useAction(
    async () => {
      const parsed = parseStyle(draft.values.text)
      if ('fault' in parsed) return
      const began = parseStyle(draft.start.text)
      const now = await styleNow(style)
      const old = (now.Settings ?? {}) as StyleSettings
      const settings = rebased({ start: 'settings' in began ? began.settings : {}, values: parsed.settings }, old)
      if (onlyAdds(old, settings)) {
        await call('UpdateManagedLoginBranding', { UserPoolId, ManagedLoginBrandingId, Settings: settings })
      } else await replaceStyle(now, { settings, assets: now.Assets })
      draft.reset({ text: styleText(settings) })
      onChanged()
    },
    { failed: 'The style was not saved', done: 'The style was saved.' },
  )
  const work = {
    reset: () => call('UpdateManagedLoginBranding', { UserPoolId, ManagedLoginBrandingId, UseCognitoProvidedValues: true }),
    delete: () =>
      call('DeleteManagedLoginBranding', { UserPoolId: UserPoolId ?? '', ManagedLoginBrandingId: ManagedLoginBrandingId ?? '' }),
  }
  return (
    <SpaceBetween size="l">
      <RestoredDraft draft={draft} />
      <InterruptedStyle
        style={style}
        onRestored={(settings) => {
          draft.reset({ text: styleText(settings) })
          onChanged()
        }}
      />
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setAsked('delete')}>Delete style</Button>
                <Button onClick={() => setAsked('reset')}>Reset to default</Button>
              </SpaceBetween>
            }
          >
            Style
          </Header>
        }
      >
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Style ID', value: <Copyable text={ManagedLoginBrandingId} what="Style ID" /> },
            { label: 'Settings', value: style.UseCognitoProvidedValues ? 'The server’s own' : 'Your own' },
            { label: 'Created', value: <Moment at={style.CreationDate} /> },
            { label: 'Last changed', value: <Moment at={style.LastModifiedDate} /> },
          ]}
        />
      </Container>
      <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
        <SpaceBetween size="l">
          <StyleEditor draft={draft} pending={save.pending} onSave={() => void save.run()} />
          <StyleImages
            style={style}
            onChanged={(switchedOn) => {
              if (switchedOn === undefined) return onChanged()
              // An upload switches things on, so what is edited has to be what is there.
              draft.amend((before) => {
                const parsed = parseStyle(before.text)
                return 'settings' in parsed ? { text: styleText(mergedSettings(parsed.settings, switchedOn)) } : before
              })
              onChanged()
            }}
          />
        </SpaceBetween>
        <Preview client={client} style={style} draft={draft} />
      </Grid>
      {asked && (
        <ConfirmDialog
          title={asked === 'reset' ? 'Reset to default?' : 'Delete the style?'}
          verb={asked === 'reset' ? 'Reset' : 'Delete'}
          onConfirm={work[asked]}
          onClose={(done) => {
            setAsked(undefined)
            if (!done) return
            draft.reset({ text: styleText(undefined) })
            flashes.say(asked === 'reset' ? 'The style is the default one again.' : 'The style was deleted.')
            onChanged()
          }}
        >
          All settings and {plural(style.Assets?.length ?? 0, 'image')} of the style are lost.
        </ConfirmDialog>
      )}
    </SpaceBetween>
  )
}

const NoStyle = ({ client, onChanged }: { readonly client: UserPoolClientType; readonly onChanged: () => void }) => {
  const { UserPoolId = '', ClientId = '' } = client
  const create = useAction(
    async () => {
      await call('CreateManagedLoginBranding', { UserPoolId, ClientId, UseCognitoProvidedValues: true })
      onChanged()
    },
    { failed: 'The style was not created', done: 'The style was created.' },
  )
  return (
    <Container header={<Header variant="h2">Style</Header>}>
      <Box textAlign="center">
        <SpaceBetween size="xs">
          <b>No style</b>
          <Box variant="p">The app client's pages have the server's own look, and follow the browser's colour mode.</Box>
          <Button variant="primary" loading={create.pending} onClick={() => void create.run()}>
            Create style
          </Button>
        </SpaceBetween>
      </Box>
    </Container>
  )
}

/** How the sign-in pages of an app client look, with a preview. */
export const ManagedLoginStylePage = ({ params }: PageProps) => {
  const { poolId = '', clientId = '' } = params
  const load = useLoad((signal) => loadStyled(poolId, clientId, signal), `style ${poolId} ${clientId}`)
  return (
    <Page
      title={load.value?.client.ClientName ?? clientId}
      description="Managed login branding of an app client."
      help={help}
      onReload={load.reload}
    >
      <Loaded load={load}>
        {({ client, style }) =>
          style === undefined ? (
            <NoStyle client={client} onChanged={load.reload} />
          ) : (
            <Style key={style.ManagedLoginBrandingId} client={client} style={style} onChanged={load.reload} />
          )
        }
      </Loaded>
    </Page>
  )
}
