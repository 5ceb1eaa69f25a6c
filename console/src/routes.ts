import { applicationsRoutes } from './routes/applications.ts'
import { authenticationRoutes } from './routes/authentication.ts'
import { brandingRoutes } from './routes/branding.ts'
import { consoleRoutes } from './routes/console.ts'
import type { Route } from './routes/route.ts'
import { securityRoutes } from './routes/security.ts'
import { toolsRoutes } from './routes/tools.ts'
import { userManagementRoutes } from './routes/user-management.ts'
import { userPoolRoutes } from './routes/user-pool.ts'

/** Every page. A path's breadcrumbs are the routes of its beginnings; the side navigation lists them in this order. */
export const routes: readonly Route[] = [
  ...consoleRoutes,
  ...userPoolRoutes,
  ...applicationsRoutes,
  ...userManagementRoutes,
  ...authenticationRoutes,
  ...securityRoutes,
  ...brandingRoutes,
  ...toolsRoutes,
]
