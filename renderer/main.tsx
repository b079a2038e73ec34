import '@fontsource-variable/hanken-grotesk/wght.css'
import '@fontsource-variable/hanken-grotesk/wght-italic.css'
import '@fontsource-variable/source-serif-4/opsz.css'
import '@fontsource-variable/source-serif-4/opsz-italic.css'
import './ui/base.css'
import './ui/tokens.css'
import '@mantine/core/styles.layer.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { Plein } from './documents/plein.ts'
import { storageTroubleOf } from './documents/storage-trouble.ts'
import { type DrawPageBody, PageBodyContext } from './documents/use-page-body.tsx'
import { PlatformProvider } from './documents/use-platform.tsx'
import { PleinProvider } from './documents/use-plein.tsx'
import { bringEditor, LatePageBody } from './editor/LatePageBody.tsx'
import { StartingScreen } from './features/welcome/StartingScreen.tsx'
import { TroubleScreen } from './features/welcome/TroubleScreen.tsx'
import { startTexts } from './i18n/i18n.ts'
import { openPlatform } from './platform/open-platform.ts'
import type { Platform } from './platform/platform.ts'
import { registerServiceWorker } from './platform/register-service-worker.ts'
import { installTrustedTypes } from './platform/trusted-types.ts'
import { router } from './routes.tsx'
import { ActionTrouble } from './ui/ActionTrouble.tsx'
import { applyDensity, readDensity } from './ui/density.ts'
import { Providers } from './ui/Providers.tsx'
import { ScreenCatch } from './ui/ScreenCatch.tsx'

declare global {
  interface ImportMetaEnv {
    /** Draws the screens on data in memory, without storage and without a server: `VITE_FAKE=1 vite`, scene in `?fake=offline`. */
    readonly VITE_FAKE?: string
  }
}

// Before anything draws: from here on every string meets the policy on its way into the page.
installTrustedTypes()

interface Opened {
  readonly platform: Platform
  readonly plein: Plein
  readonly drawPageBody: DrawPageBody
}

/** What is needed in any case is fetched while the texts are made and the first screen is drawn. */
function fetchEarly(): void {
  // A failure is told where the code is used.
  import('./documents/open-plein.ts').catch(() => undefined)
  if (location.hash.startsWith('#/page/')) bringEditor()
}

async function open(): Promise<Opened> {
  const platform = await openPlatform()
  if (import.meta.env.VITE_FAKE) return openFake(platform)
  if (platform.capabilities.needsServiceWorker) void registerServiceWorker()
  const { openPlein } = await import('./documents/open-plein.ts')
  return { platform, plein: await openPlein(platform), drawPageBody: (props) => <LatePageBody {...props} /> }
}

async function openFake(platform: Platform): Promise<Opened> {
  const { FakePlein, isFakeScene } = await import('./documents/fake-plein.ts')
  const { FakePageBody } = await import('./documents/FakePageBody.tsx')
  const scene = new URLSearchParams(location.search).get('fake')
  return {
    platform,
    plein: new FakePlein(isFakeScene(scene) ? scene : 'online'),
    drawPageBody: (props) => <FakePageBody {...props} />,
  }
}

function draw(root: Root, opened: Opened): void {
  root.render(
    <StrictMode>
      <Providers>
        <ScreenCatch>
          <PlatformProvider platform={opened.platform}>
            <PleinProvider plein={opened.plein}>
              <PageBodyContext value={opened.drawPageBody}>
                <RouterProvider router={router} />
                <ActionTrouble />
              </PageBodyContext>
            </PleinProvider>
          </PlatformProvider>
        </ScreenCatch>
      </Providers>
    </StrictMode>,
  )
}

async function start(): Promise<void> {
  const place = document.getElementById('root')
  if (place === null) throw new Error('index.html has no #root')
  applyDensity(readDensity())
  if (!import.meta.env.VITE_FAKE) fetchEarly()
  const root = createRoot(place)
  await startTexts()
  root.render(
    <Providers>
      <StartingScreen />
    </Providers>,
  )
  try {
    draw(root, await open())
  } catch (error) {
    // Whatever kept the storage from opening: say that nothing is lost, and keep the cause for a report.
    console.error(error)
    root.render(
      <Providers>
        <TroubleScreen reason={storageTroubleOf(error)} />
      </Providers>,
    )
  }
}

void start()
