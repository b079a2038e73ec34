import { useEffect, useRef } from 'react'
import classes from './FakePageBody.module.css'
import type { PageBodyProps } from './use-page-body.tsx'

/** Stands in for the editor while screens are developed on the fake. */
export function FakePageBody({ comments: board }: PageBodyProps) {
  const marked = useRef<HTMLElement>(null)
  // All threads of the fake stand at the one place that is marked.
  useEffect(() => {
    const tell = () => {
      const top = marked.current?.offsetTop ?? 0
      board.places.set(new Map(board.threads.snapshot().map(({ key }) => [key, top])))
    }
    tell()
    return board.threads.subscribe(tell)
  }, [board])
  return (
    <div className={classes['body']} lang="nl">
      <p>
        Van november tot april kijkt de coördinator elke dag om 15.00 uur naar de wegdektemperatuur. Wordt het nul
        graden of kouder, dan beslissen we vóór 16.00 uur of de ploegen uitrijden.{' '}
        <mark ref={marked} className={classes['mark']}>
          De brug bij de Lage Zijde gaat altijd eerst
        </mark>
        , ook in het weekend.
      </p>
      <h2>Routes en ploegen</h2>
      <p>Rijdt een route niet? Meld het direct bij de coördinator van dienst.</p>
      <h2>Als het toch misgaat</h2>
      <p>
        Bel eerst de coördinator van dienst, daarna de wijkbeheerder. De balie krijgt binnen een kwartier een korte
        tekst voor bewoners.
      </p>
    </div>
  )
}
