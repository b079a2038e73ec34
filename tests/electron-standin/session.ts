import { strict } from './strict.ts'

type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0]
type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
type DeviceCheck = Parameters<Electron.Session['setDevicePermissionHandler']>[0]
type SchemeHandler = Parameters<Electron.Protocol['handle']>[1]

type Double = Pick<
  Electron.Session,
  'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler'
>

/** The one session. Permissions are kept but not asked: headless Chromium decides by itself, so they are tested as pure policy only. */
export class SessionDouble implements Double {
  readonly privileged = new Set<string>()
  readonly schemes = new Set<string>()
  readonly #handlers = new Map<string, SchemeHandler>()
  permissionCheck: PermissionCheck = null
  permissionRequest: PermissionRequest = null
  deviceCheck: DeviceCheck = null

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.permissionCheck = handler
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.permissionRequest = handler
  }

  setDevicePermissionHandler(handler: DeviceCheck): void {
    this.deviceCheck = handler
  }

  handleScheme(scheme: string, handler: SchemeHandler): void {
    if (!this.privileged.has(scheme)) throw new Error(`stand-in: ${scheme} was not registered as standard and secure`)
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    this.#handlers.set(scheme, handler)
    this.schemes.add(scheme)
  }

  serve(request: Request): Promise<Response> | undefined {
    const handler = this.#handlers.get(new URL(request.url).protocol.slice(0, -1))
    return handler === undefined ? undefined : Promise.resolve(handler(request))
  }
}

export const defaultSession = new SessionDouble()

/** `isReady` comes from the app, which itself needs the session. */
export function makeProtocol(
  isReady: () => boolean,
): Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'> {
  return strict('protocol', {
    registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
      if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
      for (const { scheme, privileges } of schemes) {
        if (privileges?.standard !== true || privileges.secure !== true)
          throw new Error(`stand-in: ${scheme} must be standard and secure`)
        if (privileges.bypassCSP === true || privileges.allowServiceWorkers === true)
          throw new Error(`stand-in refuses these privileges for ${scheme}`)
        defaultSession.privileged.add(scheme)
      }
    },
    handle(scheme: string, handler: SchemeHandler) {
      if (!isReady()) throw new Error('stand-in: protocol.handle is called after the app is ready')
      defaultSession.handleScheme(scheme, handler)
    },
  })
}

export function makeSession(isReady: () => boolean): Pick<typeof Electron.Session, 'defaultSession'> {
  return {
    get defaultSession() {
      if (!isReady()) throw new Error('Session can only be received when app is ready')
      return strict('session', defaultSession) as unknown as Electron.Session
    },
  }
}
