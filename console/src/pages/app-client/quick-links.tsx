import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Link from '@cloudscape-design/components/link'
import type { UserPoolClientType } from '../../../../src/model/types.gen.ts'
import { secretOf } from '../../api/client-secret.ts'
import { loginUrl } from '../../api/login-url.ts'
import { postmanFiles } from '../../api/postman-files.ts'
import { knownBase } from '../../api/public-base.ts'
import { discoveryUrl, pagesOfPool } from '../../api/quick-links.ts'
import { saveFile } from '../../api/save-file.ts'
import { Copyable } from '../../components/copyable.tsx'
import { useAction } from '../../hooks/use-action.ts'
import { usePool } from '../../shell/pool.tsx'
import { useSession } from '../../shell/session-gate.tsx'

const aboutSecret = {
  none: '',
  told: ' It holds the client secret.',
  untold: ' Type the client secret into its variable client_secret: the server does not tell it.',
}

/** The ways from an app client to what uses it: its sign-in page, discovery, Postman. */
export const QuickLinks = ({ client }: { readonly client: UserPoolClientType }) => {
  const session = useSession()
  const pool = usePool()?.value
  const publicUrl = knownBase(session)
  const download = useAction(
    async () => {
      if (pool !== undefined) for (const file of await postmanFiles({ ...session, publicUrl }, pool, client)) saveFile(file)
    },
    {
      failed: 'The Postman collection could not be made',
      done: `Import both files into Postman and choose the environment.${aboutSecret[secretOf(client)]}`,
    },
  )
  if (pool === undefined) return null
  const page = loginUrl(pagesOfPool(publicUrl, pool), client)
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button iconName="download" loading={download.pending} onClick={() => void download.run()}>
              Download Postman collection
            </Button>
          }
        >
          Quick links
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: 'Login page',
            value:
              'fault' in page ? (
                `${page.fault} See Login pages, below.`
              ) : (
                <Link href={page.url} external externalIconAriaLabel="Opens in a new tab">
                  View login page
                </Link>
              ),
          },
          { label: 'OpenID Connect discovery', value: <Copyable text={discoveryUrl(publicUrl, pool)} what="Discovery URL" /> },
        ]}
      />
    </Container>
  )
}
