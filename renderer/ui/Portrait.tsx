import { hairShapes } from './portrait-hair.ts'
import type { Portrait as Drawn } from './portraits.ts'

const beard =
  'M19.7 30C19.6 40.5 25 46 32 46C39 46 44.4 40.5 44.3 30C42.8 35 39.5 36.6 36.5 35.8Q32 34.4 27.5 35.8C24.5 36.6 21.2 35 19.7 30Z'
const stubble =
  'M19.7 30C19.6 40.5 25 44 32 44C39 44 44.4 40.5 44.3 30C42.8 35 39.5 36.6 36.5 35.8Q32 34.4 27.5 35.8C24.5 36.6 21.2 35 19.7 30Z'
const moustache = 'M26 37Q29 34.4 32 35.8Q35 34.4 38 37Q35 38.4 32 37.4Q29 38.4 26 37Z'

/** A drawn portrait as an SVG of 64 by 64; decoration only, its owner's name stands beside it as text. */
export function Portrait({
  portrait,
  ...place
}: {
  portrait: Drawn
  x?: number
  y?: number
  width?: number
  height?: number
}) {
  const hair = hairShapes[portrait.hair]
  return (
    <svg viewBox="0 0 64 64" preserveAspectRatio="xMidYMid slice" aria-hidden="true" {...place}>
      <rect width="64" height="64" fill={portrait.background} />
      <g transform="translate(32 37) scale(1.15) translate(-32 -34)">
        <Shapes shapes={hair.behind} colour={portrait.hairColour} />
        <Body portrait={portrait} />
        {portrait.stubble && <path fill={portrait.hairColour} opacity=".22" d={stubble} />}
        {portrait.beard && <path fill={portrait.hairColour} d={beard} />}
        <Shapes shapes={hair.front} colour={portrait.hairColour} />
        {portrait.hair === 'hijab' && <Hijab colour={portrait.hairColour} />}
        <Features portrait={portrait} />
      </g>
    </svg>
  )
}

function Shapes({ shapes, colour }: { shapes: readonly string[]; colour: string }) {
  return (
    <g fill={colour}>
      {shapes.map((shape) => (
        <path key={shape} d={shape} />
      ))}
    </g>
  )
}

function Body({ portrait }: { portrait: Drawn }) {
  const covered = portrait.hair === 'hijab'
  return (
    <>
      <path d="M5 66C5 51.5 17 47.5 32 47.5C47 47.5 59 51.5 59 66Z" fill={portrait.clothes} />
      <path
        d="M26.5 38H37.5V47C37.5 51 34.5 52.5 32 52.5C29.5 52.5 26.5 51 26.5 47Z"
        fill={covered ? portrait.hairColour : portrait.skin}
      />
      <path d="M26.5 40H37.5V44C34 47 30 47 26.5 44Z" fill="#3a1d0c" opacity=".16" />
      {!covered && (
        <g fill={portrait.skin}>
          <circle cx="19.4" cy="30" r="3" />
          <circle cx="44.6" cy="30" r="3" />
        </g>
      )}
      <ellipse cx="32" cy="29" rx="12.6" ry="14.8" fill={portrait.skin} />
    </>
  )
}

function Hijab({ colour }: { colour: string }) {
  return (
    <>
      <path
        fill={colour}
        d="M18.8 32C20 41.5 26 44.2 32 44.2C38 44.2 44 41.5 45.2 32L49.5 49C47 56 40 59 32 59C24 59 17 56 14.5 49Z"
      />
      <path
        d="M18.2 44C24 50.5 36 51 46 45.5"
        fill="none"
        stroke="#000"
        strokeOpacity=".16"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
      <path
        fill={colour}
        d="M18.6 34C16 16 23 10.5 32 10.5C41 10.5 48 16 45.4 34C44.6 22.5 39.5 18.4 32 18.4C24.5 18.4 19.4 22.5 18.6 34Z"
      />
    </>
  )
}

function Features({ portrait }: { portrait: Drawn }) {
  const eye = portrait.isDeep ? '#2A1710' : '#4A2C1D'
  const mouth = portrait.beard ? '#FBEDE4' : portrait.isDeep ? '#F4D9CB' : '#8C3B2C'
  return (
    <g fill="none" strokeLinecap="round">
      <g stroke={portrait.brow} strokeWidth="1.4" opacity=".9">
        <path d="M24 25.2Q26.3 23.8 28.6 24.8" />
        <path d="M35.4 24.8Q37.7 23.8 40 25.2" />
      </g>
      <circle cx="26.4" cy="29.4" r="1.55" fill={eye} />
      <circle cx="37.6" cy="29.4" r="1.55" fill={eye} />
      <path d="M32 30.5Q33.4 33.2 31.4 33.8" stroke="#3a1d0c" strokeOpacity=".35" strokeWidth="1.2" />
      {portrait.moustache && <path fill={portrait.hairColour} d={moustache} />}
      <path d={`M28.4 38Q32 ${portrait.beard ? 41 : 41.3} 35.6 38`} stroke={mouth} strokeWidth="1.6" />
      {portrait.glasses && <Glasses colour={portrait.isDeep ? '#E9E2D3' : '#2B2A27'} />}
    </g>
  )
}

function Glasses({ colour }: { colour: string }) {
  return (
    <g stroke={colour} strokeWidth="1.3">
      <rect x="22" y="26" width="8.6" height="7" rx="3" />
      <rect x="33.4" y="26" width="8.6" height="7" rx="3" />
      <path d="M30.6 28.6Q32 27.6 33.4 28.6" />
    </g>
  )
}
