import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FileInput from '@cloudscape-design/components/file-input'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { parseUiCss } from '../../../src/domain/ui-css.ts'
import { uiCustomizationFault } from '../../../src/domain/ui-customization.ts'
import type { UICustomizationType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { imageAddress } from '../api/image-file.ts'
import { plural } from '../api/plural.ts'
import { publicBase } from '../api/public-base.ts'
import { ClientChoice } from '../components/client-choice.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { RestoredDraft } from '../components/restored-draft.tsx'
import { useAction } from '../hooks/use-action.ts'
import { useDraft } from '../hooks/use-draft.ts'
import { useLoad } from '../hooks/use-load.ts'
import { useLocation } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { setQuery } from '../router/set-query.ts'
import { classicClasses } from '../settings/classic-css.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { usePool } from '../shell/pool.tsx'
import { useSession } from '../shell/session-gate.tsx'

const help = {
  title: 'Hosted UI customization',
  body: (
    <p>
      A CSS file with a fixed list of classes, and a logo, for the classic pages: for all app clients of the user pool, or for one. Managed
      login shows none of it.
    </p>
  ),
}

interface Look {
  readonly css: string
  readonly logo: Uint8Array | undefined
  /** A logo that is there but can't be read from here, so that it would be lost. */
  readonly isLogoElsewhere: boolean
  readonly isInherited: boolean
  /** Another state of the look has another one. */
  readonly version: number
}

const loadLook = async (UserPoolId: string, ClientId: string, server: string, signal: AbortSignal): Promise<Look> => {
  const input = { UserPoolId, ...(ClientId !== '' && { ClientId }) }
  const { UICustomization: look = {} as UICustomizationType } = await call('GetUICustomization', input, signal)
  const isInherited = ClientId !== '' && look.ClientId === 'ALL'
  if (isInherited) return { css: '', logo: undefined, isLogoElsewhere: false, isInherited, version: 0 }
  const logo = look.ImageUrl === undefined ? undefined : await readLogo(server, look.ImageUrl, signal)
  return {
    css: look.CSS ?? '',
    logo,
    isLogoElsewhere: look.ImageUrl !== undefined && logo === undefined,
    isInherited,
    version: look.LastModifiedDate ?? 0,
  }
}

// A development server may be open under another name than its public one.
const readLogo = async (server: string, imageUrl: string, signal: AbortSignal): Promise<Uint8Array | undefined> => {
  const { pathname, search } = new URL(imageUrl)
  const url = `${server}${pathname.slice(pathname.indexOf('/assets/'))}${search}`
  const answer = await fetch(url, { signal, credentials: 'omit' }).catch((error: unknown) => {
    if (signal.aborted) throw error
    return undefined
  })
  return answer?.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
}

const template = classicClasses.map((selector) => `.${selector} {\n}\n`).join('')

const LookForm = ({
  poolId,
  clientId,
  look,
  onChanged,
}: {
  readonly poolId: string
  readonly clientId: string
  readonly look: Look
  readonly onChanged: () => void
}) => {
  const flashes = useFlashes()
  const draft = useDraft(`classic-${clientId}`, { css: look.css })
  const [file, setFile] = useState<File>()
  const [logo, setLogo] = useState<Uint8Array | undefined>(look.logo)
  const [isAsked, setIsAsked] = useState(false)
  const { css } = draft.values
  const cssFault = uiCustomizationFault(css, undefined)
  const logoFault = logo && uiCustomizationFault(undefined, logo)
  const isChanged = draft.isDirty || logo !== look.logo
  const target = { UserPoolId: poolId, ...(clientId !== '' && { ClientId: clientId }) }
  const save = useAction(
    async () => {
      await call('SetUICustomization', { ...target, ...(css !== '' && { CSS: css }), ...(logo !== undefined && { ImageFile: logo }) })
      draft.reset({ css })
      onChanged()
    },
    { failed: 'The customization was not saved', done: 'The customization was saved.' },
  )
  const parsed = parseUiCss(css)
  return (
    <SpaceBetween size="l">
      <RestoredDraft draft={draft} />
      {look.isInherited && <Alert type="info">The app client has the look of all app clients until it gets its own.</Alert>}
      {look.isLogoElsewhere && (
        <Alert type="warning">CSS and logo are saved together, and the logo can't be read from here: choose it again, or it is lost.</Alert>
      )}
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setIsAsked(true)}>Reset to default</Button>
                <Button
                  variant="primary"
                  loading={save.pending}
                  disabled={!isChanged || cssFault !== undefined || logoFault !== undefined}
                  onClick={() => void save.run()}
                >
                  Save changes
                </Button>
              </SpaceBetween>
            }
          >
            Customization
          </Header>
        }
      >
        <SpaceBetween size="l">
          <FormField label="Logo" constraintText="PNG or JPEG, at most 100 KB." errorText={logoFault}>
            <SpaceBetween size="xs">
              {logo && <img className="style-image" src={imageAddress(logo)} alt="Logo" />}
              <SpaceBetween direction="horizontal" size="xs">
                <FileInput
                  value={file ? [file] : []}
                  accept="image/png,image/jpeg"
                  onChange={({ detail }) => {
                    const [chosen] = detail.value
                    setFile(chosen)
                    void chosen?.arrayBuffer().then((bytes) => setLogo(new Uint8Array(bytes)))
                  }}
                >
                  Choose logo
                </FileInput>
                {logo && <Button onClick={() => setLogo(undefined)}>Remove logo</Button>}
              </SpaceBetween>
            </SpaceBetween>
          </FormField>
          <FormField
            label="CSS"
            stretch
            errorText={cssFault}
            constraintText={'rules' in parsed ? `${plural(parsed.rules.length, 'rule')}. They are checked as you type.` : undefined}
            secondaryControl={
              <Button disabled={css !== ''} onClick={() => draft.set({ css: template })}>
                Insert all classes
              </Button>
            }
          >
            <Textarea value={css} onChange={({ detail }) => draft.set({ css: detail.value })} rows={20} spellcheck={false} />
          </FormField>
          <ExpandableSection headerText="Allowed classes">
            <Box variant="code">{classicClasses.map((name) => `.${name}`).join(', ')}</Box>
          </ExpandableSection>
        </SpaceBetween>
      </Container>
      {isAsked && (
        <ConfirmDialog
          title="Reset to default?"
          verb="Reset"
          onConfirm={() => call('SetUICustomization', target)}
          onClose={(done) => {
            setIsAsked(false)
            if (!done) return
            draft.reset({ css: '' })
            flashes.say('The customization was taken away.')
            onChanged()
          }}
        >
          CSS and logo are lost.
        </ConfirmDialog>
      )}
    </SpaceBetween>
  )
}

/** CSS and logo of the classic pages, for all app clients or, with `?client=`, for one. */
export const ClassicBrandingPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const clientId = useLocation().searchParams.get('client') ?? ''
  const server = publicBase(useSession())
  const pool = usePool()?.value
  const load = useLoad((signal) => loadLook(poolId, clientId, server, signal), `classic ${poolId} ${clientId}`)
  const hasDomain = pool?.Domain !== undefined || pool?.CustomDomain !== undefined
  return (
    <Page title="Hosted UI customization" description="CSS and logo of the classic hosted UI." help={help} onReload={load.reload}>
      {pool !== undefined && !hasDomain && (
        <Alert type="warning">The user pool has no domain. The API takes a customization once it has one.</Alert>
      )}
      <ClientChoice poolId={poolId} value={clientId} onChange={(client) => setQuery({ client })} all="All app clients" />
      <Loaded load={load}>
        {(look) => (
          <LookForm
            key={`${clientId} ${look.version} ${look.isInherited}`}
            poolId={poolId}
            clientId={clientId}
            look={look}
            onChanged={load.reload}
          />
        )}
      </Loaded>
    </Page>
  )
}
