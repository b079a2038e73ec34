import { memo } from 'react'
import { Portrait } from '../../ui/Portrait.tsx'
import { portraitOf } from '../../ui/portraits.ts'
import classes from './CanalHouses.module.css'
import { type House, houseColours as colours, houses, jointsOf, outlineOf, type Pane, panesOf } from './house-shapes.ts'

/** The square that the app is named after; decoration only. */
export const CanalHouses = memo(function CanalHouses() {
  return (
    <div className={classes['art']} aria-hidden="true">
      <svg viewBox="0 0 600 900" preserveAspectRatio="xMidYMax slice">
        <rect className={classes['sky']} y="-900" width="600" height="1800" />
        <circle cx="468" cy="150" r="44" fill={colours.ochre} />
        {houses.map((house) => (
          <HouseFront key={house.x} house={house} />
        ))}
        <Square />
      </svg>
    </div>
  )
})

function HouseFront({ house }: { house: House }) {
  const { x, width, top, gable, people } = house
  const doorX = x + width - 60
  return (
    <g>
      <path d={outlineOf(house)} fill={house.colour} />
      {gable === 'flat' ? (
        <rect x={x - 4} y={top - 22} width={width + 8} height="14" fill={colours.cream} />
      ) : (
        <path d={`M${x} ${top}h${width}`} stroke={colours.cream} strokeWidth="4" />
      )}
      {panesOf(house).map((pane, index) => (
        <Window key={`${pane.x} ${pane.y}`} pane={pane} person={people[index] ?? ''} />
      ))}
      <rect x={doorX - 4} y="612" width="48" height="88" fill={colours.cream} />
      <rect x={doorX} y="616" width="40" height="84" fill={colours.door} />
      <rect x={doorX + 6} y="622" width="28" height="20" fill={colours.glass} />
      <Window pane={{ x: x + 20, y: 626, width: doorX - x - 44, height: 44 }} person="" />
    </g>
  )
}

function Window({ pane, person }: { pane: Pane; person: string }) {
  const { x, y, width, height } = pane
  return (
    <g>
      <rect x={x - 3} y={y - 3} width={width + 6} height={height + 6} fill={colours.cream} />
      {person === '' ? (
        <>
          <rect {...pane} fill={colours.glass} />
          <path
            d={`M${x + width / 2} ${y}v${height}M${x} ${y + height / 2}h${width}`}
            stroke={colours.cream}
            strokeWidth="2.5"
          />
        </>
      ) : (
        <Portrait portrait={portraitOf('', person)} {...pane} />
      )}
    </g>
  )
}

function Square() {
  return (
    <>
      <rect className={classes['ground']} y="700" width="600" height="200" />
      <g className={classes['joints']}>
        {jointsOf().map((joint) => (
          <path key={joint} d={joint} />
        ))}
      </g>
      <rect x="82" y="640" width="12" height="120" fill={colours.wood} />
      <g fill={colours.leaf}>
        <circle cx="88" cy="600" r="58" />
        <circle cx="58" cy="628" r="34" />
        <circle cx="120" cy="630" r="36" />
      </g>
      <g fill={colours.wood}>
        <rect x="372" y="770" width="140" height="10" rx="3" />
        <rect x="372" y="746" width="140" height="8" rx="3" />
        <path d="M384 746V806M500 746V806" stroke={colours.wood} strokeWidth="8" />
      </g>
    </>
  )
}
