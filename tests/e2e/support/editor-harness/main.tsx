/// <reference types="vite/client" />
import { createRoot } from 'react-dom/client'
import '../../../../renderer/ui/tokens.css'
import { Harness } from './Harness.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('The page of the harness has no root')
createRoot(root).render(<Harness />)
